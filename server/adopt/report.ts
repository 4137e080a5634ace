// What becomes of each line of a configuration: the worst that is noted of it counts.
import type { AdoptedLine } from "../contract/adopt-contract.js";
import type { Message } from "../contract/message.js";

type Result = AdoptedLine["result"];

/** Where a line lies, and its words without secrets. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

const rank: Readonly<Record<Result, number>> = { understood: 0, approximated: 1, "left-out": 2 };

export class Report {
  readonly #lines = new Map<string, AdoptedLine>();

  understood = (place: Place, message: Message | null = null): void => this.#note(place, "understood", message);
  approximated = (place: Place, message: Message): void => this.#note(place, "approximated", message);
  leftOut = (place: Place, message: Message): void => this.#note(place, "left-out", message);

  #note(place: Place, result: Result, message: Message | null): void {
    const key = `${place.line} ${place.file}`;
    const known = this.#lines.get(key);
    const isWorse = known === undefined || rank[result] > rank[known.result];
    if (isWorse || (known.message === null && known.result === result))
      this.#lines.set(key, { file: place.file, line: place.line, text: place.text, result, message });
  }

  /** In the order in which they were read. */
  get lines(): readonly AdoptedLine[] {
    return [...this.#lines.values()];
  }
}
