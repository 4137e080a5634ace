// The stored traces in the order of a column. The first search puts all that match in order; its ids are kept for further pages.
import { modeNames, modeTraits } from "../../contract/modes.js";
import { outcomeNames, type SortColumn, type TraceOrder } from "../../contract/trace-order.js";
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

let tables = 0;

/** What matches, part by part into a table of SQLite's memory; its order is that of the table's key. */
export class OrderedIds {
  count = 0;
  /** The ids in the order, after `read`. */
  ids = new Float64Array();
  readonly #database: Database;
  readonly #table = `temp.ordered_${++tables}`;
  readonly #order: string;
  readonly #insert: ReturnType<Database["prepare"]>;

  /** `where`: of rows of `trace`. */
  constructor(database: Database, where: string, { column, isDescending }: TraceOrder) {
    this.#database = database;
    this.#order = `key ${isDescending ? "desc" : "asc"}, newest`;
    database.exec(
      `create table ${this.#table}(key collate nocase, newest integer, primary key(${this.#order})) without rowid`,
    );
    this.#insert = database.prepare(`insert into ${this.#table} select ${keys[column]}, -id from trace where ${where}`);
  }

  /** `values`: for `where`. */
  add(values: readonly (string | number)[]): void {
    this.count += Number(this.#insert.run(...values).changes);
  }

  /** Yields now and then. */
  *read(): Generator<void> {
    const ids = new Float64Array(this.count);
    let at = 0;
    const rows = this.#database.prepare(`select newest from ${this.#table} order by ${this.#order}`);
    for (const { newest } of rows.iterate()) {
      ids[at++] = -Number(newest);
      if (at % 5000 === 0) yield;
    }
    this.ids = ids;
  }

  drop(): void {
    this.#database.exec(`drop table if exists ${this.#table}`);
  }
}
