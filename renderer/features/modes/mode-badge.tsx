// How a script is run, as a badge; above the editor it opens the menu in which that is changed.
import { modeTraits } from "../../../server/contract/modes.js";
import type { FileEntry } from "../../../server/contract/workspace.js";
import { ChevronDownIcon } from "../../ui/icon.js";
import { openModeMenu, useModeMenu } from "./mode-menu-store.js";
import "./modes.css";

interface ModeBadgeProps {
  readonly entry: Pick<FileEntry, "path" | "mode">;
  /** "row": within a row of the tree, whose menu changes it. */
  readonly place: "row" | "bar";
}

export function ModeBadge({ entry, place }: ModeBadgeProps) {
  const { path, mode } = entry;
  const isOpen = useModeMenu(({ at }) => at?.path === path);
  // In the tree nearly every script is plain CGI: a badge stands for what is not.
  if (mode === null || (mode === "cgi" && place === "row")) return null;
  const { label, shortLabel, summary } = modeTraits[mode];
  if (place === "row")
    return (
      <span className="ui-badge" title={`${label}: ${summary}`} data-part="mode">
        {shortLabel}
      </span>
    );
  return (
    <button
      type="button"
      className="ui-badge mode-badge mode-badge-large"
      title={`Runs as ${label}. Click to change.`}
      aria-label={`Run as ${label}`}
      aria-haspopup="menu"
      aria-expanded={isOpen}
      data-open={isOpen || undefined}
      data-part="mode"
      onClick={(event) => openModeMenu(path, event.currentTarget)}
    >
      {shortLabel}
      <ChevronDownIcon />
    </button>
  );
}
