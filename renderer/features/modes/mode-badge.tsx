// How a script is run, as a badge; pressed, it is the menu in which that is changed.
import { modeTraits } from "../../../server/contract/modes.js";
import type { FileEntry } from "../../../server/contract/workspace.js";
import { anchor } from "../../platform/anchors.js";
import { ChevronDownIcon } from "../../ui/icon.js";
import { modeChoices } from "./mode-choices.js";
import { openModeMenu, useModeMenu } from "./mode-menu-store.js";
import "./modes.css";

interface ModeBadgeProps {
  readonly entry: Pick<FileEntry, "path" | "mode" | "agent">;
  /** "row": within a row that has the keys; the file menu has the same. */
  readonly place: "row" | "bar";
}

export function ModeBadge({ entry, place }: ModeBadgeProps) {
  const { path, mode } = entry;
  const isOpen = useModeMenu(({ at }) => at?.path === path);
  // In the tree nearly every script is plain CGI: a badge stands for what is not.
  if (mode === null || (mode === "cgi" && place === "row")) return null;
  const { label, shortLabel, summary } = modeTraits[mode];
  if (modeChoices(entry).length === 0 && place === "row")
    return (
      <span className="ui-badge" title={`${label}: ${summary}`}>
        {shortLabel}
      </span>
    );
  const isRow = place === "row";
  return (
    <button
      ref={isRow ? anchor(`mode.${path}`) : undefined}
      type="button"
      className={isRow ? "ui-badge mode-badge" : "ui-badge mode-badge mode-badge-large"}
      title={`Runs as ${label}. Click to change.`}
      aria-label={isRow ? shortLabel : `Run as ${label}`}
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
      {shortLabel}
      {!isRow && <ChevronDownIcon className="ui-icon" aria-hidden="true" />}
    </button>
  );
}
