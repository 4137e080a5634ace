// The numbers of all stored traces, by their places: lists have traces in the order of their numbers, which they got as
// they began, while a file has them in the order of their ends. Read once, the newest first; then what is new.
import { countBefore } from "../contract/count-before.js";
import type { Database } from "./store-file.js";

/** The number of a row, in SQL. */
export const numberColumn = "cast(substr(name,17) as integer)";
/** Rows that are read in one step. */
const stepRows = 25_000;
/** The numbers lie in chunks of so many places, a power of two. */
const chunkBits = 12;

/** Places of stored traces: of the oldest, of the oldest one that is not pinned, of the newest. */
export interface ListBounds {
  readonly first: number;
  readonly low: number;
  readonly high: number;
}

type Compare = (one: number, other: number) => number;

const prepareAll = (database: Database) => ({
  part: database.prepare(
    `select json_group_array(id) ids, json_group_array(${numberColumn}) numbers from trace where id between ? and ?`,
  ),
  before: database.prepare("select json_group_array(id) ids from trace where id < ?"),
  count: database.prepare("select count(*) count from trace"),
  bounds: database.prepare(
    `select (select min(id) from trace) first, (select min(id) from trace where not pinned) low,
       (select max(id) from trace) high`,
  ),
  apart: database.prepare(
    `select json_group_array(id) ids from (select id from trace where pinned
       union select id from mark join trace on name=trace where deleted is not null)`,
  ),
});

export class StoreNumbers {
  /** The places of all that were read, the highest number first. */
  places: readonly number[] = [];
  readonly #statements: ReturnType<typeof prepareAll>;
  readonly #chunks = new Map<number, Float64Array>();
  /** The places from this one to that one were read. */
  #from = 1;
  #to = 0;
  #first = 1;
  #low = 1;
  #changes = "";
  /** Some that were read may have been removed. */
  #isDoubtful = false;
  #apart: ReadonlySet<number> = new Set();

  constructor(database: Database) {
    this.#statements = prepareAll(database);
  }

  /** Returns the number of the trace at a place that was read. */
  of(place: number): number {
    return this.#chunks.get(place >> chunkBits)?.[place % (1 << chunkBits)] ?? 0;
  }

  /** How many places, at most, were not read yet. */
  get unread(): number {
    return Math.max(0, this.#from - this.#first);
  }

  /** Returns the places that are neither pinned nor deleted. */
  others(): readonly number[] {
    const apart = this.#apart;
    return apart.size === 0 ? this.places : this.places.filter((place) => !apart.has(place));
  }

  /** A list's; it is what the store has now. */
  bounds(): ListBounds {
    const all: { first: number | null; low: number | null; high: number | null } = this.#statements.bounds.get();
    const high = all.high ?? 0;
    return { first: all.first ?? high + 1, low: all.low ?? Number.MAX_SAFE_INTEGER, high };
  }

  /** Reads what is new; yields between two steps. A call that is left has read some. `changes`: of the search. */
  *catchUp({ first, low, high }: ListBounds, changes: string): Generator<void> {
    this.#first = first;
    this.#drop(low);
    if (changes !== this.#changes) {
      this.#apart = new Set(placesIn(this.#statements.apart.get()));
      this.#isDoubtful = true;
      this.#changes = changes;
    }
    yield* this.#read(high);
    if (!this.#isDoubtful) return;
    const { count }: { count: number } = this.#statements.count.get();
    if (this.bounds().high !== high) return; // there are new ones by now
    this.#isDoubtful = false;
    if (count === this.places.length) return;
    this.places = [];
    yield* this.#read(high);
  }

  /** What was evicted. */
  #drop(low: number): void {
    if (low === this.#low) return;
    this.#low = low;
    const left = new Set(placesIn(this.#statements.before.get(low))); // pinned ones
    this.places = this.places.filter((place) => place >= low || left.has(place));
    const chunks = new Set(this.places.map((place) => place >> chunkBits));
    for (const chunk of this.#chunks.keys()) if (!chunks.has(chunk)) this.#chunks.delete(chunk);
  }

  *#read(high: number): Generator<void> {
    if (this.places.length === 0) [this.#from, this.#to] = [high + 1, high];
    while (this.#to < high) {
      const to = Math.min(this.#to + stepRows, high);
      this.#take(this.#to + 1, to);
      this.#to = to;
      if (this.#to < high) yield;
    }
    while (this.unread > 0) {
      const from = Math.max(this.#first, this.#from - stepRows);
      this.#take(from, this.#from - 1);
      this.#from = from;
      if (this.unread > 0) yield;
    }
  }

  #take(from: number, to: number): void {
    const part: { ids: string; numbers: string } = this.#statements.part.get(from, to);
    const places: number[] = JSON.parse(part.ids);
    const numbers: number[] = JSON.parse(part.numbers);
    places.forEach((place, index) => {
      const chunk = this.#chunks.get(place >> chunkBits) ?? new Float64Array(1 << chunkBits);
      chunk[place % (1 << chunkBits)] = numbers[index] ?? 0;
      this.#chunks.set(place >> chunkBits, chunk);
    });
    this.places = merged(this.places, places, (one, other) => this.of(other) - this.of(one));
  }
}

export function placesIn({ ids }: { readonly ids: string }): number[] {
  return JSON.parse(ids);
}

/** Puts more among those in order. Most that come together belong together: only what lies between is sorted again. */
export function merged(places: readonly number[], more: readonly number[], compare: Compare): readonly number[] {
  const sorted = more.toSorted(compare);
  const first = sorted[0];
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return places;
  const from = countBefore(places, (place) => compare(place, first) < 0);
  const to = countBefore(places, (place) => compare(place, last) < 0);
  const among = from === to ? sorted : places.slice(from, to).concat(sorted).sort(compare);
  return places.slice(0, from).concat(among, places.slice(to));
}
