// Writes what is in the ring into the file, for the store's own thread. One batch is one segment in one transaction.
// The rows of its traces, which take most of the time, are made when there is time: a segment without them loses
// nothing when the process is killed. Any number of processes may write.
import { existsSync, statSync } from "node:fs";
import { errorCode } from "../base/disk.js";
import type { ProblemMessage } from "../contract/problem.js";
import { type AllStoresBudget, tidyAllStores } from "./all-stores.js";
import { type Budget, Eviction } from "./eviction.js";
import { storeMessage } from "./messages.js";
import { type Segment, Segments } from "./segments.js";
import { RingReader, type SharedRing } from "./shared-ring.js";
import {
  type Database,
  EarlierSchemaError,
  isDamage,
  lockedMs,
  NewerSchemaError,
  openForWriting,
  type StoreFileOptions,
  setAside,
  sqliteCode,
  sqliteErrors,
} from "./store-file.js";
import { TraceRows } from "./trace-rows.js";

export interface StoreWriterOptions extends StoreFileOptions, Budget {
  readonly path: string;
  readonly ring: SharedRing;
  /** For the stores of all folders. */
  readonly all: AllStoresBudget;
}

const lookEveryMs = 1000;
/** A wait for the file, from which on it was locked: what did not fit into the ring meanwhile is due to that, ms. */
const lockedAfterMs = 200;

const prepareAll = (database: Database) => ({
  segment: database.prepare("insert into segment(first,last,ended,data) values(?,?,?,?)"),
  wait: database.prepare("insert into waiting(segment,traces) values(?,?)"),
  waiting: database.prepare("select count(*) as count from waiting"),
  last: database.prepare(
    `select max(coalesce((select seq from sqlite_sequence where name='trace'), 0),
       coalesce((select last from segment order by id desc limit 1), 0)) as id`,
  ),
});

/** The open file, and what is done in it. */
interface OpenFile {
  readonly database: Database;
  readonly statements: ReturnType<typeof prepareAll>;
  readonly rows: TraceRows;
  readonly eviction: Eviction;
}

export class StoreWriter {
  readonly #options: StoreWriterOptions;
  readonly #reader: RingReader;
  readonly #tell: (message: ProblemMessage) => void;
  readonly #onOtherFile: () => void;
  readonly #segments = new Segments();
  #file: OpenFile | null = null;
  /** The open file's inode, and when it was looked for: another process may delete it. */
  #inode = 0;
  #lookedAt = 0;
  /** Traces that were not stored since that failed, which was reported; null: the last ones were stored. */
  #lost: number | null = null;
  /** What found the file locked, and since when: it has another try at the next look. */
  #held: { readonly segment: Segment; readonly since: number } | null = null;

  /** Since it was last told what did not fit into the ring. */
  #wasLocked = false;

  /** `onOtherFile`: called when what comes is stored in another file of the same name. */
  constructor(options: StoreWriterOptions, tell: (message: ProblemMessage) => void, onOtherFile = () => {}) {
    this.#options = options;
    this.#onOtherFile = onOtherFile;
    this.#reader = new RingReader(options.ring);
    this.#tell = tell;
  }

  /** False: nothing can be stored; the reason was reported. A file that is locked is opened with the next batch. */
  open(): boolean {
    try {
      this.#open();
      return true;
    } catch (error) {
      if (sqliteCode(error) === sqliteErrors.busy) return true;
      this.#tell(this.#whyNot(error));
      return false;
    }
  }

  /** Touches the ring's memory: see `RingReader.touch`. */
  prepare(): void {
    this.#reader.touch();
  }

