// The stored part of the window's list: how many traces match, and the rows at some of its places. Pinned ones come
// first, then the others, newest first or in the order of a column. What was counted or put in order once is kept while
// new traces come: only those are counted, or find their places.
import type { TraceOrder } from "../contract/trace-order.js";
import type { TraceQuery } from "../formats/query/trace-query.js";
import type { ClearedList, ListRange, ListStep, PendingTrace } from "./store-answers.js";
import { type Database, type TraceBounds, traceBounds } from "./store-file.js";
import { OrderedIds, placeIn } from "./store-order.js";
import { type Bounds, everything, type StoreSearch } from "./store-search.js";
import type { StoredRecords } from "./stored-records.js";

/** So many traces that match lie at the places from `from` to `to`. */
interface Part {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

interface Known {
  readonly changes: string;
  readonly low: number;
  high: number;
  pinned: readonly number[];
  /** Pinned ones and those that were deleted for now, newest first; of many deleted ones none. */
  apart: readonly number[];
  /** Those that were counted, newest first and without a gap; of a list in order none. */
  parts: Part[];
  /** Of a list in order. */
  ids: Float64Array;
}

/** The step that tells how far it is; null: one has told that just now. */
type Progress = (searched: number) => ListStep | null;

/** Nothing is in order yet. */
const counted = (step: ListStep | null, total: number): ListStep | null => step && { ...step, found: [], total };

/** So many lists are remembered. */
const maxKnown = 3;
/** Parts that are smaller together become one. */
const partTraces = 2000;
/** A list that is counted or put in order tells this often how far it is, ms. */
const progressMs = 60;
/** So many deleted ones are known by their places. */
const maxHidden = 10_000;
/** More new ones than these are put in order with all others. */
const maxInserted = 200;
/** Findings come after their traces are stored: what asks for them is counted again each time. */
const asksFindings = (query: TraceQuery): boolean =>
  /"key":"finding"|"value":"(error|warning)"/.test(JSON.stringify(query));
/** Of one state of the file: SQLite counts all rows at once where it need not look at them. */
const wholeFile = `select (select count(*) from trace) count, (select min(id) from trace where not pinned) low,
  (select max(id) from trace) high`;
const hiddenPlaces = `select id from trace where name in (select trace from mark where deleted is not null)
  order by id desc limit ${maxHidden + 1}`;

type Places = Pick<Part, "from" | "to">;
const within = (ids: readonly number[], { from, to }: Places): readonly number[] =>
  ids.filter((id) => id >= from && id <= to);

/** All that are stored there match, and their places have no gaps. */
const isWhole = (part: Part, apart: readonly number[]): boolean =>
  part.count === part.to - part.from + 1 - within(apart, part).length;

/** At most `most` places of such a part, after its first `skip` ones; null: it is none. */
function idsOfWhole(part: Part, apart: readonly number[], skip: number, most: number): number[] | null {
  if (!isWhole(part, apart)) return null;
  const others = [...within(apart, part)];
  let id = part.to - skip;
  while ((others[0] ?? 0) >= id) {
    others.shift();
    id--;
  }
  const ids: number[] = [];
  for (; ids.length < most && id >= part.from; id--)
    if (others[0] === id) others.shift();
    else ids.push(id);
  return ids;
}

export class StoreList {
  readonly #database: Database;
  readonly #search: StoreSearch;
  readonly #records: StoredRecords;
  readonly #known = new Map<string, Known>();

  constructor(database: Database, search: StoreSearch, records: StoredRecords) {
    this.#database = database;
    this.#search = search;
    this.#records = records;
  }

