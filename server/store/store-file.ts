// The file with the stored traces of one workspace: where it lies, its tables, and what is done when it cannot be used.
import { chmodSync, closeSync, existsSync, lstatSync, mkdirSync, openSync, renameSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";

export type Database = InstanceType<typeof DatabaseSync>;

/**
 * The tables. `trace` has what is searched and listed, in narrow rows that a search reads from end
 * to end; no bytes of bodies. `segment` has the records of a batch as they came; `ended` is when it was made. `lines`
 * has headers and variables that many requests have in common. `kept` has the records of pinned traces whose segment
 * was evicted. `waiting` names the segments whose traces have no rows yet. `mark` has what the user wrote to traces, by
 * their ids: also to one that is not in the file yet. Its `tags` are lines, with a line feed before the first and
 * behind each; `deleted` is a time. `version` has scripts as they ran; a trace has the beginning of the hash. `grams`
 * has what `BodyGrams` makes of a segment. A segment without it is read by every search; so is one whose bytes were
 * overwritten.
 */
const tables = `
  create table segment(id integer primary key autoincrement, first int not null, last int not null, ended real not null, data blob not null);
  create table lines(id integer primary key, hash blob not null unique, text text not null);
  create table trace(id integer primary key autoincrement, name text not null unique, started real not null, took real, status int,
    outcome text not null, mode text, method text not null, target text not null, script text, received int not null, sent int not null,
    common int, own text, err text, findings text, pinned int not null default 0,
    seg int, at int not null, length int not null, context int not null, sender text, kind text, parent text, version int);
  create index pinned on trace(id) where pinned;
  create table kept(id integer primary key, data blob not null, context int not null);
  create table about(name text primary key, value text not null) without rowid;
  create table waiting(segment integer primary key, traces int not null);
  create table mark(trace text primary key, title text, note text, tags text, deleted real) without rowid;
  create index deleted on mark(deleted) where deleted is not null;
  create table version(id integer primary key, hash blob not null unique, key int not null, ran real not null, bytes blob not null);
  create table grams(segment integer primary key, bits blob not null);
  create trigger dropped after delete on segment begin delete from grams where segment=old.id; end;
  create trigger overwritten after update of data on segment begin delete from grams where segment=old.id; end;`;
/** Another number with every change of this text, and of the records in the tables. */
export const schemaVersion = 9;

/**
 * The places of the oldest and the newest trace; null: none is stored. Asked for in one
 * `select`, SQLite would read a whole index.
 */
export const traceBounds = "select (select min(id) from trace) low, (select max(id) from trace) high";
/** What the pages of the file hold, without those that hold nothing. */
export const usedBytes = `select (page_count-freelist_count)*page_size as bytes
  from pragma_page_count, pragma_freelist_count, pragma_page_size`;
export interface TraceBounds {
  readonly low: number | null;
  readonly high: number | null;
}

export class NewerSchemaError extends Error {}
/** The tables are not those of this version. */
class SchemaDamage extends Error {}
export class EarlierSchemaError extends SchemaDamage {}
/** In the file's place is a folder, a pipe, a socket, a device, or a link to one: to open it might wait for ever. */
class NotAFile extends Error {
  /** SQLite's, for a file that it cannot open. */
  readonly errcode = sqliteErrors.cannotOpen;
}

export interface StoreFileOptions {
  readonly root?: string;
  /** How long to wait while others have the file locked, ms. */
  readonly waitMs?: number;
  /** For tests of a full disk. */
  readonly maxPages?: number;
}

/** How long to wait for a file that others have locked, ms: a purge of a large one takes seconds. */
export const lockedMs = 20_000;
/** The pause between two attempts to open it, ms. */
const openAgainMs = 20;

/**
 * Opens the file for writing; makes it, and its folder, if they are missing. Waits while others have it locked.
 * @throws NewerSchemaError, or SQLite's error
 */
export const openForWriting = (path: string, options: StoreFileOptions = {}): Database =>
  whenNotBusy(() => openWriting(path, options), options.waitMs);

/** An empty file gets its tables first. Waits, too. @throws NewerSchemaError, or SQLite's error */
export const openForReading = (path: string): Database => whenNotBusy(() => openReading(path));

/** Two that make a file at the same time lock each other out; then SQLite tells one of them without any wait. */
function whenNotBusy(open: () => Database, waitMs = lockedMs): Database {
  for (const until = performance.now() + waitMs; ; ) {
    try {
      return open();
    } catch (error) {
      if (sqliteCode(error) !== sqliteErrors.busy || performance.now() >= until) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, openAgainMs);
    }
  }
}

