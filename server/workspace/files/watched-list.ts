// The list of the folder's files, and the watch that keeps it current, also when another folder takes the path.
import { isDeepStrictEqual } from "node:util";
import { toProblem } from "../../contract/problem.js";
import type { FileList, FileListChange, Problem } from "../../contract/workspace.js";
import { type FileAnswer, FileIndex } from "./file-index.js";
import { type ListingOptions, maxEntries } from "./file-list.js";
import { folderIdentity } from "./folders.js";
import { watchMessage } from "./messages.js";
import { type Watcher, watchFolder } from "./watcher.js";

/** Start of the watch if no list was requested, ms: changes before that are noticed as soon as the watch has begun. */
const watchAfterMs = 150;
/** How often the folder itself is checked, ms: one that is moved and replaced at once causes no event. */
const lookMs = 500;
const maxNamesTold = 5;

interface WatchedListOptions {
  /** The workspace, absolute and without links. */
  readonly root: string;
  /** Of the active configuration. */
  readonly listing: () => ListingOptions;
  /** What routes lead to besides files. */
  readonly elsewhere: () => FileList["elsewhere"];
  /** Called with changed paths in the workspace, whoever changed them; null: many, or unknown. Never rejects. */
  readonly onChange: (paths: readonly string[] | null) => Promise<void>;
  /** The watch has another problem, or other names cannot be listed. */
  readonly onProblem: () => void;
}

export class WatchedList {
  readonly #options: WatchedListOptions;
  readonly #index: FileIndex;
  readonly #watchSoon: NodeJS.Timeout;
  #watcher: Watcher | null = null;
  /** Of the folder that is watched. */
  #identity: Promise<string | null>;
  /** It was not at its path, if only for a moment. */
  #isMissed = false;
  #nextLook: NodeJS.Timeout | null = null;
  #problems: Problem[] = [];
  #notUtf8: readonly string[] = [];
  #isClosed = false;

  constructor(options: WatchedListOptions) {
    this.#options = options;
    this.#index = new FileIndex(options);
    this.#watchSoon = setTimeout(() => this.#watch(), watchAfterMs);
    this.#identity = folderIdentity(options.root);
    this.#lookLater();
  }

  /** Why the watch may miss changes, and what is not listed. */
  get problems(): readonly Problem[] {
    const names = this.#notUtf8;
    if (names.length === 0) return this.#problems;
    const data = { count: names.length, names: names.slice(0, maxNamesTold) };
    return [...this.#problems, toProblem(watchMessage("unlisted-names", data))];
  }

  /** Resolves when every change from outside was noticed, and will be. */
  get watching(): Promise<void> {
    return this.#watch().ready;
  }

  /** All files, as they are on disk now. */
  async all(): Promise<FileList> {
    return this.#listOf(await this.#beforeWatch(() => this.#index.all()));
  }

  /**
   * The changes since the list, or the update, with that version; the whole list if they
   * are unknown. Null: no list was made yet.
   */
  async since(version: string | null): Promise<FileListChange> {
    if (version === null) return { kind: "all", ...(await this.all()) };
    const answer = await this.#beforeWatch(() => this.#index.since(version));
    return answer.kind === "all" ? { kind: "all", ...this.#listOf(answer) } : answer;
  }

  /** What the next update has to list again: these paths; null: everything. */
  changed(paths: readonly string[] | null): void {
    // A watch with a problem does not report every change.
    this.#index.changed(this.#problems.length === 0 ? paths : null);
  }

  /** The folder is not at its path. When it is there again, a new watch begins, and everything counts as changed. */
  missed(): void {
    this.#isMissed = true;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#watchSoon);
    if (this.#nextLook !== null) clearTimeout(this.#nextLook);
    await this.#watcher?.close();
  }

  #lookLater(): void {
    const look = async (): Promise<void> => {
      await this.#lookAtFolder();
      if (!this.#isClosed) this.#lookLater();
    };
    this.#nextLook = setTimeout(() => void look(), lookMs).unref();
  }

  /** Another folder at the path, or none: the watch is still with the first one, so everything is unknown. */
  async #lookAtFolder(): Promise<void> {
    const { root, onChange } = this.#options;
    const [before, now] = await Promise.all([this.#identity, folderIdentity(root)]);
    const isAsBefore = now === before && (!this.#isMissed || now === null);
    if (isAsBefore || this.#isClosed) return;
    this.#isMissed = false;
    this.#identity = Promise.resolve(now);
    const old = this.#watcher;
    this.#watcher = null;
    this.#problems = [];
    await old?.close();
    if (this.#isClosed) return;
    this.#watch();
    await onChange(null);
  }

  /** The watch waits for the first list, because it would slow it down. */
  #beforeWatch<T>(work: () => Promise<T>): Promise<T> {
    clearTimeout(this.#watchSoon);
    return work().finally(() => {
      if (!this.#isClosed) this.#watch();
      const names = this.#index.namesNotUtf8;
      if (isDeepStrictEqual(names, this.#notUtf8)) return;
      this.#notUtf8 = names;
      this.#options.onProblem();
    });
  }

  /** Begins with the first list, or soon: reading a large folder would delay its opening. */
  #watch(): Watcher {
    clearTimeout(this.#watchSoon);
    const { root, onChange, onProblem } = this.#options;
    this.#watcher ??= watchFolder(root, {
      changed: onChange,
      lost: () => this.missed(),
      problem: (problem) => {
        if (this.#problems.some(({ message }) => message === problem.message)) return;
        this.#problems.push(problem);
        onProblem();
      },
    });
    return this.#watcher;
  }

  #listOf({ version, entries, truncated }: FileAnswer & { kind: "all" }): FileList {
    return { version, entries, elsewhere: this.#options.elsewhere(), truncated, maxEntries };
  }
}
