// The explorer's actions on files: each is one call to the server, which never replaces anything; the window's view of
// the file (tab, edits, unfolded folders) follows, unless it shows another folder by then. Failures are reported as
// notices and change nothing.
import { baseOf, isWithin, join, movedPath, parentOf } from "../../format/file-path.js";
import { restoreEncodings } from "../../model/documents/chosen-encodings.js";
import { isDirty } from "../../model/documents/document.js";
import { closeDocument, hasEdits, useDocuments } from "../../model/documents/document-store.js";
import { moveDocuments } from "../../model/documents/move-documents.js";
import { forgetReadAs } from "../../model/documents/text-format.js";
import { choose, setActive, useExplorer } from "../../model/folder/explorer-state.js";
import { fileMoves, useFiles } from "../../model/folder/file-store.js";
import { notify, notifyFailure, orNotify } from "../../platform/notices.js";
import { useSelection } from "../../platform/selection.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { connected } from "../../rpc/store.js";
import { expandTo, moveExpanded } from "./expanded-folders.js";
import { offerUndo, openRoot, type Undo } from "./file-undo.js";

interface Removal {
  readonly files: readonly { readonly token: string; readonly path: string }[];
  readonly tabs: readonly string[];
}
interface Move {
  readonly from: string;
  readonly to: string;
}

/** Creates a folder and shows it. Rejects with why it could not be. */
export async function createFolder(path: string): Promise<void> {
  const root = openRoot();
  await connected().files.createFolder({ root, path });
  if (openRoot() !== root) return;
  expandTo(path);
  setActive(path);
}

/** Copies a file beside itself and opens the copy, with an Undo; a failure is a notice. */
export async function duplicateFile(from: string): Promise<void> {
  const root = openRoot();
  const to = freeCopy(from, (path) => useFiles.getState().byPath.has(path));
  try {
    await connected().files.copy({ root, from, to });
  } catch (error) {
    return notifyFailure(`${baseOf(from)} was not copied`, error);
  }
  if (openRoot() !== root) return;
  forgetReadAs(to);
  expandTo(to);
  setActive(to);
  useSelection.getState().open(to);
  const without = hasEdits(from) ? " Edits that are not saved are not in the copy." : "";
  offerUndo(root, `${baseOf(from)} was copied to ${baseOf(to)}.${without}`, async () => {
    await removeFiles([to]);
    return null;
  });
}

/** "a-copy.py" beside "a.py"; "a-copy-2.py" if that is taken. */
export function freeCopy(path: string, isTaken: (path: string) => boolean): string {
  const name = baseOf(path);
  const dot = name.lastIndexOf(".");
  const stem = dot > 0 ? name.slice(0, dot) : name;
  const named = (nth: number): string =>
    join(parentOf(path), `${stem}-copy${nth === 1 ? "" : `-${nth}`}${name.slice(stem.length)}`);
  let nth = 1;
  while (isTaken(named(nth))) nth++;
  return named(nth);
}

/** Renames or moves, in the folder `root`. Returns the reason of a failure, or null. */
export async function moveFile(from: string, to: string, root = openRoot()): Promise<string | null> {
  if (from === to) return null;
  const blocking = useDocuments.getState().open.find((document) => isWithin(document.path, to) && isDirty(document));
  if (blocking) return `${blocking.path} has unsaved edits.`;
  try {
    await connected().files.move({ root, from, to });
  } catch (error) {
    return problemText(problemOf(error));
  }
  if (openRoot() !== root) return null;
  moveDocuments(from, to);
  moveExpanded(from, to);
  useExplorer.setState(({ active, chosen }) => ({
    active: (active === null ? null : movedPath(active, from, to)) ?? active,
    chosen: new Set([...chosen].map((path) => movedPath(path, from, to) ?? path)),
  }));
  expandTo(to);
  fileMoves.fire({ from, to });
  return null;
}

/**
 * Moves several into a folder, one after the other, with one Undo for all; returns the reason of the first failure, or
 * null.
 */
export async function moveFilesTo(paths: readonly string[], folder: string): Promise<string | null> {
  const root = openRoot();
  const moves: Move[] = [];
  let problem: string | null = null;
  for (const from of paths) {
    const to = join(folder, baseOf(from));
    const why = await moveFile(from, to, root);
    if (why !== null) problem = `${baseOf(from)} was not moved: ${why}`;
    else if (from !== to) moves.push({ from, to });
    if (problem !== null) break;
  }
  if (moves.length > 0)
    offerUndo(
      root,
      `${namesOf(moves.map(({ to }) => to))} ${moves.length === 1 ? "was" : "were"} moved to ${folder === "" ? "the workspace root" : folder}.`,
      () => moveBack(moves),
    );
  return problem;
}

/** The same without a dialog: a failure is a notice. */
export async function moveFilesOrTell(paths: readonly string[], folder: string): Promise<void> {
  const why = await moveFilesTo(paths, folder);
  if (why !== null) notify("bad", why);
}

