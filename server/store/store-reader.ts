// Reads the stored traces of one workspace. Any process may, while others write.
import type { StoredFigures } from "../contract/figures-contract.js";
import type { TraceRow } from "../contract/trace.js";
import type { TraceQuery } from "../formats/query/trace-query.js";
import { decodeStored, type StoredTrace } from "../trace/codec/decode-trace.js";
import { DamagedRecord } from "../trace/codec/record.js";
import type { TraceRecord } from "../trace/trace-record.js";
import { applicationMark } from "./search-text.js";
import type { ListRange, ListStep, StoreFacts } from "./store-answers.js";
import { type Database, isDamage, openForReading, sqliteCode } from "./store-file.js";
import { StoreList } from "./store-list.js";
import { type Found, StoreSearch } from "./store-search.js";
import { storedFigures } from "./stored-figures.js";
import { StoredRecords } from "./stored-records.js";
import { waitingRows } from "./trace-rows.js";
import { readVersion } from "./version-writer.js";

const prepareAll = (database: Database) => ({
  facts: database.prepare(
    "select (select count(*) from trace) traces, (select started from trace order by id limit 1) oldestAt",
  ),
  hidden: database.prepare(
    "select count(*) traces from mark where deleted is not null and trace in (select name from trace)",
  ),
  scripts: database.prepare(
    `select distinct script from trace where kind = 'script' and script not like '${applicationMark}%'`,
  ),
  waiting: database.prepare("select 1 from waiting limit 1"),
  unpurged: database.prepare(
    "select 1 from about where name='purging' union all select 1 from mark where deleted is not null limit 1",
  ),
});

export class StoreReader {
  readonly #path: string;
  readonly #database: Database;
  readonly #statements: ReturnType<typeof prepareAll>;
  readonly #records: StoredRecords;
  readonly #search: StoreSearch;
  readonly #list: StoreList;

  /** @throws NewerSchemaError, or SQLite's error */
  constructor(path: string) {
    this.#path = path;
    this.#database = openForReading(path);
    this.#statements = prepareAll(this.#database);
    this.#records = new StoredRecords(this.#database);
    this.#search = new StoreSearch(this.#database, this.#records);
    this.#list = new StoreList(this.#database, this.#search, this.#records);
  }

  find(query: TraceQuery, limit: number): Found {
    this.catchUp();
    return this.#search.find(query, limit);
  }

  /** A list of stored traces and of those in memory, step by step; null: a step with nothing to tell. */
  *list(query: TraceQuery, range: ListRange): Generator<ListStep | null> {
    this.catchUp();
    yield* this.#list.list(query, range);
  }

  /** The ids of all that match and are not pinned, part by part. */
  *names(query: TraceQuery): Generator<readonly string[]> {
    this.catchUp();
    yield* this.#search.names(query);
  }

  /** Some traces are hidden, and can be shown again or overwritten. */
  hasDeleted(): boolean {
    return this.#search.hasDeleted();
  }

  /** Bytes of deleted traces may be in the file, or of a deletion that was not finished. */
  hasUnpurged(): boolean {
    return this.#statements.unpurged.get() !== undefined;
  }

  /** The paths of all scripts that ran. */
  scripts(): string[] {
    this.catchUp();
    const rows: { script: string }[] = this.#statements.scripts.all();
    return rows.map(({ script }) => script);
  }

  /** Traces were left out of what was answered: they are damaged. */
  get hasDamage(): boolean {
    return this.#records.hasDamage;
  }

  /** Null: there is no such trace, or it was deleted or evicted. @throws DamagedRecord */
  get(id: string): TraceRecord | null {
    const stored = this.#records.marksOf(id)?.isDeleted ? null : this.stored(id);
    return stored && decodeStored(stored);
  }

  /** The same; null, too, if it is damaged: see `hasDamage`. */
  getSound(id: string): TraceRecord | null {
    try {
      return this.get(id);
    } catch (error) {
      if (!(error instanceof DamagedRecord)) throw error;
      this.#records.hasDamage = true;
      return null;
    }
  }

  /** Whether there is a trace of this name, also one that cannot be read. */
  has(id: string): boolean {
    if (this.#records.placeOf(id) === null) this.catchUp();
    return this.#records.placeOf(id) !== null;
  }

  /** The list's rows of the traces at these places, without those that were evicted. */
  rowsAt(places: readonly number[]): TraceRow[] {
    return places.flatMap((place) => this.#records.foundAt(place, []).map(({ row }) => row));
  }

  /**
   * The bytes of a trace, also of a deleted one; null: there is no such trace, or it was evicted. @throws DamagedRecord
   */
  stored(id: string): StoredTrace | null {
    const stored = this.#records.named(id);
    if (stored !== null || !this.#waits) return stored;
    this.catchUp();
    return this.#records.named(id);
  }

  /** A script as it ran; null: it is not kept. */
  version(hash: string): Uint8Array | null {
    return readVersion(this.#database, hash);
  }

  /** `file`: in the folder; null: of all. Yields now and then; the figures come last. */
  *figures({
    file,
    from,
  }: {
    readonly file: string | null;
    readonly from: number | null;
  }): Generator<undefined, StoredFigures> {
    this.catchUp();
    const script = file === null ? null : `${this.#records.root() ?? ""}/${file}`;
    return yield* storedFigures(this.#database, { script, from, hasDeleted: this.hasDeleted() });
  }

  facts(): StoreFacts {
    this.catchUp();
    const { facts, hidden } = this.#statements;
    const { traces, oldestAt }: StoreFacts = facts.get();
    return { traces: traces - hidden.get().traces, oldestAt };
  }

  /** Drops the bytes that are at hand: they may be overwritten in the file. */
  dropBytes(): void {
    this.#records.dropBytes();
  }

  close(): void {
    this.#database.close();
  }

  /** Under load traces are stored without rows. Those are made now, if this process may write. */
  catchUp(): void {
    for (const _ of this.catchingUp());
  }

  /** Makes the rows in short steps. */
  *catchingUp(): Generator<undefined> {
    if (!this.#waits) return;
    try {
      if (yield* waitingRows(this.#path)) this.#records.hasDamage = true;
    } catch (error) {
      if (sqliteCode(error) === null || isDamage(error)) throw error;
    }
  }

  get #waits(): boolean {
    return this.#statements.waiting.get() !== undefined;
  }
}
