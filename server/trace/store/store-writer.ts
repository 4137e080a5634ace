// Writes what is in the ring into the file, for the store's own thread. One batch is one segment in one transaction.
// The rows of its traces, which take most of the time, are made when there is time: a segment without them loses
// nothing when the process is killed. Any number of processes may write.
import { existsSync, statSync } from "node:fs";
import { errorCode } from "../../base/disk.js";
import type { ProblemMessage } from "../../contract/problem.js";
import { type AllStoresBudget, tidyAllStores } from "./all-stores.js";
import { type Budget, Eviction } from "./eviction.js";
import { storeMessage } from "./messages.js";
import { type Segment, Segments } from "./segments.js";
import { RingReader, type SharedRing } from "./shared-ring.js";
import {
  type Database,
  isDamage,
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
  /** Of the open file, and when it was looked for: another process may delete it. */
  #inode = 0;
  #lookedAt = 0;
  /** Traces that were not stored since the disk is full; null: it is not. */
  #lost: number | null = null;
  /** What found the file locked: it has another try at the next look. */
  #held: Segment | null = null;

  /** `onOtherFile`: called when what comes is stored in another file of the same name. */
  constructor(options: StoreWriterOptions, tell: (message: ProblemMessage) => void, onOtherFile = () => {}) {
    this.#options = options;
    this.#onOtherFile = onOtherFile;
    this.#reader = new RingReader(options.ring);
    this.#tell = tell;
  }

  /** False: nothing can be stored; the reason was reported. */
  open(): boolean {
    const { path } = this.#options;
    try {
      this.#open();
      return true;
    } catch (error) {
      if (error instanceof NewerSchemaError) this.#tell(storeMessage("store-newer", { path }));
      else if (isDamage(error)) return this.#beginAgain();
      else this.#tell(storeMessage("store-failed", { path, systemText: textOf(error) }));
      return false;
    }
  }

  /** Touches the ring's memory: see `RingReader.touch`. */
  prepare(): void {
    this.#reader.touch();
  }

  /** Stores what is in the ring. Returns how many traces there were. */
  drain(): number {
    const held = this.#held;
    this.#held = null;
    let traces = held && this.#store(held, false) ? held.traces : 0;
    while (this.#held === null) {
      const batch = this.#reader.take();
      if (batch === null) break;
      const segment = this.#segments.of(batch);
      if (this.#store(segment, true)) traces += segment.traces;
    }
    this.#tellMissed();
    return traces;
  }

  /** Makes the rows of one segment. False: none waits, or this is not the time. */
  makeRows(): boolean {
    try {
      return this.#file?.rows.makeNext() ?? false;
    } catch (error) {
      this.#rollBack();
      const code = sqliteCode(error);
      if (isDamage(error)) this.#beginAgain();
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
    this.drain();
    if (this.#held) this.drain();
    const { database } = this.#file;
    try {
      database.exec("pragma wal_checkpoint(truncate)");
    } catch {
      // the file is whole without it: the next one who opens it does the same
    }
    database.close();
    this.#file = null;
  }

  #tellMissed(): void {
    const { lost, shortened, tooLarge } = this.#reader.missed();
    if (lost > 0 || shortened > 0) this.#tell(storeMessage("store-behind", { lost, shortened }));
    const maxMiB = this.#options.ring.bytes.byteLength / 4 / (1 << 20);
    if (tooLarge > 0) this.#tell(storeMessage("store-too-large", { tooLarge, maxMiB }));
  }

  #open(): void {
    const database = openForWriting(this.#options.path, this.#options);
    const rows = new TraceRows(database);
    if (this.#inode !== 0) this.#onOtherFile();
    this.#inode = inodeOf(this.#options.path);
    this.#file = {
      ...{ database, rows, statements: prepareAll(database) },
      eviction: new Eviction(database, rows, this.#options),
    };
  }

  #closeFile(): void {
    this.#file?.database.close();
    this.#file = null;
  }

  /** The traces were forgotten, or the file was moved: what comes belongs into a new one. */
  #follow(): void {
    if (performance.now() - this.#lookedAt < lookEveryMs) return;
    this.#lookedAt = performance.now();
    if (this.#file === null || inodeOf(this.#options.path) === this.#inode) return;
    this.#closeFile();
    this.open();
  }

  #beginAgain(): boolean {
    const { path } = this.#options;
    try {
      this.#closeFile();
      if (existsSync(path)) this.#tell(storeMessage("store-damaged", { path: setAside(path) }));
      this.#open();
      return true;
    } catch (error) {
      this.#tell(storeMessage("store-failed", { path, systemText: textOf(error) }));
      return false;
    }
  }

  /** False: the file is locked, and the segment is held. `mayHold`: it is new. */
  #store(segment: Segment, mayHold: boolean): boolean {
    this.#follow();
    const { path } = this.#options;
    try {
      this.#write(segment);
      if (this.#lost !== null) this.#tell(storeMessage("store-goes-on", { path, lost: this.#lost }));
      this.#lost = null;
    } catch (error) {
      this.#rollBack();
      if (mayHold && this.#lost === null && sqliteCode(error) === sqliteErrors.busy) {
        this.#held = segment;
        return false;
      }
      if (isDamage(error)) {
        if (this.#beginAgain()) this.#tryAgain(segment);
      } else if (sqliteCode(error) === sqliteErrors.full && this.#makeRoom(4 * segment.data.length))
        this.#tryAgain(segment);
      else this.#failed(segment, error);
    }
    return true;
  }

  #tryAgain(segment: Segment): void {
    try {
      this.#write(segment);
    } catch (error) {
      this.#rollBack();
      this.#failed(segment, error);
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

  #failed({ traces }: Segment, error: unknown): void {
    const { path } = this.#options;
    if (this.#lost === null)
      this.#tell(
        sqliteCode(error) === sqliteErrors.full
          ? storeMessage("store-full", { path })
          : storeMessage("store-failed", { path, systemText: textOf(error) }),
      );
    this.#lost = (this.#lost ?? 0) + traces;
  }

  #rollBack(): void {
    this.#file?.rows.forget();
    if (this.#file?.database.isTransaction) this.#file.database.exec("rollback");
  }

  #write({ data, traces, ended, hasPins }: Segment): void {
    if (!this.#file) return;
    const { database, statements, rows, eviction } = this.#file;
    database.exec("begin immediate");
    const { count }: { count: number } = statements.waiting.get();
    // A pinned trace must not be evicted before it has a row.
    if (hasPins || (traces === 0 && count === 0)) rows.takeNews(data);
    if (traces > 0 || count > 0) {
      const { id: last }: { id: number } = statements.last.get();
      const { lastInsertRowid: segment } = statements.segment.run(last + 1, last + traces, ended, data);
      statements.wait.run(segment, traces);
      eviction.evict(4 * data.length);
    }
    database.exec("commit");
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

/** 0: there is no such file. */
const inodeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.ino ?? 0;

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
