// The stores of all workspaces of this user: those of folders that are gone leave after a while, and together they keep
// to a budget. Damaged stores that were set aside leave first, then the oldest traces, whichever folder they belong to.
import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { Eviction } from "./eviction.js";
import { inTransaction, isDamage, NewerSchemaError, openForReading, openForWriting, sqliteCode } from "./store-file.js";
import { storedBytes } from "./store-path.js";
import { TraceRows } from "./trace-rows.js";

export interface AllStoresBudget {
  readonly maxBytes: number;
  /** How long the store of a folder that is gone stays after it was written last, and a damaged one is kept. */
  readonly maxGoneMs: number;
}

interface OneFile {
  readonly path: string;
  readonly bytes: number;
}
interface OneStore extends OneFile {
  readonly writtenAt: number;
}
interface DamagedFile extends OneFile {
  readonly setAsideAt: number;
}

/** Evicted at once from one file. */
const stepBytes = 16 << 20;

/** `path`: of one of them. @throws the system's error */
export function tidyAllStores(path: string, { maxBytes, maxGoneMs }: AllStoresBudget): void {
  const folder = dirname(path);
  let stores = storesIn(folder);
  for (const store of stores)
    if (Date.now() - store.writtenAt > maxGoneMs && isFolderGone(store.path)) remove(store.path);
  stores = storesIn(folder);
  const damaged = damagedIn(folder);
  let over = [...stores, ...damaged].reduce((sum, { bytes }) => sum + bytes, 0) - maxBytes;
  for (const { path: file, bytes, setAsideAt } of damaged) {
    if (over <= 0 && Date.now() - setAsideAt <= maxGoneMs) break; // so are all after it
    rmSync(file, { force: true });
    over -= bytes;
  }
  while (over > 0) {
    const oldest = stores.map((store) => ({ store, ended: oldestIn(store.path) }));
    const next = oldest.filter(({ ended }) => ended !== null).sort((a, b) => (a.ended ?? 0) - (b.ended ?? 0))[0];
    if (!next) return; // what is left is pinned, or not ours to change
    const freed = evictFrom(next.store.path, Math.min(over, stepBytes));
    if (freed <= 0) stores = stores.filter((store) => store !== next.store);
    over -= freed;
  }
}

const storesIn = (folder: string): OneStore[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".db"))
    .flatMap((name): OneStore[] => {
      const path = join(folder, name);
      const file = statSync(path, { throwIfNoEntry: false });
      if (!file) return []; // another process removed it
      const log = statSync(`${path}-wal`, { throwIfNoEntry: false });
      const logSize = log?.size ?? 0; // an empty one is as old as the last look at the file
      return [
        {
          path,
          bytes: storedBytes(path) ?? 0,
          writtenAt: logSize > 0 ? Math.max(file.mtimeMs, log?.mtimeMs ?? 0) : file.mtimeMs,
        },
      ];
    });

/** What `setAside` made, oldest first. */
const damagedIn = (folder: string): DamagedFile[] =>
  readdirSync(folder)
    .flatMap((name): DamagedFile[] => {
      const [, time] = /\.db\.damaged-(\d+)/.exec(name) ?? [];
      const path = join(folder, name);
      const file = time === undefined ? undefined : statSync(path, { throwIfNoEntry: false });
      return file ? [{ path, bytes: file.size, setAsideAt: Number(time) }] : [];
    })
    .toSorted((a, b) => a.setAsideAt - b.setAsideAt);

/** Null if the store cannot be read: then it is left alone. */
function read<T>(path: string, sql: string): T | null {
  try {
    const database = openForReading(path);
    try {
      return database.prepare(sql).get() ?? null;
    } finally {
      database.close();
    }
  } catch (error) {
    return nullIfOfTheFile(error);
  }
}

function nullIfOfTheFile(error: unknown): null {
  if (error instanceof NewerSchemaError || isDamage(error) || sqliteCode(error) !== null) return null;
  throw error;
}

function isFolderGone(path: string): boolean {
  const root = read<{ value: string }>(path, "select value from about where name='root'");
  return root !== null && !existsSync(root.value);
}

const oldestIn = (path: string): number | null =>
  read<{ ended: number }>(path, "select ended from segment order by id limit 1")?.ended ?? null;

/** With all files that belong to it: settings, searches, runs, numbers, those that were set aside. */
function remove(path: string): void {
  const folder = dirname(path);
  const store = basename(path, ".db");
  for (const name of readdirSync(folder))
    if (name.startsWith(`${store}.`)) rmSync(join(folder, name), { force: true, recursive: true });
}

/** Returns by how much the file shrank, bytes. */
function evictFrom(path: string, bytes: number): number {
  try {
    const database = openForWriting(path);
    try {
      const before = statSync(path).size;
      const eviction = new Eviction(database, new TraceRows(database), { maxBytes: 0, maxAgeMs: Number.MAX_VALUE });
      inTransaction(database, () => eviction.evict(bytes, bytes));
      database.exec("pragma incremental_vacuum; pragma wal_checkpoint(truncate)");
      return before - statSync(path).size;
    } finally {
      database.close();
    }
  } catch (error) {
    return nullIfOfTheFile(error) ?? 0;
  }
}
