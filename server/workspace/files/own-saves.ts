// The state in which our own saves left files. The watcher reports them too, a moment later; such a report is no
// change.
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { readBounded, unlessRefused } from "../../base/disk.js";
import { hashOf } from "./text-file.js";

interface Saved {
  readonly hash: string;
  readonly sizeBytes: number;
  /** Of the file system: times, permissions, the file's identity. */
  readonly facts: string;
}

export class OwnSaves {
  readonly #root: string;
  /** By the file's absolute path without links: as the watcher reports it, even if it was saved through a link. */
  readonly #saves = new Map<string, Saved>();

  /** `root`: the workspace, absolute and without links. */
  constructor(root: string) {
    this.#root = root;
  }

  /** `file` was just saved with content of this hash. */
  async add(file: string, hash: string): Promise<void> {
    this.#saves.set(file, { hash, ...(await factsOf(file)) });
  }

  /** The changed paths, in the workspace, that differ from what our last save left. */
  async without(paths: readonly string[]): Promise<string[]> {
    const others: string[] = [];
    for (const path of paths) {
      const file = join(this.#root, path);
      const saved = this.#saves.get(file);
      if (saved && (await unlessRefused(isAsSaved(file, saved), false))) continue;
      this.#saves.delete(file);
      others.push(path);
    }
    return others;
  }
}

async function isAsSaved(file: string, { hash, sizeBytes, facts }: Saved): Promise<boolean> {
  if ((await factsOf(file)).facts !== facts) return false;
  const read = await readBounded(file, sizeBytes);
  return read.kind === "read" && hashOf(read.bytes) === hash;
}

async function factsOf(file: string): Promise<Omit<Saved, "hash">> {
  const { ino, mode, size, mtimeMs, ctimeMs } = await stat(file);
  return { sizeBytes: size, facts: [ino, mode, size, mtimeMs, ctimeMs].join(" ") };
}
