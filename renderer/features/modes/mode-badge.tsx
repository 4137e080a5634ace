// How a script is run, as a badge; pressed, it is the menu in which that is changed.

import type { FileEntry } from "../../../server/contract/workspace.js";
import { ChevronDownIcon } from "../../ui/icon.js";
import { modeNames } from "../explorer/mode-name.js";
import { modeChoices } from "./mode-choices.js";
import { openModeMenu, useModeMenu } from "./mode-menu-store.js";
import "./modes.css";

export interface ModeBadgeProps {
  readonly entry: Pick<FileEntry, "path" | "mode">;
  /** "row": within a row that has the keys; the file menu has the same. */
  readonly place: "row" | "bar";
}

export function ModeBadge({ entry, place }: ModeBadgeProps) {
  const { path, mode } = entry;
  const isOpen = useModeMenu(({ at }) => at?.path === path);
  if (mode === null) return null;
  if (modeChoices(entry).length === 0)
    return (
      <span
        className="ui-badge"
        title={
          mode === "fastcgi-external"
            ? "An application that is not run here answers; its address stands in cgi-workbench.json."
            : undefined
        }
      >
        {modeNames[mode]}
      </span>
    );
  const isRow = place === "row";
  return (
    <button
      type="button"
      className={isRow ? "ui-badge mode-badge" : "ui-badge mode-badge mode-badge-large"}
      title={`Run as ${modeNames[mode]}. Press to change.`}
      aria-label={isRow ? modeNames[mode] : `Run as ${modeNames[mode]}`}
      aria-haspopup="menu"
      aria-expanded={isOpen}
      data-open={isOpen || undefined}
      data-part="mode"
      tabIndex={isRow ? -1 : 0}
      onClick={(event) => {
        event.stopPropagation(); // the row under it would open its file
        openModeMenu(path, event.currentTarget);
      }}
    >
      {modeNames[mode]}
      {!isRow && <ChevronDownIcon className="ui-icon" aria-hidden="true" />}
    </button>
  );
}
