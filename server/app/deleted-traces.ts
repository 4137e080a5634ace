// Deletes traces, in memory and on disk: for a while they are only hidden, so that the deletion
// can be undone; then they are overwritten.
import { undoDeletionMs } from "../contract/limits.js";
import type { TraceQuery } from "../formats/query/trace-query.js";
import { runPart } from "../protocol/trace-id.js";
import type { TraceLog } from "../trace/trace-log.js";
import type { StoredFolder } from "./stored-folder.js";
import type { TraceList } from "./trace-list.js";

type DeletableTraces = Pick<TraceLog, "generation" | "remove" | "restore" | "purge">;

export class DeletedTraces {
  readonly #traces: DeletableTraces;
  readonly #list: Pick<TraceList, "unlisted">;
  readonly #stores: Pick<StoredFolder, "remove" | "restore" | "purge">;
  /** The deletions that can be undone, by their times. */
  readonly #timers = new Map<number, NodeJS.Timeout>();
  /** The deletions that are under way. */
  readonly #removing = new Set<Promise<unknown>>();

  constructor(
    traces: DeletableTraces,
    list: Pick<TraceList, "unlisted">,
    stores: Pick<StoredFolder, "remove" | "restore" | "purge">,
  ) {
    this.#traces = traces;
    this.#list = list;
    this.#stores = stores;
  }

  /**
   * Removes the traces with these ids and those that the query finds, except pinned ones.
   * `count`: how many; `undo` names the deletion.
   * @throws ProblemError
   */
  async remove(ids: readonly string[], query: TraceQuery | null): Promise<{ count: number; undo: number }> {
    const removing = this.#remove(ids, query);
    this.#removing.add(removing);
    try {
      return await removing;
    } finally {
      this.#removing.delete(removing);
    }
  }

  async #remove(named: readonly string[], query: TraceQuery | null): Promise<{ count: number; undo: number }> {
    const undo = Date.now() + Math.random(); // no other process has the same
    const ids = query === null ? named : [...named, ...(await this.#list.unlisted(query))];
    let inMemory = this.#traces.remove(ids, undo);
    try {
      const run = runPart(this.#traces.generation);
      const { count, names } = await this.#stores.remove({ traces: ids, query, run, at: undo });
      inMemory += this.#traces.remove(names, undo);
      this.#purgeLater(undo);
      return { count: Math.max(inMemory, count), undo };
    } catch (error) {
      this.#traces.restore(undo);
      // It hides them in portions. What prevented that may prevent this, too: the first error says why.
      await this.#stores.restore(undo).catch((second: unknown) => {
        if (error instanceof Error) error.cause ??= second;
      });
      throw error;
    }
  }

  /** False: the traces are no longer there. @throws ProblemError */
  async restore(undo: number): Promise<boolean> {
    const timer = this.#timers.get(undo);
    if (!timer) return false;
    clearTimeout(timer);
    this.#timers.delete(undo);
    try {
      const onDisk = await this.#stores.restore(undo);
      return this.#traces.restore(undo) > 0 || onDisk > 0; // another process may have overwritten them
    } catch (error) {
      this.#purgeLater(undo); // the user may try again
      throw error;
    }
  }

  /** Nothing can be undone any more: before the folder is closed. */
  async finish(): Promise<void> {
    await Promise.allSettled(this.#removing); // the next folder's store knows nothing of these
    await Promise.all([...this.#timers.keys()].map((undo) => this.#purge(undo)));
  }

  #purgeLater(undo: number): void {
    this.#timers.set(undo, setTimeout(() => void this.#purge(undo), undoDeletionMs).unref());
  }

  async #purge(undo: number): Promise<void> {
    clearTimeout(this.#timers.get(undo));
    this.#timers.delete(undo);
    this.#traces.purge(undo);
    await this.#stores.purge(undo);
  }
}
