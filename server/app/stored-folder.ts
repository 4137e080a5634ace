// The store of the open folder's traces, if traces are stored.
import { type Log, noteOf } from "../base/log.js";
import { type TraceSink, TraceStore } from "../trace/store/trace-store.js";

export class StoredFolder {
  readonly #log: Pick<Log, "write">;
  readonly #isStoring: boolean;
  #store: TraceStore | null = null;

  constructor(log: Pick<Log, "write">, isStoring: boolean) {
    this.#log = log;
    this.#isStoring = isStoring;
  }

  /** Null: traces are not stored. */
  get sink(): TraceSink | null {
    return this.#store?.sink ?? null;
  }

  /** From now on traces belong to this folder; those before are in the file of theirs. `root`: absolute, without links. */
  async turnTo(root: string): Promise<void> {
    await this.close();
    if (!this.#isStoring) return;
    this.#store = new TraceStore({
      root,
      onMessage: (message) =>
        this.#log.write(noteOf(message.code === "store-goes-on" ? "info" : "warning", "workbench", message)),
    });
  }

  /** Resolves when everything is in the file. */
  async close(): Promise<void> {
    const store = this.#store;
    this.#store = null;
    await store?.close();
  }
}
