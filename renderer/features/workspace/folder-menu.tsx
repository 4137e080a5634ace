// The folder's name in the header, with what opens another one.
import { openFolderOrSay } from "../../model/folder/open-folder.js";
import { useRecent } from "../../model/folder/recent-folders.js";
import { useSamples } from "../../model/folder/samples-store.js";
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { runCommand, shortcutOf } from "../../platform/command-registry.js";
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
      <MenuItem onSelect={() => runCommand("workspace.open")} aside={shortcutOf("workspace.open")}>
        Open folder…
      </MenuItem>
      <MenuItem onSelect={() => runCommand("workspace.adopt")}>Open a server’s configuration…</MenuItem>
      {workspace && <MenuItem onSelect={() => runCommand("workspace.close")}>Close folder</MenuItem>}
      <MenuSeparator />
      {isSamples ? (
        <>
          <MenuItem onSelect={() => runCommand("samples.show")}>Show examples…</MenuItem>
          <MenuItem onSelect={() => runCommand("samples.reset")}>Reset examples…</MenuItem>
        </>
      ) : (
        <MenuItem onSelect={() => runCommand("samples.start")}>Try the examples…</MenuItem>
      )}
      <MenuItem onSelect={() => runCommand("script.new")}>New script…</MenuItem>
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
