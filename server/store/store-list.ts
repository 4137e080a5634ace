// The list of traces: how many match, and what is at some of its places, of stored traces and of those in memory alone.
// Pinned ones come first, then the others, by their numbers or in the order of a column. What was searched once is kept
// while new traces come: only those are searched.
import type { TraceOrder } from "../contract/trace-order.js";
import type { TraceQuery } from "../formats/query/trace-query.js";
import { MixedList, type Slot } from "./mixed-list.js";
import type { ListRange, ListStep } from "./store-answers.js";
import type { Database } from "./store-file.js";
import { type ListBounds, merged, StoreNumbers } from "./store-numbers.js";
import { ListOrder, OrderedPlaces } from "./store-order.js";
import { type Bounds, everything, type StoreSearch } from "./store-search.js";
import type { StoredRecords } from "./stored-records.js";

/** The places of the stored traces that match, in order. */
interface Known {
  readonly changes: string;
  pinned: readonly number[];
  others: readonly number[];
  /** All from this place to that one were searched. */
  from: number;
  to: number;
}

interface Call extends ListBounds {
  readonly query: TraceQuery;
  readonly range: ListRange;
  readonly order: ListOrder;
  /** Where the traces in memory are that are not stored. */
  readonly waiting: readonly number[];
  readonly known: Known;
}

/** The step that tells how far it is; null: one has told that just now. */
type Progress = (searched: number) => ListStep | null;

/** Nothing is in order yet. */
const counted = (step: ListStep | null, total: number): ListStep | null => step && { ...step, found: [], total };

/** So many lists are remembered. */
const maxKnown = 4;
/** A list that is searched tells this often how far it is, ms. */
const progressMs = 60;
/** More new ones than these are put in the order of a column with all others. */
const maxInserted = 200;
/** Findings come after their traces are stored: what asks for them is searched again each time. */
const asksFindings = (query: TraceQuery): boolean =>
  /"key":"finding"|"value":"(error|warning)"/.test(JSON.stringify(query));

/** Without what was evicted. */
const without = (places: readonly number[], low: number): readonly number[] =>
  places.some((place) => place < low) ? places.filter((place) => place >= low) : places;

export class StoreList {
  readonly #database: Database;
  readonly #search: StoreSearch;
  readonly #records: StoredRecords;
  readonly #numbers: StoreNumbers;
  readonly #known = new Map<string, Known>();

  constructor(database: Database, search: StoreSearch, records: StoredRecords) {
    this.#database = database;
    this.#search = search;
    this.#records = records;
    this.#numbers = new StoreNumbers(database);
  }

