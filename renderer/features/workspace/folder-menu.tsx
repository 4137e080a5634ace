// The folder's name in the header, with what opens another one.
import { openFolderOrSay } from "../../model/folder/open-folder.js";
import { useRecent } from "../../model/folder/recent-folders.js";
import { useSamples } from "../../model/folder/samples-store.js";
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { CommandItem } from "../../platform/command-item.js";
import { Button } from "../../ui/button.js";
import { ChevronDownIcon } from "../../ui/icon.js";
import { Menu, MenuGroup, MenuItem, MenuSeparator } from "../../ui/menu.js";

const maxShown = 8;

export function FolderMenu() {
  const workspace = useWorkspace((store) => store.workspace);
  const recent = useRecent((store) => store.folders);
  const isSamples = useSamples(({ changes }) => changes?.isSamples === true);
  const others = recent.filter(({ path }) => path !== workspace?.root).slice(0, maxShown);
  return (
    <Menu
      trigger={
        <Button
          aria-label={workspace ? `Folder ${workspace.name}` : "Folder"}
          title={workspace?.root}
          className="folder-menu"
        >
          <span className="ui-cut">{workspace?.name ?? "No folder"}</span>
          <ChevronDownIcon />
        </Button>
      }
    >
      <CommandItem id="workspace.open" />
      <CommandItem id="workspace.adopt" />
      {workspace && <CommandItem id="workspace.close" />}
      <MenuSeparator />
      {isSamples ? (
        <>
          <CommandItem id="samples.show" />
          <CommandItem id="samples.reset" />
        </>
      ) : (
        <CommandItem id="samples.start" />
      )}
      <CommandItem id="script.new" />
      {others.length > 0 && (
        <>
          <MenuSeparator />
          <MenuGroup title="Recent">
            {others.map(({ path, name }) => (
              <MenuItem
                key={path}
                onSelect={() => void openFolderOrSay(path)}
                aside={
                  <span className="folder-menu-path ui-cut">
                    <bdi>{path}</bdi>
                  </span>
                }
              >
                {name}
              </MenuItem>
            ))}
          </MenuGroup>
        </>
      )}
    </Menu>
  );
}
