// The numbers of this server's traces, and the ids made from them: sorted by time, and unique over processes.
import { idTime, runOf, runPart, seqInRun } from "../protocol/trace-id.js";

export class TraceIds {
  /** In the id of each trace of this process. */
  readonly #run: string;
  /** The beginning of the last id: many requests begin in the same millisecond. */
  #time = { ms: Number.NaN, text: "" };
  #lastSeq = 0;

  /** `generation`: of the server. */
  constructor(generation: string) {
    this.#run = runPart(generation);
  }

  /** The number that was given last. */
  get lastSeq(): number {
    return this.#lastSeq;
  }

  nextSeq(): number {
    return ++this.#lastSeq;
  }

  of(seq: number, startedAt: number): string {
    const ms = Math.floor(startedAt);
    if (ms !== this.#time.ms) this.#time = { ms, text: idTime(ms) };
    return `${this.#time.text}${this.#run}-${seq}`;
  }

  /** Null: another process gave the id. */
  seqOf(id: string): number | null {
    return runOf(id) === this.#run ? seqInRun(id) : null;
  }
}
