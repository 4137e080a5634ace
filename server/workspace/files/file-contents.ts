// What is in the files of the workspace: reads them for the editor and for callers that handle scripts in any charset,
// and saves them. Callers name files by their paths in the workspace.
import { realpath, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { errorCode, isWithin, readBounded, readRange, unlessMissing } from "../../base/disk.js";
import { ProblemError } from "../../base/problem.js";
import type { FileEncoding } from "../../contract/charsets.js";
import { configFileName } from "../../contract/config.js";
import type { FileContent, Saved } from "../../contract/workspace.js";
import type { Containment } from "../../routing/containment.js";
import { fileProblem } from "./file-problem.js";
import { fileMessage } from "./messages.js";
import { OwnSaves } from "./own-saves.js";
import { resolveExisting, resolveMissing } from "./resolve-path.js";
import { saveFile } from "./save-file.js";
import type { EncodedText } from "./save-lines.js";
import { detectEncoding } from "./text-encoding.js";
import { fileContent, maxTextBytes } from "./text-file.js";
import { mixesUtf8 } from "./utf8-sequences.js";

export interface FileBytes {
  readonly bytes: Uint8Array;
  /** As in stat. */
  readonly mode: number;
}
export interface TextToSave extends EncodedText {
  /** SHA-256 of what the editor read, hex; null: the file must not exist yet. */
  readonly expectedHash: string | null;
  /** Of a file that does not exist yet. */
  readonly executable?: boolean;
}
interface FileContentsOptions {
  /** The workspace, absolute and without links. */
  readonly root: string;
  /** Of the active configuration. */
  readonly containment: () => Containment;
  /** Runs one save after the other. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  /** Called before a file is replaced, with every path of it that matters (see `#pathsOf`). */
  readonly beforeSave: (paths: readonly string[]) => Promise<void>;
  /** Likewise. The save is complete when it has resolved. */
  readonly onSave: (paths: readonly string[]) => Promise<void>;
}

export class FileContents {
  readonly #options: FileContentsOptions;
  readonly #ownSaves: OwnSaves;

  constructor(options: FileContentsOptions) {
    this.#options = options;
    this.#ownSaves = new OwnSaves(options.root);
  }

  /** As the editor wants it. `encoding`: null to detect it. @throws ProblemError */
  async read(path: string, encoding: FileEncoding | null): Promise<FileContent> {
    try {
      return fileContent(path, await readBounded(await this.#existing(path), maxTextBytes), encoding);
    } catch (error) {
      throw fileProblem(error, path);
    }
  }

  /** Null if the file does not exist. @throws ProblemError if it cannot be read, or is larger than the editor opens */
  async readBytes(path: string): Promise<FileBytes | null> {
    try {
      const read = await readBounded(await this.#existing(path), maxTextBytes);
      if (read.kind === "read") return read;
      const { sizeBytes } = read;
      throw new ProblemError(fileMessage("too-large", { path, sizeBytes, maxBytes: maxTextBytes }));
    } catch (error) {
      if (errorCode(error) === "ENOENT") return null;
      throw fileProblem(error, path);
    }
  }

  /** The mode of a file, as in stat, of any size and also without the permission to read it. @throws ProblemError */
  async modeOf(path: string): Promise<number | null> {
    try {
      return (await stat(await this.#existing(path))).mode;
    } catch (error) {
      if (errorCode(error) === "ENOENT") return null;
      throw fileProblem(error, path);
    }
  }

  /** Bytes of a file of any size; fewer where it ends. @throws ProblemError */
  async readRange(path: string, from: number, length: number): Promise<Buffer> {
    try {
      return await readRange(await this.#existing(path), from, length);
    } catch (error) {
      throw fileProblem(error, path);
    }
  }

  /** Saves a whole text, if the file has not changed since the editor read it. @throws ProblemError */
  write(path: string, { expectedHash, executable = false, ...edited }: TextToSave): Promise<Saved> {
    return this.#options.inTurn(async () => {
      const before = edited.readAs ? await this.#bytesBefore(path) : null;
      const { encodedFile } = await import("./save-lines.js");
      const bytes = encodedFile(path, edited, before);
      if (bytes.length > maxTextBytes)
        throw new ProblemError(fileMessage("too-large-to-save", { path, maxBytes: maxTextBytes }));
      return this.#save(path, bytes, expectedHash, executable);
    });
  }

  /** Whose lines may stay; null: there is none, or it is larger than any file that the editor has read. */
  async #bytesBefore(path: string): Promise<Uint8Array | null> {
    try {
      return (await this.readBytes(path))?.bytes ?? null;
    } catch (error) {
      if (error instanceof ProblemError && error.problem.code === "too-large") return null;
      throw error;
    }
  }

  /** As `write`, for bytes. @throws ProblemError */
  writeBytes(path: string, bytes: Uint8Array, expectedHash: string | null): Promise<Saved> {
    return this.#options.inTurn(() => this.#save(path, bytes, expectedHash));
  }

  /** Those of the changed paths that are not as our own save left them. Its caller runs it in turn with saves. */
  changedByOthers(paths: readonly string[]): Promise<readonly string[]> {
    return this.#ownSaves.without(paths);
  }

  async #save(path: string, bytes: Uint8Array, expectedHash: string | null, executable = false): Promise<Saved> {
    const { beforeSave, onSave } = this.#options;
    try {
      const file = await this.#placeToSave(path, expectedHash);
      if (file === null) return { kind: "conflict", hash: null };
      await beforeSave(await this.#pathsOf(path, file));
      const saved = await saveFile(file, bytes, expectedHash, executable);
      if (saved.kind === "conflict") return saved;
      const { kind, hash, facts } = saved;
      await this.#ownSaves.add(file, hash);
      await onSave(await this.#pathsOf(path, file));
      const detected = detectEncoding(bytes);
      return { kind, hash, ...facts, detected, mixesUtf8: mixesUtf8(bytes, detected) };
    } catch (error) {
      throw fileProblem(error, path);
    }
  }

  /** Null if the file should exist, and the folder that it was in does not. */
  async #placeToSave(path: string, expectedHash: string | null): Promise<string | null> {
    const { root, containment } = this.#options;
    if (expectedHash === null) return resolveMissing(root, path, containment());
    return unlessMissing(this.#existing(path), null);
  }

  /**
   * The path that was saved; the file's own, if a link led to it, because the watcher's report of that one is dropped
   * as our own save; and the configuration's, if it is a link to the same file.
   */
  async #pathsOf(path: string, file: string): Promise<readonly string[]> {
    const { root } = this.#options;
    const paths = new Set([path]);
    if (isWithin(file, root)) paths.add(relative(root, file));
    // null: there is none, or a link that leads nowhere
    const config = await realpath(join(root, configFileName)).catch(() => null);
    if (config === file) paths.add(configFileName);
    return [...paths];
  }

  #existing(path: string): Promise<string> {
    return resolveExisting(this.#options.root, path, this.#options.containment());
  }
}