function openWriting(path: string, { root, maxPages, waitMs = 2000 }: StoreFileOptions): Database {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  checkIsFile(path);
  closeSync(openSync(path, "a", 0o600)); // SQLite would take 0644; the files beside it get the mode of this one
  if (process.platform !== "win32" && !lstatSync(path).isSymbolicLink()) chmodSync(path, 0o600);
  const database = new DatabaseSync(path);
  try {
    database.exec(`pragma busy_timeout=${waitMs}`);
    const hasTables = checkTables(database); // before anything is written: the file may be another program's
    // Before the journal and the first table: later they are ignored, but wait for whoever writes.
    if (!hasTables) database.exec("pragma page_size=8192; pragma auto_vacuum=incremental");
    database.exec(
      `pragma journal_mode=wal;
       pragma synchronous=normal; pragma cache_size=-16384; pragma wal_autocheckpoint=2000;
       pragma journal_size_limit=33554432; pragma cell_size_check=on; pragma temp_store=memory; pragma secure_delete=fast`,
    );
    if (maxPages !== undefined) database.exec(`pragma max_page_count=${maxPages}`);
    if (!hasTables) makeTables(database);
    // Statistics of a small file would have SQLite read all of a large one for each part of a search.
    database.exec("drop table if exists sqlite_stat1; drop table if exists sqlite_stat4");
    if (root !== undefined && rootOf(database) !== root)
      database.prepare("insert or replace into about values('root', ?)").run(root);
    checkReadable(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function rootOf(database: Database): string | null {
  const row: { value: string } | undefined = database.prepare("select value from about where name='root'").get();
  return row?.value ?? null;
}

/** @throws NotAFile */
function checkIsFile(path: string): void {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats && !stats.isFile()) throw new NotAFile(`${path} is not a regular file`);
}

function openReading(path: string): Database {
  checkIsFile(path);
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    database.exec("pragma busy_timeout=2000; pragma cache_size=-16384; pragma temp_store=memory");
    if (checkTables(database)) {
      checkReadable(database);
      return database;
    }
    openWriting(path, {}).close();
  } catch (error) {
    database.close();
    throw error;
  }
  // A new connection: this one was opened before the tables were made, which also changes the journal mode.
  database.close();
  return openReading(path);
}

function versionOf(database: Database): number {
  const row: { user_version: number } = database.prepare("pragma user_version").get();
  return row.user_version;
}

const schemaOf = (database: Database): string =>
  JSON.stringify(
    database
      .prepare("select type, name, sql from sqlite_schema where substr(name,1,7) <> 'sqlite_' order by name")
      .all(),
  );

let ownSchema: string | null = null;

/** The schema that a new file has. */
function freshSchema(): string {
  if (ownSchema !== null) return ownSchema;
  const database = new DatabaseSync(":memory:");
  database.exec(tables);
  ownSchema = schemaOf(database);
  database.close();
  return ownSchema;
}

/** Whether the file has its tables; false: it is empty. Writes nothing. @throws NewerSchemaError, SchemaDamage */
function checkTables(database: Database): boolean {
  database.exec("begin"); // all of one state: another process may make the tables now
  const version = versionOf(database);
  const schema = schemaOf(database);
  database.exec("commit");
  if (version > schemaVersion) throw new NewerSchemaError();
  if (version === 0 && schema === "[]") return false;
  if (version > 0 && version < schemaVersion && schema.includes('"name":"segment"'))
    throw new EarlierSchemaError("the tables are those of an earlier version");
  if (version !== schemaVersion) throw new SchemaDamage("the tables are those of another program");
  if (schema !== freshSchema()) throw new SchemaDamage("the tables are not those of this version");
  return true;
}

/** Another process may do the same at the same time: it is asked again within the transaction. */
function makeTables(database: Database): void {
  inTransaction(database, () => {
    if (versionOf(database) === 0) database.exec(`${tables} pragma user_version=${schemaVersion};`);
  });
}

/** Reads a little of each table, so that most damage is noticed now. */
function checkReadable(database: Database): void {
  for (const table of ["trace", "segment", "lines", "kept", "version"])
    database.prepare(`select max(id), count(*) from (select id from ${table} order by id desc limit 1000)`).get();
  database.prepare("select * from trace order by id desc limit 10").all();
  for (const table of ["waiting", "mark", "grams", "about"]) database.prepare(`select * from ${table} limit 1`).get();
}

/** Commits when the work returns, rolls back when it throws. */
export function inTransaction<T>(database: Database, work: () => T): T {
  database.exec("begin immediate");
  try {
    const result = work();
    database.exec("commit");
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec("rollback");
    throw error;
  }
}

/** SQLite's error number without its details; null: the error is not one of SQLite. */
export function sqliteCode(error: unknown): number | null {
  if (typeof error !== "object" || error === null) return null;
  if ("errcode" in error && typeof error.errcode === "number") return error.errcode & 255;
  if ("sqliteCode" in error && typeof error.sqliteCode === "number") return error.sqliteCode & 255;
  return null;
}

export const sqliteErrors = {
  busy: 5,
  readOnly: 8,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
} as const;

export function isDamage(error: unknown): boolean {
  const code = sqliteCode(error);
  return error instanceof SchemaDamage || code === sqliteErrors.corrupt || code === sqliteErrors.notADatabase;
}

/** Renames the file and those that belong to it. Returns its new path. */
export function setAside(path: string): string {
  let to = `${path}.damaged-${Date.now()}`;
  while (existsSync(to)) to += "-";
  for (const end of ["", "-wal", "-shm"]) if (existsSync(path + end)) renameSync(path + end, to + end);
  return to;
}
