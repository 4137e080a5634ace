// Finds a pattern in a stream, a slice at a time while the bytes arrive: the window stays responsive during every
// search.
import { countBefore } from "../../../server/contract/count-before.js";
import type { Pattern, Walk } from "./pattern.js";
import type { Highlight } from "./tokens.js";

/** Matches beyond this are not counted. */
export const maxMatches = 100_000;
/** Bytes between two looks at the clock. */
const strideBytes = 32 * 1024;
/** No character and no switch of a charset is longer. */
const maxCharacterBytes = 4;

export class Finder {
  readonly #pattern: Pattern;
  readonly #walk: Walk | null;
  /** Bytes at the end that wait for what follows them. */
  readonly #held: number;
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  #next = 0;

  constructor(pattern: Pattern) {
    this.#pattern = pattern;
    this.#walk = pattern.walk?.() ?? null;
    this.#held = (this.#walk === null ? pattern.maxLength : Math.max(pattern.maxLength, maxCharacterBytes)) - 1;
  }

  get count(): number {
    return this.#starts.length;
  }
  /** Bytes before this offset have been searched. */
  get searched(): number {
    return this.#next;
  }
  /** True when the bound on matches was reached: the rest is not searched. */
  get isFull(): boolean {
    return this.#starts.length >= maxMatches;
  }
  start(index: number): number {
    return this.#starts[index] ?? 0;
  }
  end(index: number): number {
    return this.#ends[index] ?? 0;
  }

  /** Goes on to `available` bytes, for about `budgetMs`. `isEnd`: nothing comes after them. */
  extend(bytes: Uint8Array, available: number, isEnd: boolean, budgetMs = Number.POSITIVE_INFINITY): void {
    const until = performance.now() + budgetMs;
    const stop = isEnd ? available : available - this.#held;
    const { first, step } = this.#pattern;
    const walk = this.#walk;
    let free = this.#ends.at(-1) ?? 0; // matches do not overlap
    while (this.#next < stop && !this.isFull) {
      const end = Math.min(stop, this.#next + strideBytes);
      let at = this.#next;
      while (at < end) {
        const character = walk === null ? step : walk(bytes, at, available);
        const isCandidate = character > 0 && at >= free && first[bytes[at] ?? 0] === 1;
        const length = isCandidate ? this.#pattern.lengthAt(bytes, at, available) : 0;
        if (length > 0) {
          this.#starts.push(at);
          free = at + length;
          this.#ends.push(free);
          if (this.isFull) break;
        }
        at += walk === null ? Math.max(step, length) : Math.abs(character);
      }
      this.#next = at;
      if (performance.now() > until) return;
    }
  }

  /** The first match that begins at `offset` or after it; `count` when there is none. */
  indexFrom(offset: number): number {
    return countBefore(this.#starts, (start) => start < offset);
  }

  /** The match that begins at `offset`; null when there is none, or it was not searched yet. */
  indexOf(offset: number): number | null {
    const index = this.indexFrom(offset);
    return index < this.count && this.start(index) === offset ? index : null;
  }

  /** The matches that touch `[from, to)`, the one at `current` as such. */
  within(from: number, to: number, current: number | null): Highlight[] {
    const found: Highlight[] = [];
    for (
      let index = this.indexFrom(Math.max(0, from - this.#pattern.maxLength));
      index < this.count && this.start(index) < to;
      index++
    )
      if (this.end(index) > from)
        found.push({ from: this.start(index), to: this.end(index), is: index === current ? "current" : "match" });
    return found;
  }
}
