// Values that come again and again, request after request: the earlier one is taken in place of an equal later one, which can then go.

/** How many different ones are remembered. */
const places = 4;

export class Interner<T> {
  readonly #last: T[] = [];
  readonly #isSame: (one: T, other: T) => boolean;
  #next = 0;

  constructor(isSame: (one: T, other: T) => boolean) {
    this.#isSame = isSame;
  }

  /** An equal one from before, or this one. Neither may be changed afterwards. */
  intern(value: T): T {
    for (const last of this.#last) if (this.#isSame(last, value)) return last;
    this.#last[this.#next] = value;
    this.#next = (this.#next + 1) % places;
    return value;
  }
}

/** Lists of equal items. */
export class ListInterner<T> extends Interner<readonly T[]> {
  readonly #empty: readonly T[] = [];

  constructor(isSame: (one: T, other: T) => boolean) {
    super((one, other) => arraysEqual(one, other, isSame));
  }

  override intern(list: readonly T[]): readonly T[] {
    return list.length === 0 ? this.#empty : super.intern(list);
  }
}

/** As long, and item by item the same. */
export function arraysEqual<T>(one: readonly T[], other: readonly T[], isSame: (one: T, other: T) => boolean): boolean {
  if (one === other) return true;
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) {
    const a = one[i];
    const b = other[i];
    if (a === undefined || b === undefined || !(a === b || isSame(a, b))) return false;
  }
  return true;
}
