// What is done to files from the explorer: each is one call to the server, which never replaces anything; what the window shows of
// the file (tab, edits, unfolded folders) goes along. Failures are told as notices, and everything stays as it was.
import { notify, notifyFailure } from "../../app/notices.js";
import { useSelection } from "../../app/selection.js";
import type { Client } from "../../rpc/connection.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { useServer } from "../../rpc/store.js";
import { isDirty } from "../editor/document.js";
import { closeDocument, useDocuments } from "../editor/document-store.js";
import { moveDocuments } from "../editor/move-documents.js";
import { setActive, useExplorer } from "./explorer-store.js";
import { baseOf, isWithin, movedPath } from "./file-path.js";
import { useFiles } from "./file-store.js";
import { moveUnfolded, unfoldTo } from "./unfolded-store.js";

/** Removals that can be undone, the newest last. */
const removals: { readonly token: string; readonly path: string; readonly root: string | null; readonly tabs: readonly string[] }[] = [];
const maxRemovals = 50;

type Listener = (from: string, to: string) => void;
const listeners = new Set<Listener>();

/** Called after each rename and move. Answers with what ends it. */
export function onDidMove(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const connected = (): Client => {
  const { client } = useServer.getState();
  if (!client) throw new Error("There is no connection to the server.");
  return client;
};

/** Makes a folder and shows it; answers with why it could not, or null. */
export async function createFolder(path: string): Promise<string | null> {
  try {
    await connected().files.createFolder({ path });
  } catch (error) {
    return problemText(problemOf(error));
  }
  unfoldTo(path);
  setActive(path);
  return null;
}

/** Another name or place; answers with why it could not be had, or null. */
export async function moveFile(from: string, to: string): Promise<string | null> {
  if (from === to) return null;
  const blocking = useDocuments.getState().open.find((document) => isWithin(document.path, to) && isDirty(document));
  if (blocking) return `${blocking.path} is open with edits that are not saved.`;
  try {
    await connected().files.move({ from, to });
  } catch (error) {
    return problemText(problemOf(error));
  }
  moveDocuments(from, to);
  moveUnfolded(from, to);
  useExplorer.setState(({ active }) => ({ active: (active === null ? null : movedPath(active, from, to)) ?? active }));
  unfoldTo(to);
  for (const listener of listeners) listener(from, to);
  return null;
}

/** The same where no dialog is open that could say so: a failure is a notice. */
export async function moveOrTell(from: string, to: string): Promise<void> {
  const why = await moveFile(from, to);
  if (why !== null) notify("bad", `${baseOf(from)} was not moved: ${why}`);
}

/** Removes a file or folder, with an Undo; asks first only when there can be none. */
export async function removeFile(path: string): Promise<void> {
  try {
    const { token } = await connected().files.remove({ path, forGood: false });
    const tabs = closeTabs(path);
    if (token === null) return;
    removals.push({ token, path, root: useFiles.getState().root, tabs });
    removals.splice(0, removals.length - maxRemovals);
    notify("info", `${baseOf(path)} was deleted.`, { title: "Undo", run: () => void restore(token) });
  } catch (error) {
    if (problemOf(error).code === "too-large-to-keep") useExplorer.setState({ asking: { about: "delete", path } });
    else notifyFailure(`${baseOf(path)} was not deleted`, error);
  }
}

/** The answer to that question. */
export async function removeForGood(path: string): Promise<void> {
  try {
    await connected().files.remove({ path, forGood: true });
    closeTabs(path);
  } catch (error) {
    notifyFailure(`${baseOf(path)} was not deleted`, error);
  }
}

export const hasRemovals = (): boolean => removals.some(({ root }) => root === useFiles.getState().root);

/** Brings back what was deleted last in this folder. */
export async function undoRemoval(): Promise<void> {
  const last = removals.findLast(({ root }) => root === useFiles.getState().root);
  if (last) await restore(last.token);
}

async function restore(token: string): Promise<void> {
  const index = removals.findIndex((removal) => removal.token === token);
  const removal = removals[index];
  if (!removal) return;
  removals.splice(index, 1);
  try {
    const { path } = await connected().files.restore({ token });
    notify("info", `${baseOf(path)} is back.`);
    unfoldTo(path);
    setActive(path);
    for (const tab of removal.tabs) useSelection.getState().open(tab);
  } catch (error) {
    if (problemOf(error).code !== "not-found") removals.splice(index, 0, removal); // it is still kept, and can be asked for again
    notifyFailure(`${baseOf(removal.path)} could not be brought back`, error);
  }
}

/** Closes the tabs of what is gone, except those with edits, which say so themselves; answers with those it closed, the shown one last. */
function closeTabs(path: string): readonly string[] {
  const { openFile } = useSelection.getState();
  const gone = useDocuments.getState().open.filter((document) => isWithin(document.path, path) && !isDirty(document));
  const tabs = gone.map((document) => document.path).sort((a, b) => Number(a === openFile) - Number(b === openFile));
  for (const tab of tabs) closeDocument(tab);
  return tabs;
}

export async function setExecutable(path: string, executable: boolean): Promise<void> {
  try {
    await connected().files.setExecutable({ path, executable });
  } catch (error) {
    notifyFailure(`The execute bit of ${baseOf(path)} was not changed`, error);
  }
}

export async function copyPath(path: string): Promise<void> {
  const { root } = useFiles.getState();
  await navigator.clipboard.writeText(root === null ? path : `${root}/${path}`);
  notify("info", "The path is on the clipboard.");
}