/** Renames one, with an Undo; a failure is a notice. */
export async function renameOrTell(from: string, to: string): Promise<void> {
  const root = openRoot();
  const why = await moveFile(from, to, root);
  if (why !== null) notify("bad", `${baseOf(from)} was not renamed: ${why}`);
  else if (from !== to)
    offerUndo(root, `${baseOf(from)} was renamed to ${baseOf(to)}.`, () => moveBack([{ from, to }]));
}

/** The last first; what cannot go back, because something else is there now, stays and can be tried again. */
async function moveBack(moves: readonly Move[]): Promise<Undo | null> {
  const root = openRoot();
  const left: Move[] = [];
  for (const { from, to } of moves.toReversed()) {
    const why = await moveFile(to, from, root);
    if (why !== null) left.unshift({ from, to });
    if (why !== null) notify("bad", `${baseOf(to)} was not moved back: ${why}`);
  }
  const back = moves.filter(({ to }) => !left.some((other) => other.to === to));
  if (back.length > 0) tellBack(back.map(({ from }) => from));
  return left.length > 0 ? () => moveBack(left) : null;
}

/** Removes files and folders, with one Undo for all of them; asks first only where there can be none. */
export async function removeFiles(paths: readonly string[]): Promise<void> {
  const root = openRoot();
  const files: { token: string; path: string }[] = [];
  const tabs: string[] = [];
  const tooLarge: string[] = [];
  for (const path of paths) {
    try {
      const { token } = await connected().files.remove({ root, path, forGood: false });
      if (token !== null) files.push({ token, path });
      if (openRoot() !== root) continue;
      forgetReadAs(path, token);
      tabs.push(...closeTabs(path));
    } catch (error) {
      if (problemOf(error).code === "too-large-to-keep") tooLarge.push(path);
      else if (isLast(path, error)) break;
    }
  }
  if (tooLarge.length > 0 && openRoot() === root)
    useExplorer.setState({ asking: { about: "delete", paths: tooLarge } });
  if (files.length === 0) return;
  const removal: Removal = { files, tabs };
  offerUndo(root, `${namesOf(files.map(({ path }) => path))} ${files.length === 1 ? "was" : "were"} deleted.`, () =>
    restore(removal),
  );
}

/** Reports that a file was not deleted. True: neither will those after it be, since another folder was opened. */
function isLast(path: string, error: unknown): boolean {
  notifyFailure(`${baseOf(path)} was not deleted`, error);
  return problemOf(error).code === "other-folder";
}

/** "login.py", or "3 files and folders". */
export const namesOf = (paths: readonly string[]): string =>
  paths.length === 1 && paths[0] !== undefined ? baseOf(paths[0]) : `${paths.length} files and folders`;

const tellBack = (paths: readonly string[]): void =>
  notify("info", `${namesOf(paths)} ${paths.length === 1 ? "was" : "were"} restored.`);

/** Called when the user confirms. */
export async function removeForGood(paths: readonly string[]): Promise<void> {
  const root = openRoot();
  for (const path of paths)
    try {
      await connected().files.remove({ root, path, forGood: true });
      if (openRoot() !== root) continue;
      forgetReadAs(path);
      closeTabs(path);
    } catch (error) {
      if (isLast(path, error)) break;
    }
}

async function restore(removal: Removal): Promise<Undo | null> {
  const root = openRoot();
  const left: { token: string; path: string }[] = [];
  const back: { token: string; path: string }[] = [];
  for (const file of removal.files)
    try {
      const { path } = await connected().files.restore({ root, token: file.token });
      restoreEncodings(file.token);
      back.push({ ...file, path });
    } catch (error) {
      if (problemOf(error).code !== "removed-not-kept") left.push(file); // it can be restored later
      notifyFailure(`${baseOf(file.path)} could not be restored`, error);
    }
  const again: Undo | null = left.length > 0 ? () => restore({ ...removal, files: left }) : null;
  const [first] = back;
  if (!first) return again;
  const paths = back.map(({ path }) => path);
  tellBack(paths);
  if (openRoot() !== root) return again;
  for (const path of paths) expandTo(path);
  choose(paths, first.path);
  for (const tab of removal.tabs) useSelection.getState().open(tab);
  return again;
}

/**
 * Closes the tabs of removed files, except those with edits, which show it themselves. Returns the closed ones, the
 * shown one last.
 */
function closeTabs(path: string): readonly string[] {
  const { openFile } = useSelection.getState();
  const gone = useDocuments.getState().open.filter((document) => isWithin(document.path, path) && !isDirty(document));
  const tabs = gone.map((document) => document.path).sort((a, b) => Number(a === openFile) - Number(b === openFile));
  for (const tab of tabs) closeDocument(tab);
  return tabs;
}

export const setExecutable = (path: string, executable: boolean): Promise<void> =>
  orNotify(`The executable bit of ${baseOf(path)} was not changed`, () =>
    connected().files.setExecutable({ root: openRoot(), path, executable }),
  );
