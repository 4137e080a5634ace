// The kept traces by number, oldest first. Numbers have few gaps, so an array is enough: V8 would copy a Map again and
// again when each request adds one entry and removes another.

/** An item, and whether it is protected from eviction. */
interface Evictable {
  readonly seq: number;
  readonly pinned: boolean;
}

/** The array is cut when at least this many items at its beginning are no longer needed. */
const minTrimmed = 1024;

export class TraceTable<Item extends Evictable> {
  /** At `seq - #first`. */
  #items: (Item | undefined)[] = [];
  #first = 1;
  /** Everything before this index is pinned, removed, or still running. */
  #passed = 0;
  /** Items with numbers below `#first`, oldest first: pinned, or of requests that ran very long. */
  #old = new Map<number, Item>();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  get(seq: number): Item | null {
    return (seq < this.#first ? this.#old.get(seq) : this.#items[seq - this.#first]) ?? null;
  }

  /** Replaces the item with its number, if there is one. */
  put(item: Item): void {
    const isFar = item.seq - this.#first > this.#items.length + minTrimmed;
    if (isFar || this.#count === 0) this.#beginAt(item.seq);
    const index = item.seq - this.#first;
    const isNew = !this.get(item.seq);
    if (isNew) this.#count++;
    if (index < 0) {
      this.#old.set(item.seq, item);
      if (isNew) this.#old = new Map([...this.#old].sort(([a], [b]) => a - b));
    } else {
      this.#items[index] = item;
      this.#passed = Math.min(this.#passed, index);
    }
  }

  remove(seq: number): void {
    if (!this.get(seq)) return;
    this.#count--;
    if (seq < this.#first) this.#old.delete(seq);
    else this.#items[seq - this.#first] = undefined;
  }

  /** The oldest item that can be evicted; null when there is none. */
  oldest(): Item | null {
    for (const item of this.#old.values()) if (!item.pinned) return item;
    for (; this.#passed < this.#items.length; this.#passed++) {
      const item = this.#items[this.#passed];
      if (item && !item.pinned) return item;
      if (this.#passed > minTrimmed && this.#passed > this.#items.length / 2) this.#trimHead();
    }
    return null;
  }

  *[Symbol.iterator](): Generator<Item> {
    yield* this.#old.values();
    for (const item of this.#items) if (item) yield item;
  }

  /** Another process has taken many numbers before this one, or it is the first of a folder. */
  #beginAt(seq: number): void {
    for (const item of this.#items) if (item) this.#old.set(item.seq, item);
    this.#items = [];
    [this.#first, this.#passed] = [seq, 0];
  }

  #trimHead(): void {
    for (const item of this.#items.splice(0, this.#passed)) if (item) this.#old.set(item.seq, item);
    this.#first += this.#passed;
    this.#passed = 0;
  }
}
