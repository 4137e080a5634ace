// The numbers of the folder's traces, and the ids made from them: sorted by time, and unique over processes.
import { idTime, numberOf, runOf, runPart } from "../protocol/trace-id.js";

/** What tells the traces of an open folder apart: of this process's by number, of others' by id. */
export type TraceKey = number | string;

export class TraceIds {
  /** In the id of each trace of this process. */
  readonly #run: string;
  readonly #next: (() => number | null) | null;
  /** The beginning of the last id: many requests begin in the same millisecond. */
  #time = { ms: Number.NaN, text: "" };
  #lastSeq = 0;

  /** `generation`: of the server. `next`: gives the folder's numbers; null: no folder is open, numbers simply go on. */
  constructor(generation: string, next: (() => number | null) | null = null) {
    this.#run = runPart(generation);
    this.#next = next;
  }

  /** The number that was given last. */
  get lastSeq(): number {
    return this.#lastSeq;
  }

  nextSeq(): number {
    this.#lastSeq = this.#next?.() ?? this.#lastSeq + 1;
    return this.#lastSeq;
  }

  of(seq: number, startedAt: number): string {
    const ms = Math.floor(startedAt);
    if (ms !== this.#time.ms) this.#time = { ms, text: idTime(ms) };
    return `${this.#time.text}${this.#run}-${seq}`;
  }

  keyOf(id: string): TraceKey {
    return this.seqOf(id) ?? id;
  }

  /** Null: another process gave the id. */
  seqOf(id: string): number | null {
    return runOf(id) === this.#run ? numberOf(id) : null;
  }
}
