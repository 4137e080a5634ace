// The button over the editor that opens a comparison.
import { useLastStatus } from "../../model/traces/last-status.js";
import { runCommand } from "../../platform/command-registry.js";
import { IconButton } from "../../ui/button.js";
import { CompareIcon } from "../../ui/icon.js";
import { Menu, MenuItem } from "../../ui/menu.js";

export function CompareMenu({ path, hasEdits }: { readonly path: string; readonly hasEdits: boolean }) {
  const wasRun = useLastStatus(({ byFile }) => byFile.has(path));
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label="Compare" hint="Compare with another version" size="small">
          <CompareIcon className="ui-icon" aria-hidden="true" />
        </IconButton>
      }
    >
      <MenuItem disabled={!hasEdits} onSelect={() => runCommand("file.compareSaved")}>
        Compare edits with saved file
      </MenuItem>
      <MenuItem disabled={!wasRun} onSelect={() => runCommand("file.compareRan")}>
        Compare with the version that ran
      </MenuItem>
    </Menu>
  );
}
