// The stored traces in the order of a column. The first search puts all that match in
// order; its ids are kept for further pages.
import { modeNames, modeTraits } from "../contract/modes.js";
import { compareKeys, outcomeNames, type SortColumn, type SortKey, type TraceOrder } from "../contract/trace-order.js";
import type { Database } from "./store-file.js";

const cases = (column: string, texts: readonly (readonly [name: string, text: string])[]): string =>
  `case ${column} ${texts.map(([name, text]) => `when '${name}' then '${text}'`).join(" ")} else ${column} end`;

/** As the window's list shows it. */
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
  seq: "cast(substr(name,17) as integer)",
  time: "started",
  method: "method",
  path: "target",
  mode: modeText,
  status: statusText,
  size: "sent",
  took: "coalesce(took,9e999)",
};

/** Where a trace belongs among others that are in order; of equal ones the newest is first. */
export function placeIn(
  database: Database,
  ids: ArrayLike<number>,
  id: number,
  { column, isDescending }: TraceOrder,
): number {
  const key = database.prepare(`select ${keys[column]} as key from trace where id=?`);
  const keyOf = (one: number): SortKey => key.get(one)?.key ?? 0;
  const own = keyOf(id);
  let [low, high] = [0, ids.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = ids[middle] ?? 0;
    const order = compareKeys(own, keyOf(other)) * (isDescending ? -1 : 1);
    if (order < 0 || (order === 0 && id > other)) high = middle;
    else low = middle + 1;
  }
  return low;
}

let tables = 0;
/** In one step. */
const rowsRead = 5000;

/** What matches, part by part into a table of SQLite's memory; its order is that of the table's key. */
export class OrderedIds {
  count = 0;
  /** The ids in the order, after `read`. */
  ids = new Float64Array();
  readonly #database: Database;
  readonly #table = `temp.ordered_${++tables}`;
  readonly #isDescending: boolean;
  readonly #insert: ReturnType<Database["prepare"]>;

  /** `where`: of rows of `trace`. */
  constructor(database: Database, where: string, { column, isDescending }: TraceOrder) {
    this.#database = database;
    this.#isDescending = isDescending;
    database.exec(`create table ${this.#table}(key collate nocase, n integer, primary key(key, n)) without rowid`);
    const n = isDescending ? "id" : "-id"; // equal ones are newest first
    this.#insert = database.prepare(
      `insert into ${this.#table} select ${keys[column]}, ${n} from trace where ${where}`,
    );
  }

  /** `values`: for `where`. */
  add(values: readonly (string | number)[]): void {
    this.count += Number(this.#insert.run(...values).changes);
  }

  /** Yields now and then. */
  *read(): Generator<void> {
    const ids = new Float64Array(this.count);
    const [way, is] = this.#isDescending ? ["desc", "<"] : ["asc", ">"];
    const select = (where: string) => {
      const sql = `select key, n from ${this.#table} ${where} order by key ${way}, n ${way} limit ${rowsRead}`;
      const statement = this.#database.prepare(sql);
      statement.setReturnArrays(true); // an object for each row would take most of the time
      return statement;
    };
    const next = select(`where (key, n) ${is} (?, ?)`);
    let rows: (readonly [key: SortKey, n: number])[] = select("").all();
    for (let at = 0; rows.length > 0; ) {
      for (const [, n] of rows) ids[at++] = Math.abs(n);
      yield;
      const [key, n] = rows.at(-1) ?? [0, 0];
      rows = next.all(key, n);
    }
    this.ids = ids;
  }

  drop(): void {
    this.#database.exec(`drop table if exists ${this.#table}`);
  }
}
