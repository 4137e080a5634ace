// What becomes of each line of a configuration: the worst that is noted of it counts.
import type { AdoptedLine } from "../contract/adopt-contract.js";
import type { Message } from "../contract/message.js";

/** Where a line lies, and its words without secrets. */
export type Place = Pick<AdoptedLine, "file" | "line" | "text">;

/** What became of a line; null: the workbench does exactly this. */
export type Outcome = { readonly result: AdoptedLine["result"]; readonly message: Message } | null;
export const understood = (message: Message): Outcome => ({ result: "understood", message });
export const approximated = (message: Message): Outcome => ({ result: "approximated", message });
export const leftOut = (message: Message): Outcome => ({ result: "left-out", message });

const rank: Readonly<Record<AdoptedLine["result"], number>> = { understood: 0, approximated: 1, "left-out": 2 };

export class Report {
  readonly #lines = new Map<string, AdoptedLine>();

  understood = (place: Place, message: Message | null = null): void => this.note(place, message && understood(message));
  approximated = (place: Place, message: Message): void => this.note(place, approximated(message));
  leftOut = (place: Place, message: Message): void => this.note(place, leftOut(message));

  note({ file, line, text }: Place, outcome: Outcome): void {
    const key = `${line} ${file}`;
    const known = this.#lines.get(key);
    const { result, message } = outcome ?? { result: "understood", message: null };
    const isWorse = known === undefined || rank[result] > rank[known.result];
    if (isWorse || (known.message === null && known.result === result))
      this.#lines.set(key, { file, line, text, result, message });
  }

  /** One file after the other, each from its first line to its last. */
  get lines(): readonly AdoptedLine[] {
    const nth = new Map<string, number>();
    for (const { file } of this.#lines.values()) if (!nth.has(file)) nth.set(file, nth.size);
    const place = ({ file }: AdoptedLine): number => nth.get(file) ?? 0;
    return [...this.#lines.values()].sort((one, other) => place(one) - place(other) || one.line - other.line);
  }
}