  /** Null: a step with nothing to tell. */
  *list(query: TraceQuery, range: ListRange): Generator<ListStep | null> {
    const bounds: TraceBounds = this.#database.prepare(traceBounds).get();
    const [low, high] = [bounds.low ?? 1, bounds.high ?? 0];
    const isStored = ({ id }: PendingTrace): boolean => (this.#records.placeOf(id) ?? high + 1) <= high;
    const stored = range.pending.findIndex(isStored);
    const waiting = stored < 0 ? range.pending.length : stored;
    const [running, ended] = [range.running.filter((trace) => !isStored(trace)), range.running.filter(isStored)];
    const before = [...running, ...range.pending.slice(0, waiting)].filter(({ isShown }) => isShown);
    const known = this.#knownOf(query, range, low);
    const stepOf = (searched: number, isDone: boolean): ListStep => ({
      ...this.#rowsOf(query, range, known, before),
      ...{ waiting, ended: ended.map(({ id }) => id), newest: high, searched, isDone },
    });
    let toldAt = Number.NEGATIVE_INFINITY;
    const progress: Progress = (searched) => {
      if (performance.now() - toldAt < progressMs) return null;
      const step = stepOf(searched, false);
      toldAt = performance.now();
      return step;
    };
    if (known.high < high) {
      const { pinned: _, ...bounded } = { ...everything, cleared: range.cleared };
      known.pinned = this.#idsOf(query, { ...bounded, before: high + 1, pinned: true }, range.order);
      known.apart = this.#apart();
      const rest = { ...bounded, before: high + 1, pinned: false };
      if (range.order !== null) yield* this.#putInOrder(query, rest, range.order, known, progress);
      else yield* this.#count(query, rest, known, progress);
      known.high = high;
    }
    yield stepOf(1, true);
  }

  #knownOf(query: TraceQuery, { order, cleared }: ListRange, low: number): Known {
    const key = JSON.stringify([query, order, cleared]);
    const changes = this.#search.changes();
    const before = this.#known.get(key);
    this.#known.delete(key);
    const isValid = before?.changes === changes && !asksFindings(query) && (order === null || before.low === low);
    const fresh = { changes, low, high: low - 1, pinned: [], apart: [], parts: [], ids: new Float64Array() };
    const known = before && isValid ? this.#since(query, { ...before, low, parts: [...before.parts] }, cleared) : fresh;
    this.#known.set(key, known);
    for (const oldest of [...this.#known.keys()].slice(0, -maxKnown)) this.#known.delete(oldest);
    return known;
  }

  /** Without what was evicted. */
  #since(query: TraceQuery, known: Known, cleared: ClearedList | null): Known {
    const { low, parts } = known;
    if (parts.every(({ from }) => from >= low)) return known;
    known.parts = parts.filter(({ from }) => from >= low);
    const cut = parts.find(({ from, to }) => from < low && to >= low);
    if (cut === undefined) return known;
    const { search, count } = this.#search.within(query, { ...everything, cleared, pinned: false });
    this.#search.begin(search, { from: low, to: cut.to });
    known.parts.push({ from: low, to: cut.to, count: count(low, cut.to) });
    return known;
  }

  /** A call that was left has counted some: they are not counted again. */
  *#count(query: TraceQuery, range: Bounds, known: Known, progress: Progress): Generator<ListStep | null> {
    const [low, high] = [known.low, (range.before ?? 0) - 1];
    const whole = known.parts.length > 0 || query.length > 0 || range.cleared ? null : this.#whole(known.apart, high);
    if (whole) {
      known.parts = [whole];
      return;
    }
    const newer: Part[] = [];
    for (const part of this.#counted(query, { ...range, after: known.parts[0]?.to ?? high })) {
      newer.push(part);
      yield null;
    }
    const [last, next] = [newer.at(-1), known.parts[0]];
    if (last && next && last.to - next.from < partTraces) {
      newer.pop();
      known.parts[0] = { from: next.from, to: last.to, count: last.count + next.count };
    }
    known.parts.unshift(...newer);
    for (const part of this.#counted(query, { ...range, before: known.parts.at(-1)?.from ?? high + 1 })) {
      known.parts.push(part);
      yield progress((high - part.from + 1) / (high - low + 1));
    }
  }

  /** Null: there are gaps among them, or many were deleted for now. */
  #whole(apart: readonly number[], high: number): Part | null {
    const whole: { count: number; low: number | null; high: number | null } = this.#database.prepare(wholeFile).get();
    const { low } = whole;
    if (low === null || whole.high !== high) return null;
    const part = { from: low, to: high, count: high - low + 1 - within(apart, { from: low, to: high }).length };
    const areAllKnown = apart.length > 0 || !this.#search.hasDeleted();
    return areAllKnown && whole.count - apart.filter((id) => id < low).length === high - low + 1 ? part : null;
  }

