// The orders of the list's stored traces. In that of a column the first search puts all that match in order; their
// places are kept for further pages.
import { countBefore } from "../contract/count-before.js";
import { modeNames, modeTraits } from "../contract/modes.js";
import {
  compareKeys,
  newestFirst,
  outcomeNames,
  type SortColumn,
  type SortKey,
  type TraceOrder,
} from "../contract/trace-order.js";
import type { Database } from "./store-file.js";
import { numberColumn, type StoreNumbers } from "./store-numbers.js";

const cases = (column: string, texts: readonly (readonly [name: string, text: string])[]): string =>
  `case ${column} ${texts.map(([name, text]) => `when '${name}' then '${text}'`).join(" ")} else ${column} end`;

/** The text that the window's list shows for a mode. */
const modeText = `case when kind='static' then 'file' when mode is null then '–' else ${cases(
  "mode",
  modeNames.map((name) => [name, modeTraits[name].label]),
)} end`;
const statusText = `case when status is not null then status when outcome='ok' then -1 else ${cases(
  "outcome",
  Object.entries(outcomeNames),
)} end`;

/** Never null. */
const keys: Readonly<Record<SortColumn, string>> = {
  seq: numberColumn,
  time: "started",
  method: "method",
  path: "target",
  mode: modeText,
  status: statusText,
  size: "sent",
  took: "coalesce(took,9e999)",
};

/** An order of a list; null: that of numbers, the newest first. Of equal ones the newest is first. */
export class ListOrder {
  /** The numbers alone decide. */
  readonly isOfNumbers: boolean;
  readonly #numbers: StoreNumbers;
  readonly #key: ReturnType<Database["prepare"]>;
  readonly #way: number;

  constructor(database: Database, numbers: StoreNumbers, order: TraceOrder | null) {
    const { column, isDescending } = order ?? newestFirst;
    this.isOfNumbers = column === "seq";
    this.#numbers = numbers;
    this.#key = database.prepare(`select ${keys[column]} as key from trace where id=?`);
    this.#way = isDescending ? -1 : 1;
  }

  /** Less than 0: the trace at the first place comes first. */
  readonly compare = (one: number, other: number): number =>
    this.isOfNumbers
      ? this.#way * (this.#numbers.of(one) - this.#numbers.of(other))
      : this.#compared(this.#keyOf(one), this.#numbers.of(one), other);

  /** Places in the order of numbers, the newest first, in this one. */
  ofNewest(places: readonly number[]): readonly number[] {
    return this.#way < 0 ? places : places.toReversed();
  }

  /** How many of those in order come before a trace that is not among them. */
  rankOf(places: readonly number[], key: SortKey, number: number): number {
    return countBefore(places, (place) => this.#compared(key, number, place) > 0);
  }

  #compared(key: SortKey, number: number, other: number): number {
    const otherNumber = this.#numbers.of(other);
    const otherKey = this.isOfNumbers ? otherNumber : this.#keyOf(other);
    return this.#way * compareKeys(key, otherKey) || otherNumber - number;
  }

  #keyOf(place: number): SortKey {
    return this.#key.get(place)?.key ?? 0;
  }
}

let tables = 0;
/** In one step. */
const rowsRead = 5000;

/** What matches, part by part into a table of SQLite's memory; its order is that of the table's key. */
export class OrderedPlaces {
  count = 0;
  readonly #database: Database;
  readonly #table = `temp.ordered_${++tables}`;
  readonly #isDescending: boolean;
  readonly #insert: ReturnType<Database["prepare"]>;

  /** `where`: of rows of `trace`. */
  constructor(database: Database, where: string, { column, isDescending }: TraceOrder) {
    this.#database = database;
    this.#isDescending = isDescending;
    database.exec(
      `create table ${this.#table}(key collate nocase, n integer, id integer, primary key(key, n, id)) without rowid`,
    );
    const n = isDescending ? numberColumn : `-${numberColumn}`; // equal ones are newest first
    this.#insert = database.prepare(
      `insert into ${this.#table} select ${keys[column]}, ${n}, id from trace where ${where}`,
    );
  }

  /** `values`: for `where`. */
  add(values: readonly (string | number)[]): void {
    this.count += Number(this.#insert.run(...values).changes);
  }

  /** Yields now and then; the places in the order come last. */
  *read(): Generator<void, number[]> {
    const [way, is] = this.#isDescending ? ["desc", "<"] : ["asc", ">"];
    const select = (where: string) => {
      const columns = ["key", "n", "id"].map((name) => `${name} ${way}`).join();
      const sql = `select key, n, id from ${this.#table} ${where} order by ${columns} limit ${rowsRead}`;
      const statement = this.#database.prepare(sql);
      statement.setReturnArrays(true); // an object for each row would take most of the time
      return statement;
    };
    const next = select(`where (key, n, id) ${is} (?, ?, ?)`);
    const places: number[] = [];
    for (let rows: (readonly [key: SortKey, n: number, id: number])[] = select("").all(); rows.length > 0; ) {
      for (const [, , id] of rows) places.push(id);
      yield;
      rows = next.all(...(rows.at(-1) ?? []));
    }
    return places;
  }

  drop(): void {
    this.#database.exec(`drop table if exists ${this.#table}`);
  }
}
