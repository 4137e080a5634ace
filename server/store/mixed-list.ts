// Stored traces and those in memory, each in the same order, as one list. Where one in memory belongs is found when its
// neighbourhood is asked for: there may be many.
import { countBefore } from "../contract/count-before.js";

/** A place of the store, or one among those in memory. */
export type Slot = { readonly place: number } | { readonly memory: number };

export class MixedList {
  readonly #stored: readonly number[];
  readonly #memory: readonly number[];
  readonly #rankOf: (memory: number) => number;

  /** `rankOf`: how many of the stored ones come before one in memory. */
  constructor(stored: readonly number[], memory: readonly number[], rankOf: (memory: number) => number) {
    this.#stored = stored;
    this.#memory = memory;
    this.#rankOf = rankOf;
  }

  get length(): number {
    return this.#stored.length + this.#memory.length;
  }

  slots(from: number, to: number): Slot[] {
    const slots: Slot[] = [];
    let nth = countBefore(this.#memory, (memory, index) => index + this.#rankOf(memory) < from);
    for (let rank = Math.max(0, from) - nth; nth + rank < Math.min(to, this.length); ) {
      const memory = this.#memory[nth];
      const place = this.#stored[rank];
      if (memory !== undefined && (place === undefined || this.#rankOf(memory) <= rank)) {
        slots.push({ memory });
        nth++;
      } else if (place !== undefined) {
        slots.push({ place });
        rank++;
      }
    }
    return slots;
  }

  /** Null: it is not here. */
  indexOf(slot: Slot): number | null {
    if ("memory" in slot) {
      const nth = this.#memory.indexOf(slot.memory);
      return nth < 0 ? null : nth + this.#rankOf(slot.memory);
    }
    const rank = this.#stored.indexOf(slot.place);
    return rank < 0 ? null : rank + countBefore(this.#memory, (memory) => this.#rankOf(memory) <= rank);
  }
}
