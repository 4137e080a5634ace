// The runs of servers that stored traces. Rows keep their run, so each is looked at once while the file is open.

/** What some rows say about a run. */
export interface RunPart {
  /** The part of the ids that the process gave them. */
  readonly run: string;
  /** When the first of those was stored, Unix time in ms. */
  readonly from: number;
  /** When the first that the run recorded itself began: imported ones are older than it. Null: there is none. */
  readonly own: number | null;
  /** The place of its newest one. */
  readonly last: number;
}

export class RunTable {
  readonly #runs = new Map<string, RunPart>();
  #seen = 0;

  /** The place of the first row that was not looked at. `low`: of the oldest row. */
  next(low: number): number {
    return Math.max(low, this.#seen + 1);
  }

  /** `to`: the place of the last row that was looked at. */
  add(parts: readonly RunPart[], to: number): void {
    for (const part of parts) {
      const known = this.#runs.get(part.run);
      this.#runs.set(part.run, known ? bothOf(known, part) : part);
    }
    this.#seen = to;
  }

  /** Newest first, those of which a row is left. */
  newest(low: number, limit: number): { readonly run: string; readonly from: number }[] {
    for (const { run, last } of [...this.#runs.values()]) if (last < low) this.#runs.delete(run);
    const runs = [...this.#runs.values()].sort((a, b) => b.last - a.last);
    return runs.slice(0, limit).map(({ run, from, own }) => ({ run, from: own ?? from }));
  }
}

const bothOf = (a: RunPart, b: RunPart): RunPart => ({
  run: a.run,
  from: Math.min(a.from, b.from),
  own: a.own === null || b.own === null ? (a.own ?? b.own) : Math.min(a.own, b.own),
  last: Math.max(a.last, b.last),
});