  #apart(): number[] {
    const pinned: { id: number }[] = this.#database.prepare("select id from trace where pinned").all();
    const hidden: { id: number }[] = this.#search.hasDeleted() ? this.#database.prepare(hiddenPlaces).all() : [];
    if (hidden.length > maxHidden) return [];
    return [...new Set([...pinned, ...hidden].map(({ id }) => id))].sort((a, b) => b - a);
  }

  *#counted(query: TraceQuery, range: Bounds): Generator<Part> {
    const { parts, search, count } = this.#search.within(query, range);
    const all = parts(() => true);
    for (let next = all.next(); !next.done; ) {
      const { from, to } = next.value;
      this.#search.begin(search, { from, to });
      const part = { from, to, count: count(from, to) };
      next = all.next(); // before others have their turn: it takes the time for that of the part
      yield part;
    }
  }

  #idsOf(query: TraceQuery, range: Bounds, order: TraceOrder | null): number[] {
    const { parts, search, where, values } = this.#search.within(query, range);
    const ids = this.#database.prepare(`select id from trace where ${where} order by id desc`);
    const all: number[] = [];
    for (const { from, to } of parts(() => true)) {
      this.#search.begin(search, { from, to });
      const rows: { id: number }[] = ids.all(from, to, ...values);
      all.push(...rows.map(({ id }) => id));
    }
    if (order === null) return all;
    return all.reduce<number[]>(
      (sorted, id) => sorted.toSpliced(placeIn(this.#database, sorted, id, order), 0, id),
      [],
    );
  }

  *#putInOrder(
    query: TraceQuery,
    range: Bounds,
    order: TraceOrder,
    known: Known,
    progress: Progress,
  ): Generator<ListStep | null> {
    const added = known.high < known.low ? null : this.#idsOf(query, { ...range, after: known.high }, null);
    if (added !== null && added.length <= maxInserted) {
      for (const id of added.reverse()) {
        const at = placeIn(this.#database, known.ids, id, order);
        const ids = new Float64Array(known.ids.length + 1);
        ids.set(known.ids.subarray(0, at));
        ids[at] = id;
        ids.set(known.ids.subarray(at), at + 1);
        known.ids = ids;
      }
      return;
    }
    const { where, values, parts, search } = this.#search.within(query, range);
    const ordered = new OrderedIds(this.#database, where, order);
    try {
      for (const { from, to, searched } of parts(() => true)) {
        this.#search.begin(search, { from, to });
        ordered.add([from, to, ...values]);
        yield counted(progress(searched), ordered.count);
      }
      for (const _ of ordered.read()) yield counted(progress(1), ordered.count);
      known.ids = ordered.ids;
    } finally {
      ordered.drop();
    }
  }

  /** `before`: those in memory that come before stored ones. */
  #rowsOf(query: TraceQuery, range: ListRange, known: Known, before: readonly PendingTrace[]) {
    const head = range.unstored.pinned + before.filter(({ pinned }) => pinned).length;
    const tail = range.unstored.others + before.filter(({ pinned }) => !pinned).length;
    const pins = known.pinned.length;
    const total =
      pins + (range.order === null ? known.parts.reduce((sum, { count }) => sum + count, 0) : known.ids.length);
    const placeOf = (rank: number): number => head + rank + (rank < pins ? 0 : tail);
    const anchored = range.around && this.#rankOf(query, range, known, range.around.id);
    const first = anchored === null ? range.first : Math.max(0, placeOf(anchored) - (range.around?.before ?? 0));
    const end = first + range.count;
    const [from, to] = [Math.max(0, first - head - tail), Math.min(total, end - head)];
    const ids = this.#idsAt(query, range, known, from, to);
    const found = ids.flatMap((id, index) => {
      const place = placeOf(from + index);
      if (place < first || place >= end) return [];
      return this.#records.foundAt(id, query).map((one) => ({ ...one, rank: from + index }));
    });
    return { first, found, total, pinned: pins };
  }

  #idsAt(query: TraceQuery, { order, cleared }: ListRange, known: Known, from: number, to: number): number[] {
    const pins = known.pinned.length;
    const ids = known.pinned.slice(from, to);
    let [skip, left] = [Math.max(0, from - pins), to - Math.max(from, pins)];
    if (order !== null) return [...ids, ...known.ids.subarray(skip, skip + Math.max(0, left))];
    const { search, where, values } = this.#search.within(query, { ...everything, cleared, pinned: false });
    const page = this.#database.prepare(`select id from trace where ${where} order by id desc limit ? offset ?`);
    for (const part of known.parts) {
      if (left <= 0) break;
      if (skip >= part.count) {
        skip -= part.count;
        continue;
      }
      const all = idsOfWhole(part, known.apart, skip, left);
      if (all !== null) {
        ids.push(...all);
        [skip, left] = [0, left - all.length];
        continue;
      }
      this.#search.begin(search, part);
      const rows: { id: number }[] = page.all(part.from, part.to, ...values, Math.min(left, part.count - skip), skip);
      ids.push(...rows.map(({ id }) => id));
      [skip, left] = [0, left - rows.length];
    }
    return ids;
  }

  /** Null: it is not among them. */
  #rankOf(query: TraceQuery, { order, cleared }: ListRange, known: Known, id: string): number | null {
    const place = this.#records.placeOf(id);
    if (place === null) return null;
    const pins = known.pinned.length;
    const pinned = known.pinned.indexOf(place);
    if (pinned >= 0) return pinned;
    if (order !== null) {
      const at = known.ids.indexOf(place);
      return at < 0 ? null : pins + at;
    }
    let rank = pins;
    for (const { from, to, count } of known.parts) {
      if (place > to) return rank;
      if (place < from) rank += count;
      else if (isWhole({ from, to, count }, known.apart))
        return rank + to - place - within(known.apart, { from: place + 1, to }).length;
      else {
        const { search, count: counted } = this.#search.within(query, { ...everything, cleared, pinned: false });
        this.#search.begin(search, { from: place + 1, to });
        return rank + (place === to ? 0 : counted(place + 1, to));
      }
    }
    return null;
  }
}
