// One search of the folder, file after file within bounds. It works only while `next` is waited for,
// and lets other work continue in between.
import { setImmediate as turn } from "node:timers/promises";
import { ProblemError } from "../../base/problem.js";
import type { FoundFile, SearchBatch, SearchProgress, Wanted } from "../../contract/search-contract.js";
import type { FileEntry, FileListChange } from "../../contract/workspace.js";
import type { FileBytes } from "../files/file-contents.js";
import { bytesMatcher } from "./bytes-matcher.js";
import { pathFilter } from "./path-filter.js";
import { searchBytes, searchText } from "./search-file.js";
import { textMatcher } from "./text-matcher.js";

/** What a search needs of the workspace. */
export interface Searchable {
  /** With a version that it does not know: the whole list, as the window shows it. */
  listChanges(version: string): Promise<FileListChange>;
  readBytes(path: string): Promise<FileBytes | null>;
}
export type SearchBounds = Pick<SearchProgress, "maxMatches" | "maxBytes" | "maxFileBytes" | "maxMs">;

export const searchBounds: SearchBounds = {
  maxMatches: 10_000,
  maxBytes: 512 << 20,
  maxFileBytes: 4 << 20,
  maxMs: 60_000,
};
/** Work without a pause, ms: a request of a script waits no longer for the search. */
const sliceMs = 8;
/** What is found is shown after this, ms; the first match at once, and the progress without a match later. */
const batchMs = 50;
const quietMs = 200;
const filesPerRead = 8;

type Listed = Pick<FileEntry, "path" | "sizeBytes">;

type SearchOne = (path: string, bytes: Buffer) => Promise<FoundFile | "binary" | null>;

export class FolderSearch {
  readonly #folder: Searchable;
  readonly #isWanted: (path: string) => boolean;
  readonly #search: SearchOne;
  readonly #progress: { -readonly [Key in keyof SearchProgress]: SearchProgress[Key] };
  #files: readonly Listed[] | null = null;
  #isListWhole = true;
  #bytesRead = 0;
  #sliceBegan = 0;
  /** When the time of the whole search is over, as `performance.now()` has it. */
  #endsAt = 0;
  /** A file was searched in part, because the time was over. */
  #isCut = false;
  #signal: AbortSignal | null = null;

  /** @throws ProblemError "bad-pattern" */
  constructor(folder: Searchable, { query, include, exclude, readAs }: Wanted, bounds: SearchBounds = searchBounds) {
    this.#folder = folder;
    this.#isWanted = pathFilter(include, exclude);
    const encodings = new Map(readAs.map(({ path, encoding }) => [path, encoding]));
    const chosen = (path: string) => encodings.get(path) ?? null;
    if (query.kind === "bytes") {
      const matcher = bytesMatcher(query.hex);
      this.#search = async (path, bytes) => searchBytes(path, bytes, matcher, chosen(path));
    } else {
      const matcher = textMatcher(query);
      const onCut = (): void => {
        this.#progress.cutLines += 1;
      };
      this.#search = (path, bytes) => searchText(path, bytes, matcher, chosen(path), () => this.#goesOn(), onCut);
    }
    const none = { searched: 0, files: 0, binary: 0, skipped: 0, matches: 0, cutLines: 0, ms: 0 };
    this.#progress = { ...none, end: null, ...bounds };
  }

  /** What is found next. `signal`: the caller no longer wants it. @throws ProblemError, or the signal's reason */
  async next(signal: AbortSignal): Promise<SearchBatch> {
    const began = performance.now();
    this.#sliceBegan = began;
    this.#signal = signal;
    const progress = this.#progress;
    const before = progress.ms;
    this.#endsAt = began + progress.maxMs - before;
    const patienceMs = progress.matches === 0 ? 0 : batchMs;
    const found: FoundFile[] = [];
    const files = await this.#listed();
    for (let isDue = false; !isDue; ) {
      progress.end ??= this.#bound(files[progress.searched]);
      if (progress.end !== null) break;
      signal.throwIfAborted();
      for (const { path, bytes } of await this.#readNext(files)) {
        await this.#searchOne(path, bytes, found);
        await this.#pause();
      }
      const ms = performance.now() - began;
      progress.ms = before + ms;
      isDue = ms >= (found.length > 0 ? patienceMs : quietMs);
    }
    progress.ms = before + performance.now() - began;
    return { found, progress: { ...progress } };
  }

  async #listed() {
    if (this.#files !== null) return this.#files;
    const list = await this.#folder.listChanges("none");
    this.#isListWhole = list.kind === "all" && !list.truncated;
    this.#files = list.entries.filter(({ kind, path }) => kind === "file" && this.#isWanted(path));
    this.#progress.files = this.#files.length;
    return this.#files;
  }

  #bound(next: Listed | undefined): SearchProgress["end"] {
    const { matches, maxMatches, ms, maxMs, maxBytes, maxFileBytes } = this.#progress;
    if (this.#isCut) return "time";
    if (next === undefined) return this.#isListWhole ? "all" : "list";
    if (matches >= maxMatches) return "matches";
    if (ms > maxMs) return "time";
    return this.#bytesRead + Math.min(next.sizeBytes, maxFileBytes) > maxBytes ? "bytes" : null;
  }

  /** The next files at once: reading one after the other would wait for the disk most of the time. */
  #readNext(files: readonly Listed[]): Promise<{ readonly path: string; readonly bytes: Buffer | null }[]> {
    const { searched, maxBytes, maxFileBytes } = this.#progress;
    let room = maxBytes - this.#bytesRead;
    const fits = ({ sizeBytes }: Listed): boolean => {
      room -= Math.min(sizeBytes, maxFileBytes);
      return room >= 0;
    };
    const next = files.slice(searched, searched + filesPerRead);
    const end = next.findIndex((file) => !fits(file));
    return Promise.all(
      next.slice(0, end < 0 ? next.length : end).map(async ({ path, sizeBytes }) => ({
        path,
        bytes: sizeBytes > maxFileBytes ? null : await this.#read(path),
      })),
    );
  }

  async #searchOne(path: string, bytes: Buffer | null, found: FoundFile[]): Promise<void> {
    const progress = this.#progress;
    // Files that were read together with the one that reached the bound are not searched.
    if (this.#isCut || progress.matches >= progress.maxMatches) return;
    progress.searched += 1;
    if (bytes === null || bytes.length > progress.maxFileBytes) {
      progress.skipped += 1;
      return;
    }
    this.#bytesRead += bytes.length;
    const result = await this.#search(path, bytes);
    if (result === "binary") progress.binary += 1;
    else if (result !== null) {
      progress.matches += result.matches;
      found.push(result);
    }
  }

  /** Null: the file is no longer there, or not readable; the progress counts it. */
  async #read(path: string): Promise<Buffer | null> {
    try {
      const file = await this.#folder.readBytes(path);
      return file && Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength);
    } catch (error) {
      if (error instanceof ProblemError) return null;
      throw error;
    }
  }

  /** Within a file. False: the time is over. */
  async #goesOn(): Promise<boolean> {
    await this.#pause();
    this.#isCut = performance.now() > this.#endsAt;
    return !this.#isCut;
  }

  async #pause(): Promise<void> {
    if (performance.now() - this.#sliceBegan < sliceMs) return;
    await turn();
    this.#signal?.throwIfAborted();
    this.#sliceBegan = performance.now();
  }
}
