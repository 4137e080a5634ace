// The explorer's changes to files: create, copy, rename, move, remove, restore, set the execute bit. They come one
// after the other; each is complete or does not happen, and none replaces an existing file.
import { constants } from "node:fs";
import { chmod, copyFile, lstat, mkdir, open, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { NotRegularFile } from "../../base/disk.js";
import { ProblemError } from "../../base/problem.js";
import { runtimeFolder } from "../../base/runtime-folder.js";
import type { Containment } from "../../routing/containment.js";
import { removeTree } from "./copy-tree.js";
import { fileProblem } from "./file-problem.js";
import { fileMessage } from "./messages.js";
import { moveFile } from "./move-file.js";
import { refuseHidden, resolveEntry, resolveNewEntry } from "./resolve-entry.js";
import { resolveExisting } from "./resolve-path.js";
import { hasTwoSpellings } from "./spelling.js";
import { maxTextBytes } from "./text-file.js";
import { draftBeside, Trash } from "./trash.js";

interface FileChangesOptions {
  /** The workspace, absolute and without links. */
  readonly root: string;
  /** Of the active configuration. */
  readonly containment: () => Containment;
  /** Runs one change after the other. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  /** Called with the changed paths, null: unknown; the change is complete when it has resolved. */
  readonly onChange: (paths: readonly string[] | null) => Promise<void> | void;
  /** Folder of removed files; by default in the user's private runtime folder. */
  readonly trashFolder?: string | undefined;
}

export class FileChanges {
  readonly #options: FileChangesOptions;
  #trash: Trash | null = null;

  constructor(options: FileChangesOptions) {
    this.#options = options;
  }

  /** Creates a file, and missing folders above it. @throws ProblemError */
  create(path: string, { text, executable }: { readonly text: string; readonly executable: boolean }): Promise<void> {
    return this.#change(path, [path], async () => {
      const { encodedFile } = await import("./save-lines.js");
      const bytes = encodedFile(path, { text, bom: false }, null);
      if (bytes.length > maxTextBytes)
        throw new ProblemError(fileMessage("too-large-to-save", { path, maxBytes: maxTextBytes }));
      const file = await this.#newPlace(path);
      const draft = draftBeside(file);
      const handle = await open(draft, "wx", 0o666);
      try {
        try {
          await handle.writeFile(bytes);
          if (executable) await handle.chmod(executableMode((await handle.stat()).mode));
          await handle.sync();
        } finally {
          await handle.close();
        }
        await moveFile(draft, file);
      } finally {
        await removeTree(draft);
      }
    });
  }

  /** Creates a folder, and missing folders above it. @throws ProblemError */
  createFolder(path: string): Promise<void> {
    return this.#change(path, [path], async () => mkdir(await this.#newPlace(path)));
  }

  /** Copies a file, of a link the file it leads to, with its mode. @throws ProblemError */
  copy(from: string, to: string): Promise<void> {
    return this.#change(from, [to], async () => {
      const { file: source } = await this.#regularFile(from);
      const target = await this.#newPlace(to);
      const draft = draftBeside(target);
      try {
        await copyFile(source, draft, constants.COPYFILE_EXCL);
        await this.#words(to, () => moveFile(draft, target));
      } finally {
        await removeTree(draft);
      }
    });
  }

  /** Renames or moves; creates missing folders above the new path. @throws ProblemError */
  move(from: string, to: string): Promise<void> {
    return this.#change(from, hasTwoSpellings([from, to]) ? null : [from, to], async () => {
      const source = await this.#place(from);
      await lstat(source); // before a folder is created for it
      if (from === to) return;
      if (to.startsWith(`${from}/`)) throw intoItself(from, to);
      const target = await this.#newPlace(to);
      if (target.startsWith(`${source}/`)) throw intoItself(from, to);
      await this.#words(to, () => moveFile(source, target));
    });
  }

  /** Removes; the token restores it, null: it cannot be restored. @throws ProblemError */
  remove(path: string, forGood: boolean): Promise<string | null> {
    return this.#change(path, [path], async () => {
      const file = await this.#place(path);
      if (forGood) {
        const draft = draftBeside(file); // out of sight at once, even if removing a part of it fails
        await rename(file, draft);
        await removeTree(draft);
        return null;
      }
      const token = await (await this.#kept()).take(file, { root: this.#options.root, path });
      if (token === null) throw new ProblemError(fileMessage("too-large-to-keep", { path }));
      return token;
    });
  }

  /** Restores what `remove` removed; returns its path. @throws ProblemError */
  async restore(token: string): Promise<string> {
    const trash = await this.#kept();
    const { path } = await trash.find(token, this.#options.root);
    await this.#change(path, [path], async () => trash.putBack(token, await this.#newPlace(path)));
    return path;
  }

  /** Sets the execute bit of everyone who may read the file, or clears all of them. @throws ProblemError */
  setExecutable(path: string, executable: boolean): Promise<void> {
    return this.#change(path, [path], async () => {
      const { file, mode } = await this.#regularFile(path);
      await chmod(file, executable ? executableMode(mode) : mode & 0o7666);
    });
  }

  async #regularFile(path: string): Promise<{ readonly file: string; readonly mode: number }> {
    await this.#place(path); // refuses hidden names
    const file = await resolveExisting(this.#options.root, path, this.#options.containment());
    refuseHidden(file, this.#options.root, path);
    const stats = await stat(file);
    if (!stats.isFile()) throw new NotRegularFile(`${path} is not a regular file`);
    return { file, mode: stats.mode };
  }

  #place(path: string): Promise<string> {
    return resolveEntry(this.#options.root, path, this.#options.containment());
  }

  #newPlace(path: string): Promise<string> {
    return resolveNewEntry(this.#options.root, path, this.#options.containment());
  }

  async #kept(): Promise<Trash> {
    this.#trash ??= new Trash(this.#options.trashFolder ?? join(await runtimeFolder(), "trash"));
    return this.#trash;
  }

  #change<T>(path: string, changed: readonly string[] | null, work: () => Promise<T>): Promise<T> {
    return this.#options.inTurn(async () => {
      const result = await this.#words(path, work);
      await this.#options.onChange(changed);
      return result;
    });
  }

  /** Turns system errors into problems of `path`. */
  async #words<T>(path: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw fileProblem(error, path);
    }
  }
}

const intoItself = (from: string, to: string): ProblemError =>
  new ProblemError(fileMessage("into-itself", { from, to }));

/** The mode with an execute bit beside each read bit, and always the owner's. */
const executableMode = (mode: number): number => (mode & 0o7777) | 0o100 | ((mode & 0o444) >> 2);