  /** Stores what is in the ring. Returns how many traces there were. */
  drain(): number {
    const held = this.#held?.segment;
    let traces = held && this.#store(held) ? held.traces : 0;
    while (this.#held === null) {
      const batch = this.#reader.take();
      if (batch === null) break;
      const segment = this.#segments.of(batch);
      if (!segment.isEmpty && this.#store(segment)) traces += segment.traces;
    }
    this.#tellMissed();
    return traces;
  }

  /** Makes the rows of one segment. False: none waits, or this is not the time. */
  makeRows(): boolean {
    try {
      const hasMade = this.#file?.rows.makeNext() ?? false;
      if (this.#file?.rows.hasDamage) {
        this.#file.rows.hasDamage = false;
        this.#tell(storeMessage("store-damaged-trace", { path: this.#options.path }));
      }
      return hasMade;
    } catch (error) {
      this.#rollBack();
      const code = sqliteCode(error);
      if (isDamage(error)) this.#orLost(0, () => this.#beginAgain(error));
      else if (code === sqliteErrors.full) this.#makeRoom(0);
      else if (code === null) throw error;
      return false; // the segment still waits: the next batch meets the file's own faults and tells them
    }
  }

  /** Segments that wait for their rows. One has 256 KiB, or a single larger trace. */
  get waiting(): number {
    const waiting: { count: number } | undefined = this.#file?.statements.waiting.get();
    return waiting?.count ?? 0;
  }

  /** Gives pages back to the system, a few at a time. */
  shrink(): void {
    try {
      if ((this.#file?.eviction.sparePages ?? 0) > 64) this.#file?.database.exec("pragma incremental_vacuum(64)");
    } catch (error) {
      if (sqliteCode(error) === null) throw error; // the next batch meets the file's own faults and tells them
    }
  }

  close(): void {
    if (!this.#file) return;
    do this.drain();
    while (this.#held !== null);
    try {
      this.#file?.database.exec("pragma wal_checkpoint(truncate)");
    } catch {
      // the file is whole without it: the next one who opens it does the same
    }
    this.#closeFile();
  }

  #tellMissed(): void {
    const { lost, shortened, tooLarge } = this.#reader.missed();
    const { path } = this.#options;
    if (lost > 0 || shortened > 0)
      this.#tell(
        this.#wasLocked
          ? storeMessage("store-locked", { path, lost, shortened })
          : storeMessage("store-behind", { lost, shortened }),
      );
    if (this.#held === null) this.#wasLocked = false;
    const maxMiB = this.#options.ring.bytes.byteLength / 4 / (1 << 20);
    if (tooLarge > 0) this.#tell(storeMessage("store-too-large", { tooLarge, maxMiB }));
  }

  /** A damaged file is set aside. @throws NewerSchemaError, SQLite's error, or the system's */
  #open(): OpenFile {
    try {
      return this.#openFile();
    } catch (error) {
      if (!isDamage(error)) throw error;
      return this.#beginAgain(error);
    }
  }

  #openFile(): OpenFile {
    const database = this.#waited(() => openForWriting(this.#options.path, this.#options));
    const rows = new TraceRows(database);
    if (this.#inode !== 0) this.#onOtherFile();
    this.#inode = inodeOf(this.#options.path);
    this.#file = {
      database,
      rows,
      statements: prepareAll(database),
      eviction: new Eviction(database, rows, this.#options),
    };
    return this.#file;
  }

  #waited<T>(work: () => T): T {
    const from = performance.now();
    try {
      return work();
    } finally {
      if (performance.now() - from > lockedAfterMs) this.#wasLocked = true;
    }
  }

  #closeFile(): void {
    this.#file?.database.close();
    this.#file = null;
  }

  /**
   * The file, now and then looked for. The traces were forgotten, or it was moved: what comes belongs into a new one.
   * Null: it could not be opened, which was reported.
   */
  #current(): OpenFile | null {
    const isKnown = this.#file !== null || this.#lost !== null;
    if (isKnown && performance.now() - this.#lookedAt < lookEveryMs) return this.#file;
    this.#lookedAt = performance.now();
    if (this.#file !== null && inodeOf(this.#options.path) === this.#inode) return this.#file;
    this.#closeFile();
    return this.#open();
  }

  /** `why`: the file cannot be used. */
  #beginAgain(why: unknown): OpenFile {
    const { path } = this.#options;
    this.#closeFile();
    const code = why instanceof EarlierSchemaError ? "store-earlier" : "store-damaged";
    if (existsSync(path)) this.#tell(storeMessage(code, { path: setAside(path) }));
    return this.#openFile();
  }

  /** False: the file is locked, and the segment is held. */
  #store(segment: Segment): boolean {
    const since = this.#held?.since ?? performance.now();
    this.#held = null;
    try {
      const file = this.#current();
      if (file === null) this.#lost = (this.#lost ?? 0) + segment.traces;
      else this.#write(file, segment);
    } catch (error) {
      this.#rollBack();
      const mayWait = this.#lost === null && performance.now() - since < lockedMs;
      if (mayWait && sqliteCode(error) === sqliteErrors.busy) {
        this.#held = { segment, since };
        return false;
      }
      this.#tryAgain(segment, error);
    }
    return true;
  }

