// Removed files that can be restored: a private folder outside every workspace, limited in bytes, entries, number and
// age; the oldest are deleted first. It outlives the server process, so that Undo works after a crash.
import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { errorCode, unlessMissing } from "../../base/disk.js";
import { ProblemError } from "../../base/problem.js";
import { checkRemovable, copyTree, measureTree, removeTree, type TreeBound } from "./copy-tree.js";
import { fileMessage } from "./messages.js";
import { moveFile } from "./move-file.js";

const about = z.object({ root: z.string(), path: z.string(), removedAt: z.number(), sizeBytes: z.number() });
/** One removed file or folder. */
type Removed = z.infer<typeof about> & { readonly token: string };

interface TrashBound extends TreeBound {
  /** Limits: number of removals, and age, ms. */
  readonly items: number;
  readonly ageMs: number;
}
const usual: TrashBound = { bytes: 64 << 20, entries: 10_000, items: 100, ageMs: 24 * 3600 * 1000 };

export class Trash {
  readonly #folder: string;
  readonly #bound: TrashBound;
  /** Time of the last removal: Unix time, ms. */
  #lastAt = 0;

  /** `folder`: private, created when it is first needed. */
  constructor(folder: string, bound: TrashBound = usual) {
    this.#folder = folder;
    this.#bound = bound;
  }

  /**
   * Moves `file` (absolute; `path` in the workspace `root`) here and returns the token that restores it; null if it is
   * too large to keep, or for the disk that this folder is on: often a small one, in memory.
   */
  async take(file: string, { root, path }: Pick<Removed, "root" | "path">): Promise<string | null> {
    const sizeBytes = await measureTree(file, this.#bound);
    if (sizeBytes === null) return null;
    await this.#makeRoom(sizeBytes);
    const token = randomUUID();
    try {
      await mkdir(this.#place(token), { mode: 0o700, recursive: true });
      this.#lastAt = Math.max(Date.now(), this.#lastAt + 1); // two removals may happen within a millisecond
      await writeFile(
        join(this.#place(token), "about.json"),
        JSON.stringify({ root, path, removedAt: this.#lastAt, sizeBytes }),
        { mode: 0o600 },
      );
      await takeAway(file, this.#item(token));
    } catch (error) {
      await removeTree(this.#place(token));
      if (["ENOSPC", "EDQUOT"].includes(errorCode(error))) return null;
      throw error;
    }
    return token;
  }

  /** @throws ProblemError if it is no longer kept, or belongs to another workspace */
  async find(token: string, root: string): Promise<Removed> {
    const found = await this.#read(token);
    if (found === null || found.root !== root)
      throw new ProblemError(
        fileMessage("removed-not-kept", { maxAgeMs: this.#bound.ageMs, maxBytes: this.#bound.bytes }),
      );
    return found;
  }

  /** Moves it to `file`, a free path. @throws the system's error; then it is still here */
  async putBack(token: string, file: string): Promise<void> {
    try {
      await moveFile(this.#item(token), file);
    } catch (error) {
      if (errorCode(error) !== "EXDEV") throw error;
      const draft = draftBeside(file);
      try {
        await copyTree(this.#item(token), draft);
        await moveFile(draft, file);
      } finally {
        await removeTree(draft);
      }
    }
    await removeTree(this.#place(token));
  }

  async #makeRoom(bytes: number): Promise<void> {
    const kept = (await this.#all()).sort((a, b) => b.removedAt - a.removedAt);
    const oldest = Date.now() - this.#bound.ageMs;
    let total = bytes;
    let count = 1;
    for (const { token, sizeBytes, removedAt } of kept) {
      total += sizeBytes;
      count += 1;
      if (total > this.#bound.bytes || count > this.#bound.items || removedAt < oldest)
        await removeTree(this.#place(token));
    }
  }

  async #all(): Promise<Removed[]> {
    const tokens = await unlessMissing(readdir(this.#folder), []); // nothing was ever removed
    const found = await Promise.all(tokens.map((token) => this.#read(token)));
    return found.filter((removed) => removed !== null);
  }

  async #read(token: string): Promise<Removed | null> {
    try {
      return { ...about.parse(JSON.parse(await readFile(join(this.#place(token), "about.json"), "utf8"))), token };
    } catch (error) {
      if (
        error instanceof z.ZodError ||
        error instanceof SyntaxError ||
        ["ENOENT", "ENOTDIR"].includes(errorCode(error))
      )
        return null;
      throw error;
    }
  }

  #place(token: string): string {
    return join(this.#folder, token);
  }

  #item(token: string): string {
    return join(this.#place(token), "item");
  }
}

/** A hidden name beside a file, which is never served, for an operation in progress. */
export const draftBeside = (file: string): string => join(dirname(file), `.${randomUUID()}.swp`);

/**
 * From its folder into the trash, which may be on another file system: renamed to a hidden name first, so that it does
 * not change while it is copied. Once a part of it is removed, the copy is all there is: what cannot be removed then
 * stays hidden.
 */
async function takeAway(file: string, item: string): Promise<void> {
  try {
    return await rename(file, item); // into a fresh private folder: it replaces nothing
  } catch (error) {
    if (errorCode(error) !== "EXDEV") throw error;
  }
  await checkRemovable(file);
  const draft = draftBeside(file);
  await rename(file, draft);
  try {
    await copyTree(draft, item);
  } catch (error) {
    await moveFile(draft, file);
    throw error;
  }
  await removeTree(draft).catch((error: unknown) => {
    if (!["EACCES", "EPERM", "ENOTEMPTY"].includes(errorCode(error))) throw error;
  });
}
