// The encodings that the user chose for files, in localStorage. A choice goes with its file, never to another one that
// gets the same path.
import { type FileEncoding, fileEncodings } from "../../../server/contract/charsets.js";
import { isWithin, movedPath } from "../../format/file-path.js";
import { forget, recall, remember, rememberedKeys } from "../../platform/storage.js";

const keyOf = (root: string, path: string): string => `encoding:${root}\n${path}`;

/** The encoding that the user chose for a file; null: what is detected. */
export function chosenEncoding(root: string, path: string): FileEncoding | null {
  return recall(keyOf(root, path), (value) => fileEncodings.find((encoding) => encoding === value) ?? null);
}

export function chooseEncoding(root: string, path: string, encoding: FileEncoding | null): void {
  if (encoding === null) forget(keyOf(root, path));
  else remember(keyOf(root, path), encoding);
}

interface Choice {
  readonly root: string;
  readonly path: string;
  readonly encoding: FileEncoding;
}

/** All that the user chose in a folder, also for files that are not open. */
export function allChosen(root: string): readonly Choice[] {
  const beginning = keyOf(root, "");
  return rememberedKeys(beginning).flatMap((key) => {
    const path = key.slice(beginning.length);
    const encoding = chosenEncoding(root, path);
    return encoding === null ? [] : [{ root, path, encoding }];
  });
}

/** Of removed files, by the token that restores them. */
const ofRemoved = new Map<string, readonly Choice[]>();

/** After `from`, a file or folder, got the path `to`. */
export function moveEncodings(root: string, from: string, to: string): void {
  const moved = takeWithin(root, from);
  takeWithin(root, to);
  for (const { path, encoding } of moved) chooseEncoding(root, movedPath(path, from, to) ?? path, encoding);
}

/** After a file or folder was removed, or before one is new. `removal`: the token that restores it. */
export function forgetEncodings(root: string, path: string, removal: string | null): void {
  const choices = takeWithin(root, path);
  if (removal !== null && choices.length > 0) ofRemoved.set(removal, choices);
}

export function restoreEncodings(removal: string): void {
  for (const { root, path, encoding } of ofRemoved.get(removal) ?? []) chooseEncoding(root, path, encoding);
  ofRemoved.delete(removal);
}

/** Forgets what was chosen for a file, or for those in a folder. */
function takeWithin(root: string, folder: string): readonly Choice[] {
  const choices = allChosen(root).filter(({ path }) => isWithin(path, folder));
  for (const { path } of choices) chooseEncoding(root, path, null);
  return choices;
}