  /** In a new file, or once there is space, if that is what `error` asks for. */
  #tryAgain(segment: Segment, error: unknown): void {
    this.#orLost(segment.traces, () => {
      if (isDamage(error)) return this.#write(this.#beginAgain(error), segment);
      const file = sqliteCode(error) === sqliteErrors.full ? this.#file : null;
      if (file === null || !this.#makeRoom(4 * segment.data.length)) throw error;
      this.#write(file, segment);
    });
  }

  /** What cannot be stored is counted; the first time it is reported why. */
  #orLost(traces: number, work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#rollBack();
      if (this.#lost === null) this.#tell(this.#whyNot(error));
      this.#lost = (this.#lost ?? 0) + traces;
    }
  }

  /** The disk is full: older traces leave, if they can without space. False: they cannot. */
  #makeRoom(bytes: number): boolean {
    const { database, eviction } = this.#file ?? {};
    try {
      database?.exec("pragma wal_checkpoint(truncate); begin immediate");
      eviction?.evict(bytes, bytes);
      database?.exec("commit; pragma wal_checkpoint(truncate)");
      return true;
    } catch {
      this.#rollBack();
      return false; // the caller reports what failed before this
    }
  }

  #whyNot(error: unknown): ProblemMessage {
    const { path } = this.#options;
    if (error instanceof NewerSchemaError) return storeMessage("store-newer", { path });
    if (sqliteCode(error) === sqliteErrors.full && this.#inode !== 0) return storeMessage("store-full", { path });
    return storeMessage("store-failed", { path, systemText: textOf(error) });
  }

  #rollBack(): void {
    this.#file?.rows.forget();
    if (this.#file?.database.isTransaction) this.#file.database.exec("rollback");
  }

  #write({ database, statements, rows, eviction }: OpenFile, { data, traces, madeAt, hasPins }: Segment): void {
    this.#waited(() => database.exec("begin immediate"));
    const { count }: { count: number } = statements.waiting.get();
    // A pinned trace must not be evicted before it has a row.
    if (hasPins || (traces === 0 && count === 0)) rows.takeNews(data);
    if (traces > 0 || count > 0) {
      const { id: last }: { id: number } = statements.last.get();
      const { lastInsertRowid: segment } = statements.segment.run(last + 1, last + traces, madeAt, data);
      statements.wait.run(segment, traces);
      eviction.evict(4 * data.length);
    }
    database.exec("commit");
    if (this.#lost !== null) this.#tell(storeMessage("store-goes-on", { path: this.#options.path, lost: this.#lost }));
    this.#lost = null;
  }

  /** What is needed no longer leaves, now and then; in the stores of other folders, too. */
  tidy(): void {
    if (!this.#file) return;
    const { database, eviction } = this.#file;
    try {
      tidyAllStores(this.#options.path, this.#options.all);
      database.exec("begin immediate");
      eviction.tidy();
      database.exec("commit");
    } catch (error) {
      this.#rollBack();
      // The next batch meets the file's own faults and tells them; a folder
      // that cannot be read is tidied the next time.
      if (!isDamage(error) && sqliteCode(error) === null && errorCode(error) === "") throw error;
    }
  }
}

/** 0: there is no such file, or it cannot be reached; opening it gives the reason. */
function inodeOf(path: string): number {
  try {
    return statSync(path).ino;
  } catch (error) {
    if (errorCode(error) === "") throw error;
    return 0;
  }
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
