// The traces that prove the failures of a work's last check. They are kept in memory alone; the one that is shown comes
// into the list of traces, and leaves it with the next check, unless the user has pinned it.
import type { TraceLog } from "../../trace/trace-log.js";
import type { TraceRecord } from "../../trace/trace-record.js";

interface Proof {
  readonly record: TraceRecord;
  /** Its id in the list; null: it was not shown. */
  shown: string | null;
}

export class LessonProofs {
  readonly #traces: Pick<TraceLog, "add" | "rowOf" | "remove" | "purge">;
  #root: string | null = null;
  #proofs: ReadonlyMap<string, Proof> = new Map();

  constructor(traces: Pick<TraceLog, "add" | "rowOf" | "remove" | "purge">) {
    this.#traces = traces;
  }

  /** Takes the place of what the check before has found. `root`: the folder of the work. */
  replace(root: string, records: readonly TraceRecord[]): void {
    const shown = [...this.#proofs.values()].flatMap((proof) => proof.shown ?? []);
    const at = Date.now() + Math.random(); // no deletion by the user has the same
    const isPinned = (id: string): boolean => this.#traces.rowOf(id)?.pinned ?? false;
    this.#traces.remove(
      shown.filter((id) => !isPinned(id)),
      at,
    );
    this.#traces.purge(at);
    this.#root = root;
    this.#proofs = new Map(records.map((record) => [record.id, { record, shown: null }]));
  }

  /** Returns its id in the list; null: the last check did not find it. */
  show(root: string, trace: string): string | null {
    const proof = root === this.#root ? this.#proofs.get(trace) : undefined;
    if (proof === undefined) return null;
    const isListed = proof.shown !== null && this.#traces.rowOf(proof.shown) !== null;
    if (!isListed) proof.shown = this.#traces.add(proof.record, { isStored: false }).id;
    return proof.shown;
  }
}