  /** Null: a step with nothing to tell. */
  *list(query: TraceQuery, range: ListRange): Generator<ListStep | null> {
    const bounds = this.#numbers.bounds();
    const { low, high } = bounds;
    const changes = this.#search.changes();
    const known = this.#knownOf(query, range, changes);
    const order = new ListOrder(this.#database, this.#numbers, range.order);
    const isStored = (id: string): boolean => id !== "" && (this.#records.placeOf(id) ?? high + 1) <= high;
    const waiting = range.memory.ids.flatMap((id, index) => (isStored(id) ? [] : index));
    const call: Call = { query, range, order, waiting, known, ...bounds };
    let toldAt = Number.NEGATIVE_INFINITY;
    const progress: Progress = (searched) => {
      if (performance.now() - toldAt < progressMs) return null;
      const step = this.#stepOf(call, searched, false);
      toldAt = performance.now();
      return step;
    };
    const areNews = known.to < high;
    // Until their numbers are known, those that ended last are the newest.
    if (areNews) known.pinned = this.#found(call, { before: high + 1, pinned: true }).reverse();
    const isWhole = query.length === 0 && range.cleared === null && order.isOfNumbers;
    const whole = (): readonly number[] => order.ofNewest(this.#numbers.others());
    for (const _ of this.#numbers.catchUp(bounds, changes)) {
      const { unread } = this.#numbers;
      if (isWhole) known.others = whole();
      const step = isWhole ? progress(1 - unread / high) : null;
      yield step && { ...step, total: step.total + unread };
    }
    if (areNews) known.pinned = known.pinned.toSorted(order.compare);
    known.others = isWhole ? whole() : without(known.others, low);
    if (!order.isOfNumbers && range.order !== null) yield* this.#putInOrder(call, range.order, progress);
    else if (!isWhole) yield* this.#searched(call, progress);
    known.to = high;
    yield this.#stepOf(call, 1, true);
  }

  #knownOf(query: TraceQuery, { order, cleared }: ListRange, changes: string): Known {
    const key = JSON.stringify([query, order, cleared]);
    const before = this.#known.get(key);
    this.#known.delete(key);
    const isValid = before?.changes === changes && !asksFindings(query);
    const known = isValid ? { ...before } : { changes, pinned: [], others: [], from: 0, to: 0 };
    this.#known.set(key, known);
    for (const oldest of [...this.#known.keys()].slice(0, -maxKnown)) this.#known.delete(oldest);
    return known;
  }

  /** A call that was left has searched some: they are not searched again. */
  *#searched(call: Call, progress: Progress): Generator<ListStep | null> {
    const { order, known, first, high } = call;
    if (known.to === 0) [known.from, known.to] = [high + 1, high];
    const newer: number[] = [];
    for (const { places } of this.#parts(call, { before: high + 1, after: known.to })) {
      newer.push(...places);
      yield null;
    }
    known.others = merged(known.others, newer, order.compare);
    known.to = high;
    for (const { from, places } of this.#parts(call, { before: known.from })) {
      known.others = merged(known.others, places, order.compare);
      known.from = from;
      yield progress((high - from + 1) / (high - first + 1));
    }
  }

  *#putInOrder(call: Call, column: TraceOrder, progress: Progress): Generator<ListStep | null> {
    const { query, range, order, known, high } = call;
    if (known.to === high) return;
    const added = known.to === 0 ? null : this.#found(call, { before: high + 1, after: known.to });
    if (added !== null && added.length <= maxInserted) {
      known.others = merged(known.others, added, order.compare);
      return;
    }
    const all = { ...everything, cleared: range.cleared, before: high + 1, pinned: false };
    const { where, values, parts, search } = this.#search.within(query, all);
    const ordered = new OrderedPlaces(this.#database, where, column);
    try {
      for (const { from, to, searched } of parts()) {
        this.#search.begin(search, { from, to });
        ordered.add([from, to, ...values]);
        yield counted(progress(searched), ordered.count);
      }
      const reading = ordered.read();
      let next = reading.next();
      for (; !next.done; next = reading.next()) yield counted(progress(1), ordered.count);
      known.others = next.value;
    } finally {
      ordered.drop();
    }
  }

  #found(call: Call, bounds: Partial<Bounds>): number[] {
    const all: number[] = [];
    for (const { places } of this.#parts(call, bounds)) all.push(...places);
    return all;
  }

  /** Finds those that match and are not pinned, if the bounds do not ask for pinned ones. */
  *#parts({ query, range }: Call, bounds: Partial<Bounds>) {
    const wanted = { ...everything, cleared: range.cleared, pinned: false, ...bounds };
    const { parts, search, places } = this.#search.within(query, wanted);
    const all = parts();
    for (let next = all.next(); !next.done; ) {
      const { from, to } = next.value;
      this.#search.begin(search, { from, to });
      const part = { from, places: places(from, to) };
      next = all.next(); // before others have their turn: it takes the time for that of the part
      yield part;
    }
  }

  #stepOf({ query, range, order, waiting, known, high }: Call, searched: number, isDone: boolean): ListStep {
    const { memory, around } = range;
    const mixed = (stored: readonly number[], indexes: readonly number[]): MixedList =>
      new MixedList(stored, indexes, (at) => order.rankOf(stored, memory.keys[at] ?? 0, memory.numbers[at] ?? 0));
    const pinned = mixed(
      known.pinned,
      waiting.filter((at) => at < memory.pinned),
    );
    const others = mixed(
      known.others,
      waiting.filter((at) => at >= memory.pinned),
    );
    const indexOf = (slot: Slot): number | null => {
      const other = others.indexOf(slot);
      return pinned.indexOf(slot) ?? (other === null ? null : pinned.length + other);
    };
    const anchor = around && this.#anchor(around, waiting);
    const anchored = anchor && indexOf(anchor);
    const first = anchored === null ? range.first : Math.max(0, anchored - (around?.before ?? 0));
    const end = first + range.count;
    const slots = [...pinned.slots(first, end), ...others.slots(first - pinned.length, end - pinned.length)];
    const waits = new Set(waiting);
    return {
      first,
      found: slots.flatMap<ListStep["found"][number]>((slot) =>
        "memory" in slot ? slot.memory : this.#records.listedAt(slot.place, query),
      ),
      stored: memory.ids.filter((id, at) => id !== "" && !waits.has(at)),
      total: pinned.length + others.length,
      newest: high,
      searched,
      isDone,
    };
  }

  #anchor({ id, at }: NonNullable<ListRange["around"]>, waiting: readonly number[]): Slot | null {
    if (at !== null && waiting.includes(at)) return { memory: at };
    const place = this.#records.placeOf(id);
    return place === null ? null : { place };
  }
}
