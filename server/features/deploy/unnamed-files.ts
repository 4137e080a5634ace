// Files whose names are not UTF-8. The list of a folder has no path for them, so a kit has none of them.
import { isUtf8 } from "node:buffer";
import { readdir } from "node:fs/promises";
import { posix } from "node:path";
import { unlessRefused } from "../../base/disk.js";
import { fromBytes } from "../../protocol/byte-string.js";
import { escapeBytes } from "../../protocol/quote.js";
import { isSkipped } from "../../workspace/files/file-list.js";

/** In the folder and in the listed ones below it, with escapes for the bytes of their names. */
export async function unnamedFiles(root: string, folders: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const folder of ["", ...folders]) {
    const names = await unlessRefused(readdir(posix.join(root, folder), { encoding: "buffer" }), []); // as in the list
    const unnamed = names.filter((name) => !isUtf8(name)).map((name) => escapeBytes(fromBytes(name)));
    found.push(...unnamed.filter((name) => !isSkipped(name)).map((name) => posix.join(folder, name)));
  }
  return found.toSorted();
}
