// What is done with the tabs of one of the editor's groups, or of the only one (`side` is null then).
import { useSelection } from "../../platform/selection.js";
import { closeDocument, closeDocuments, keepTab, rememberTabs, useDocuments } from "./document-store.js";
import { otherSide, type Side, type Split, useSplit, withoutTab, withShown } from "./editor-groups.js";

const splitNow = (): Split | null => useSplit.getState().split;

/** Shows what the active group shows in the rest of the window, too. */
function take(split: Split): void {
  useSplit.setState({ split });
  useSelection.getState().open(split[split.active].shown);
  rememberTabs();
}

/** Shows a file's tab and makes its group the active one. */
export function showTabOf(side: Side | null, path: string): void {
  const split = splitNow();
  if (split && side !== null) take(withShown({ ...split, active: side }, path));
  else useSelection.getState().open(path);
}

/** The group that has the focus is the active one. */
export function activateGroup(side: Side): void {
  const split = splitNow();
  if (split && split.active !== side) take({ ...split, active: side });
}

/** Shows a file in the other group; a second group is opened for it if there is none. */
export function openBeside(path: string): void {
  const split = splitNow();
  keepTab(path); // whoever puts a file beside another keeps it
  const tabs = useDocuments.getState().open.map((document) => document.path);
  const shown = useSelection.getState().openFile ?? path;
  take(
    split
      ? withShown({ ...split, active: otherSide(split.active) }, path)
      : { left: { tabs, shown }, right: { tabs: [path], shown: path }, active: "right" },
  );
}

/** One group again, with the tabs of both. */
export function joinGroups(): void {
  useSplit.setState({ split: null });
  rememberTabs();
}

/** Closes a tab; the file too, when the other group has no tab of it. That asks first if edits would be lost. */
export function closeTabOf(side: Side | null, path: string): void {
  if (leaveGroup(side, path)) return;
  closeDocument(path);
}

export function closeTabsOf(side: Side | null, paths: readonly string[]): void {
  closeDocuments(paths.filter((path) => !leaveGroup(side, path)));
}

/** True: the file is still open in the other group. */
function leaveGroup(side: Side | null, path: string): boolean {
  const split = splitNow();
  if (!split || side === null || !split[otherSide(side)].tabs.includes(path)) return false;
  const after = withoutTab(split, path, [side]);
  useSplit.setState({ split: after.split });
  if (after.shown !== null) useSelection.getState().open(after.shown);
  rememberTabs();
  return true;
}
