// Gives rows of a table new pages. SQLite overwrites pages that become free (`secure_delete`), and with them the
// copies of rows that it once moved elsewhere.
import type { Database } from "./store-file.js";

/** Between `take` and `putBack` the transaction stays open. */
export class RowMover {
  readonly #copy;
  readonly #drop;
  readonly #insert;
  readonly #empty;

  constructor(database: Database, table: string, key: string) {
    database.exec(`create temp table if not exists moving_${table} as select * from ${table} limit 0`);
    this.#copy = database.prepare(`insert into moving_${table} select * from ${table} where ${key} between ? and ?`);
    this.#drop = database.prepare(`delete from ${table} where ${key} between ? and ?`);
    this.#insert = database.prepare(`insert into ${table} select * from moving_${table}`);
    this.#empty = database.prepare(`delete from moving_${table}`);
  }

  /** Their pages are overwritten. */
  take(low: number | string, high: number | string): void {
    this.#copy.run(low, high);
    this.#drop.run(low, high);
  }

  putBack(): void {
    this.#insert.run();
    this.#empty.run();
  }

  renew(low: number | string, high: number | string): void {
    this.take(low, high);
    this.putBack();
  }
}
