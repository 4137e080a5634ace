// The kept traces by number, oldest first. Numbers follow each other without gaps, so an array will do: a Map into which each request puts one
// and takes out another is copied again and again.

/** What is kept, and whether it may go when room is needed. */
export interface Evictable {
  readonly seq: number;
  readonly pinned: boolean;
}

const fewPassed = 1024;

export class TraceTable<Item extends Evictable> {
  /** At `seq - #first`. */
  #items: (Item | undefined)[] = [];
  #first = 1;
  /** Everything before this index is pinned, gone, or still under way. */
  #passed = 0;
  /** Numbers below `#first`: pinned, or under way for very long. */
  readonly #old = new Map<number, Item>();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  get(seq: number): Item | null {
    return (seq < this.#first ? this.#old.get(seq) : this.#items[seq - this.#first]) ?? null;
  }

  /** In the place of another with its number, if there is one. */
  put(item: Item): void {
    const index = item.seq - this.#first;
    if (!this.get(item.seq)) this.#count++;
    if (index < 0) this.#old.set(item.seq, item);
    else {
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

  /** The oldest that may go; null when there is none. */
  oldest(): Item | null {
    for (const item of this.#old.values()) if (!item.pinned) return item;
    for (; this.#passed < this.#items.length; this.#passed++) {
      const item = this.#items[this.#passed];
      if (item && !item.pinned) return item;
      if (this.#passed > fewPassed && this.#passed > this.#items.length / 2) this.#trimHead();
    }
    return null;
  }

  *[Symbol.iterator](): Generator<Item> {
    yield* [...this.#old.values()].sort((a, b) => a.seq - b.seq);
    for (const item of this.#items) if (item) yield item;
  }

  #trimHead(): void {
    for (const item of this.#items.splice(0, this.#passed)) if (item) this.#old.set(item.seq, item);
    this.#first += this.#passed;
    this.#passed = 0;
  }
}
