// What commands do with the line at the cursor, and with the console's field.
import { breakpointAt, toggleBreakpoint } from "../../model/debug/breakpoints.js";
import { useCursor } from "../../model/documents/cursor-store.js";
import { focusAnchor } from "../../platform/anchors.js";
import { showBottomTab } from "../../platform/bottom-tab-store.js";
import { openDialog } from "../../platform/dialogs.js";
import { notify } from "../../platform/notices.js";
import { useSelection } from "../../platform/selection.js";

function place(): { readonly path: string; readonly line: number } | null {
  const path = useSelection.getState().openFile;
  const line = useCursor.getState().cursor?.line;
  return path === null || line === undefined ? null : { path, line };
}

export function toggleAtCursor(): void {
  const at = place();
  if (!at) return;
  toggleBreakpoint(at.path, at.line);
  const isSet = breakpointAt(at.path, at.line) !== null;
  notify("info", `${isSet ? "Breakpoint set" : "Breakpoint removed"} at line ${at.line}.`);
}

export function editAtCursor(): void {
  const at = place();
  if (at) openDialog("breakpoint", `${at.line} ${at.path}`);
}

export function showConsole(): void {
  showBottomTab("console");
  focusAnchor("debug.console");
}
