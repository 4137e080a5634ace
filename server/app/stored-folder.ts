// The store of the open folder's traces: whether they are stored, and what is stored of earlier runs.
import { existsSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { errorText } from "../base/error-text.js";
import { type Log, noteOf } from "../base/log.js";
import { ProblemError } from "../base/problem.js";
import { SerialQueue } from "../base/serial-queue.js";
import { startThread } from "../base/start-thread.js";
import { undoDeletionMs } from "../contract/limits.js";
import type { ProblemMessage } from "../contract/problem.js";
import type { SavedSearch, WrittenMarks } from "../contract/trace-marks.js";
import type { StoreSettings, StoreState } from "../contract/traces-contract.js";
import { numberOf, runOf, timeOf } from "../protocol/trace-id.js";
import { FolderNumbers } from "../store/folder-numbers.js";
import { storeMessage } from "../store/messages.js";
import { ReadingThread } from "../store/reading-thread.js";
import {
  type AskedOf,
  type ListRange,
  noFacts,
  noMemory,
  type RemovedTraces,
  type StoreFacts,
} from "../store/store-answers.js";
import { storedBytes, storePath } from "../store/store-path.js";
import { defaultStoreSettings, readStoreSettings, writeStoreSettings } from "../store/store-settings.js";
import { TraceStore } from "../store/trace-store.js";
import { decodeStored } from "../trace/codec/decode-trace.js";
import type { ScriptVersions } from "../trace/script-versions.js";
import type { TraceRecord } from "../trace/trace-record.js";
import type { TraceSink } from "../trace/trace-sink.js";
import { OpenedTraces } from "./opened-traces.js";
import { SavedSearches } from "./saved-searches.js";

/** Traces are stored, or not, or as the folder's settings say. */
export type Storing = "always" | "never" | "as-set";

/** What was deleted leaves within this time when the folder is left; the rest when it is opened again. */
const leavingMs = 2000;
const dayMs = 24 * 3600 * 1000;
/** Has nothing stored. */
const noReader = new ReadingThread("");

export class StoredFolder {
  /** Called before a folder is left, when all its traces are stored. */
  beforeClose: (() => Promise<void>) | null = null;
  /** Called when something was written to stored traces. */
  onWritten: (() => void) | null = null;
  readonly #log: Pick<Log, "write">;
  readonly #storing: Storing;
  readonly #versions: Pick<ScriptVersions, "get">;
  readonly #start: typeof startThread;
  readonly #opened = new OpenedTraces();
  readonly #searches = new SavedSearches();
  /** Each folder's numbers, by its path. Those of traces that are not stored are remembered here alone. */
  readonly #numbers = new Map<string, FolderNumbers>();
  #root: string | null = null;
  #settings: StoreSettings = defaultStoreSettings;
  #store: TraceStore | null = null;
  #reader = noReader;
  /** While a folder is left: when its deleted traces have had their time (`performance.now`). */
  #leavesAt: number | null = null;
  #leftovers: NodeJS.Timeout | null = null;
  /** Changes of the settings. */
  readonly #changes = new SerialQueue();

  /** `versions`: the scripts as they ran. */
  constructor(log: Pick<Log, "write">, storing: Storing, versions: Pick<ScriptVersions, "get">, start = startThread) {
    this.#log = log;
    this.#storing = storing;
    this.#versions = versions;
    this.#start = start;
  }

  /** Null: traces are not stored. */
  get sink(): TraceSink | null {
    return this.#store?.sink ?? null;
  }

  /** Reads what is stored of the open folder: while none is, nothing. */
  get reader(): ReadingThread {
    return this.#reader;
  }

  /** Whether the folder's settings decide; false: the command line did. */
  get isSettable(): boolean {
    return this.#storing === "as-set";
  }

  /** Whether traces are stored, or should be: what prevents it was reported. */
  get isOn(): boolean {
    return this.#storing === "always" || (this.isSettable && this.#settings.isOn);
  }

  /**
   * From now on traces belong to this folder; those before are in the file of theirs. `root`: absolute, without links.
   */
  async turnTo(root: string): Promise<void> {
    await this.close();
    this.#root = root;
    this.#reader = this.#readerOf(root);
    this.#settings = await readStoreSettings(root, (systemText) =>
      this.#write(storeMessage("store-settings-unreadable", { systemText })),
    );
    this.#begin();
    // What a process that crashed has left; later, since the window is about to ask for its list.
    this.#leftovers = setTimeout(() => void this.#purge(0, Date.now() - undoDeletionMs), undoDeletionMs).unref();
  }

  #readerOf(root: string): ReadingThread {
    const path = storePath(root);
    return new ReadingThread(path, () => this.#write(storeMessage("store-damaged-trace", { path })), this.#start);
  }

  /** The next number in the open folder; null: none is open. */
  nextSeq(): number | null {
    const root = this.#root;
    if (root === null) return null;
    const numbers = this.#numbers.get(root) ?? new FolderNumbers(storePath(root));
    this.#numbers.set(root, numbers);
    return numbers.take(this.isOn);
  }

  /** Resolves when what is recorded is stored at once, or cannot be stored. */
  async ready(): Promise<void> {
    await this.#store?.ready();
  }

  /** Resolves when everything is in the file, and what was deleted has left it as far as there was time for that. */
  async close(): Promise<void> {
    if (this.#leftovers) clearTimeout(this.#leftovers);
    this.#numbers.get(this.#root ?? "")?.release();
    const store = this.#store;
    const reader = this.#reader;
    this.#store = null;
    this.#root = null;
    await store?.close();
    await reader.endPurges();
    this.#leavesAt = performance.now() + leavingMs;
    await this.beforeClose?.();
    this.#leavesAt = null;
    this.#reader = noReader;
    this.#opened.clear();
    await reader.close();
  }

  /** A trace that was read from the store lately. */
  opened(id: string): TraceRecord | null {
    return this.#opened.get(id);
  }

  /** Null: it is not stored. @throws ProblemError */
  async open(id: string): Promise<TraceRecord | null> {
    const known = this.#opened.get(id);
    if (known) return known;
    const stored = await this.#reader.ask("get", id);
    const trace = stored && decodeStored(stored);
    if (trace) this.#opened.add(trace);
    return trace;
  }

  /** The ids of the next traces that the same server stored, at most so many, the oldest first. @throws ProblemError */
  async behind(id: string, most: number): Promise<string[]> {
    const session = { key: "session", value: runOf(id), isNegated: false } as const;
    const since = { key: "after", time: timeOf(id), isNegated: false } as const;
    const range: ListRange = {
      order: { column: "seq", isDescending: false },
      first: 0,
      count: most + 1,
      around: null,
      cleared: null,
      memory: noMemory,
    };
    let ids: string[] = [];
    const call = { query: [[session], [since]], range };
    for await (const { found } of this.#reader.list(call, new AbortController().signal))
      ids = found
        .flatMap((one) => (typeof one === "number" ? [] : one.row.id))
        .sort((one, other) => numberOf(one) - numberOf(other)); // also pinned ones
    return ids.filter((one) => numberOf(one) > numberOf(id)).slice(0, most);
  }

  /** Another process has changed or deleted stored traces: opened ones are read again. */
  forgetOpened(): void {
    this.#opened.clear();
  }

  /** A script by its hash, as it once ran; null: it is not kept. @throws ProblemError */
  async version(hash: string): Promise<Uint8Array | null> {
    return this.#versions.get(hash) ?? (await this.#reader.ask("version", hash));
  }

  /** False: the trace is not stored, or cannot be pinned since nothing is stored now. @throws ProblemError */
  async pin(id: string, pinned: boolean): Promise<boolean> {
    const { sink } = this;
    const trace = sink && (await this.open(id));
    if (!sink || !trace) return false;
    trace.pinned = pinned;
    sink.pinned(id, pinned);
    return true;
  }

  /** Writes to a trace. False: nothing is stored. @throws ProblemError */
  async mark(trace: string, marks: WrittenMarks): Promise<boolean> {
    return this.#written((await this.#reader.ask("mark", { trace, marks })) > 0);
  }

  /** Hides traces. @throws ProblemError */
  async remove(removal: AskedOf<"remove">): Promise<RemovedTraces> {
    return this.#written(await this.#reader.ask("remove", removal));
  }

  /** Undoes a deletion. Returns how many are shown again. @throws ProblemError */
  async restore(at: number): Promise<number> {
    return this.#written(await this.#reader.ask("restore", at));
  }

  /**
   * Overwrites the bytes of what one deletion has hidden, not of earlier ones: another window may still undo them.
   * What goes wrong is logged.
   */
  purge(at: number): Promise<void> {
    return this.#purge(at, at);
  }

  /** @throws ProblemError */
  async searches(): Promise<SavedSearch[]> {
    return this.#root === null ? [] : this.#searches.of(this.#root);
  }

  /** One of the same name is replaced; an empty query removes it. @throws ProblemError */
  async setSearch(search: { readonly name: string; readonly query: string }): Promise<SavedSearch[]> {
    return this.#root === null ? [] : this.#searches.set(this.#root, search);
  }

  async state(): Promise<StoreState> {
    await this.ready(); // only then it is known whether the file can be written
    const { traces, oldestAt, problem } = await this.#facts();
    return {
      settings: { ...this.#settings, isOn: this.isOn },
      isStoring: this.#store !== null && !this.#store.sink.isOff,
      isSettable: this.isSettable,
      bytes: this.#root === null ? null : storedBytes(storePath(this.#root)),
      traces,
      oldestAt,
      problem,
    };
  }

  /** `problem`: why the file cannot be read. The settings can be changed all the same. */
  async #facts(): Promise<StoreFacts & Pick<StoreState, "problem">> {
    try {
      return { ...(await this.#reader.ask("facts", null)), problem: null };
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      return { ...noFacts, problem: error.problem };
    }
  }

  /** @throws ProblemError if they cannot be written */
  set(settings: StoreSettings): Promise<void> {
    return this.#changes.run(async () => {
      const root = this.#root;
      if (root === null) return;
      try {
        await writeStoreSettings(root, settings);
      } catch (error) {
        const systemText = errorText(error);
        throw new ProblemError(storeMessage("store-settings-not-written", { systemText }), { cause: error });
      }
      if (this.#root !== root) return;
      this.#settings = settings;
      const before = this.#store;
      this.#store = null;
      this.#begin(); // first: traces that end meanwhile go to the new store, and both may write
      await before?.close();
      await this.ready(); // a damaged file was set aside then, and `state` can tell
    });
  }

  /** Deletes the files, those that were set aside too. @throws ProblemError */
  forget(): Promise<void> {
    return this.#changes.run(async () => {
      const root = this.#root;
      if (root === null) return;
      const store = this.#store;
      const reader = this.#reader;
      this.#store = null; // until `#begin` nothing is stored
      await store?.close();
      if (this.#reader === reader) this.#reader = noReader; // until the files are deleted
      await reader.close();
      if (this.#root === root) this.#opened.clear(); // else they are another folder's
      const path = storePath(root);
      try {
        await removeFiles(path);
      } catch (error) {
        const systemText = errorText(error);
        throw new ProblemError(storeMessage("store-not-deleted", { path, systemText }), { cause: error });
      } finally {
        if (this.#root === root && this.#reader === noReader) this.#reader = this.#readerOf(root);
        if (this.#root === root) this.#begin();
      }
    });
  }

  async #purge(from: number, until: number): Promise<void> {
    const reader = this.#reader;
    const root = this.#root;
    try {
      await reader.purge(from, until, this.#leavesAt);
    } catch (error) {
      if (root === null || this.#root !== root) return; // the folder is left: the next one who opens it does it
      const systemText = errorText(error);
      this.#write(storeMessage("store-not-purged", { path: storePath(root), systemText }));
    } finally {
      // What was deleted must not stay in memory, also if it was read meanwhile; the others are read again.
      this.#opened.clear();
    }
  }

  #written<T>(result: T): T {
    this.onWritten?.();
    return result;
  }

  #begin(): void {
    if (!this.isOn || this.#root === null) return;
    const { maxBytes, maxAgeDays } = this.#settings;
    this.#store = new TraceStore({
      root: this.#root,
      maxBytes,
      maxAgeMs: maxAgeDays * dayMs,
      onMessage: (message) => this.#write(message),
      versionOf: (hash) => this.#versions.get(hash),
      start: this.#start,
    });
  }

  #write(message: ProblemMessage): void {
    this.#log.write(noteOf(message.code === "store-goes-on" ? "info" : "warning", "workbench", message));
  }
}

async function removeFiles(path: string): Promise<void> {
  const folder = dirname(path);
  const name = basename(path);
  if (!existsSync(folder)) return;
  for (const other of await readdir(folder)) if (other.startsWith(name)) await rm(join(folder, other), { force: true });
}
