// Writes what is in the ring into the file, for the store's own thread. One batch is one transaction and one segment: the bytes as they
// came, behind them the contexts that its traces need, so that a segment can be evicted by itself. Any number of processes may write.
import { existsSync, statSync } from "node:fs";
import type { ProblemMessage } from "../../contract/problem.js";
import { factsOf } from "./compact-record.js";
import { storeMessage } from "./messages.js";
import type { StoredContext, TraceFacts } from "./packed-trace.js";
import { CommonLines, type ContextText, contextText, hashOf, type SplitLines, searchText } from "./search-text.js";
import { RingReader, type RingRecord, recordKind, recordsOf, type SharedRing } from "./shared-ring.js";
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

export interface StoreWriterOptions extends StoreFileOptions {
  readonly path: string;
  readonly ring: SharedRing;
  /** What the file may take, and how old its traces may become. */
  readonly maxBytes: number;
  readonly maxAgeMs: number;
}

const maxSearchedStderr = 4096;
const lookEveryMs = 1000;
type Statements = ReturnType<typeof prepareAll>;

interface KnownContext {
  /** The whole record, as it is put behind a segment. */
  readonly bytes: Buffer;
  readonly text: ContextText;
  allCommon: SplitLines | null;
}

const prepareAll = (database: Database) => ({
  trace: database.prepare(
    `insert or ignore into trace(id,name,started,took,status,outcome,mode,method,target,script,received,sent,common,own,err,findings,seg,at,length,context,sender,kind,parent,version)
     values(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
  ),
  newest: database.prepare("select max(id) newest from trace"),
  lastGiven: database.prepare("select seq from sqlite_sequence where name='trace'"),
  segment: database.prepare("insert into segment(first,last,ended,data) values(?,?,?,?)"),
  nextSegment: database.prepare("select seq from sqlite_sequence where name='segment'"),
  putLines: database.prepare("insert or ignore into lines(hash,text) values(?,?)"),
  lines: database.prepare("select id from lines where hash=?"),
  findings: database.prepare("update trace set findings=? where name=?"),
  pin: database.prepare("update trace set pinned=? where name=?"),
  oldest: database.prepare("select id, first, last, ended, length(data) bytes from segment order by id limit 1"),
  pinned: database.prepare("select id, at, length, context from trace where pinned and id between ? and ?"),
  data: database.prepare("select data from segment where id=?"),
  keep: database.prepare("insert or replace into kept values(?,?,?)"),
  detach: database.prepare("update trace set seg=null, at=0 where id=?"),
  dropTraces: database.prepare("delete from trace where id between ? and ? and not pinned"),
  dropSegment: database.prepare("delete from segment where id=?"),
  dropKept: database.prepare("delete from kept where id not in (select id from trace where pinned)"),
  dropLines: database.prepare("delete from lines where id not in (select common from trace where common is not null)"),
  pages: database.prepare("pragma page_count"),
  spare: database.prepare("pragma freelist_count"),
  pageSize: database.prepare("pragma page_size"),
});

export class StoreWriter {
  readonly #options: StoreWriterOptions;
  readonly #reader: RingReader;
  readonly #tell: (message: ProblemMessage) => void;
  #database: Database | null = null;
  #statements: Statements | null = null;
  readonly #contexts = new Map<number, KnownContext>();
  #commonLines = new CommonLines();
  readonly #lineIds = new Map<string, number>();
  /** Of the open file, and when it was looked for: another process may delete it. */
  #inode = 0;
  #lookedAt = 0;
  /** Traces that were not stored since the disk is full; null: it is not. */
  #lost: number | null = null;

  constructor(options: StoreWriterOptions, tell: (message: ProblemMessage) => void) {
    this.#options = options;
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

  /** Stores what is in the ring. False: it was empty. */
  drain(): boolean {
    let hasStored = false;
    for (let batch = this.#reader.take(); batch; batch = this.#reader.take()) {
      this.#store(batch);
      hasStored = true;
    }
    const { lost, shortened } = this.#reader.missed();
    if (lost > 0 || shortened > 0) this.#tell(storeMessage("store-behind", { lost, shortened }));
    return hasStored;
  }

  /** Gives pages back to the system, a few at a time. */
  shrink(): void {
    if (this.#database && (this.#statements?.spare.get().freelist_count ?? 0) > 64)
      this.#database.exec("pragma incremental_vacuum(64)");
  }

  close(): void {
    if (!this.#database) return;
    this.drain();
    try {
      this.#database.exec("pragma optimize; pragma wal_checkpoint(truncate)");
    } catch {
      // the file is whole without it: the next one who opens it does the same
    }
    this.#database.close();
    this.#database = null;
  }

  #open(): void {
    this.#database = openForWriting(this.#options.path, this.#options);
    this.#inode = inodeOf(this.#options.path);
    this.#statements = prepareAll(this.#database);
    this.#commonLines = new CommonLines();
    this.#lineIds.clear();
  }

  /** The traces were forgotten, or the file was moved: what comes belongs into a new one. */
  #follow(): void {
    if (performance.now() - this.#lookedAt < lookEveryMs) return;
    this.#lookedAt = performance.now();
    if (this.#database === null || inodeOf(this.#options.path) === this.#inode) return;
    this.#database.close();
    this.#database = null;
    this.open();
  }

  #beginAgain(): boolean {
    const { path } = this.#options;
    try {
      this.#database?.close();
      this.#database = null;
      if (existsSync(path)) this.#tell(storeMessage("store-damaged", { path: setAside(path) }));
      this.#open();
      return true;
    } catch (error) {
      this.#tell(storeMessage("store-failed", { path, systemText: textOf(error) }));
      return false;
    }
  }

  #store(batch: Buffer<ArrayBuffer>): void {
    const records = [...recordsOf(batch)];
    this.#learn(batch, records);
    this.#follow();
    const { path } = this.#options;
    try {
      this.#write(batch, records);
      if (this.#lost !== null) this.#tell(storeMessage("store-goes-on", { path, lost: this.#lost }));
      this.#lost = null;
    } catch (error) {
      this.#rollBack();
      if (isDamage(error)) {
        if (this.#beginAgain()) this.#tryAgain(batch, records);
      } else if (sqliteCode(error) === sqliteErrors.full) this.#tryWithLess(batch, records);
      else this.#failed(records, error);
    } finally {
      this.#forget(records);
    }
  }

  #tryAgain(batch: Buffer<ArrayBuffer>, records: readonly RingRecord[]): void {
    try {
      this.#write(batch, records);
    } catch (error) {
      this.#rollBack();
      this.#failed(records, error);
    }
  }

  /** The disk is full: older traces make room, if they can be removed without space. */
  #tryWithLess(batch: Buffer<ArrayBuffer>, records: readonly RingRecord[]): void {
    try {
      this.#database?.exec("pragma wal_checkpoint(truncate); begin immediate");
      this.#evict(4 * batch.length, 4 * batch.length);
      this.#database?.exec("commit; pragma wal_checkpoint(truncate)");
      this.#write(batch, records);
    } catch (error) {
      this.#rollBack();
      this.#failed(records, error);
    }
  }

  #failed(records: readonly RingRecord[], error: unknown): void {
    const { path } = this.#options;
    const traces = records.filter(({ kind }) => kind === recordKind.trace).length;
    if (this.#lost === null)
      this.#tell(
        sqliteCode(error) === sqliteErrors.full
          ? storeMessage("store-full", { path })
          : storeMessage("store-failed", { path, systemText: textOf(error) }),
      );
    this.#lost = (this.#lost ?? 0) + traces;
  }

  #rollBack(): void {
    this.#lineIds.clear(); // their rows were rolled back with it
    if (this.#database?.isTransaction) this.#database.exec("rollback");
  }

  /** Contexts are known whether the batch can be stored or not. */
  #learn(batch: Buffer, records: readonly RingRecord[]): void {
    for (const { kind, number, at, length, json } of records) {
      if (kind !== recordKind.context) continue;
      const context: StoredContext = JSON.parse(json.toString());
      const bytes = Buffer.from(batch.subarray(at, at + length)); // a copy: the batch must not live as long as the context
      this.#contexts.set(number, { bytes, text: contextText(context), allCommon: null });
    }
  }

  /** Traces from now on do not refer to these. (Those before may be in the same batch.) */
  #forget(records: readonly RingRecord[]): void {
    const floor = records.findLast(({ kind }) => kind === recordKind.context)?.floor ?? 0;
    for (const known of this.#contexts.keys()) if (known < floor) this.#contexts.delete(known);
  }

  #write(batch: Buffer<ArrayBuffer>, records: readonly RingRecord[]): void {
    const [database, statements] = [this.#database, this.#statements];
    if (!database || !statements) return;
    database.exec("begin immediate");
    const first = (statements.lastGiven.get()?.seq ?? 0) + 1;
    const segment = (statements.nextSegment.get()?.seq ?? 0) + 1;
    const behind = new ContextsBehind(batch, records);
    let next = first;
    let ended = 0;
    for (const record of records) {
      if (record.kind === recordKind.findings) {
        const { id, findings }: { id: string; findings: TraceFacts["fi"] } = JSON.parse(record.json.toString());
        statements.findings.run(searchText(JSON.stringify(findings)), id);
      } else if (record.kind === recordKind.pin) {
        const { id, pinned }: { id: string; pinned: boolean } = JSON.parse(record.json.toString());
        statements.pin.run(pinned ? 1 : 0, id);
      } else if (record.kind === recordKind.trace) {
        const context = this.#contexts.get(record.number);
        if (!context) throw new RangeError(`a trace refers to the context ${record.number}, which never came`);
        ended = this.#insert(statements, {
          id: next++,
          segment,
          record,
          context,
          contextAt: behind.placeOf(record.number, context.bytes),
        });
      }
    }
    if (next > first) {
      statements.segment.run(first, next - 1, ended, behind.whole());
      this.#evict(4 * batch.length, this.#overBudget(statements));
    }
    database.exec("commit");
  }

  /** Returns when the request ended. */
  #insert(statements: Statements, { id, segment, record, context, contextAt }: Inserted): number {
    const facts = factsOf(record);
    const { method, target, script, mode, status, outcome, sender, kind, parent, version } = context.text;
    const { common, own } = this.#linesOf(context);
    const took = millis(facts.t.at(-1));
    statements.trace.run(
      ...[id, facts.id, facts.at, took, status, outcome, mode, method, target, script],
      ...[bytesOf(facts, 5), bytesOf(facts, 6)],
      ...[common === null ? null : this.#idOf(statements, common), own, stderrOf(facts, record.body)],
      ...[facts.fi ? searchText(JSON.stringify(facts.fi)) : null, segment, record.at, record.length, contextAt],
      ...[sender, kind, parent, version],
    );
    return facts.at + (took ?? 0);
  }

  /** Once all lines of a context are common, they stay so. */
  #linesOf(context: KnownContext): SplitLines {
    const lines = context.allCommon ?? this.#commonLines.split(context.text.lines);
    if (lines.own === null) context.allCommon = lines;
    return lines;
  }

  #idOf(statements: Statements, text: string): number {
    const known = this.#lineIds.get(text);
    if (known !== undefined) return known;
    const hash = hashOf(text);
    statements.putLines.run(hash, text);
    const { id }: { id: number } = statements.lines.get(hash);
    if (this.#lineIds.size > 1024) this.#lineIds.clear();
    this.#lineIds.set(text, id);
    return id;
  }

  /** Bytes that the file takes beyond what it may. */
  #overBudget(statements: Statements): number {
    const { page_size: pageSize }: { page_size: number } = statements.pageSize.get();
    const { page_count: pages }: { page_count: number } = statements.pages.get();
    const { freelist_count: spare }: { freelist_count: number } = statements.spare.get();
    return (pages - spare) * pageSize - this.#options.maxBytes;
  }

  /** The oldest segments leave until `over` bytes are free and what is left is young, but no more than `maxFreed` at once: no long stall. */
  #evict(maxFreed: number, over: number): void {
    const statements = this.#statements;
    if (!statements) return;
    const oldestKept = Date.now() - this.#options.maxAgeMs;
    for (let freed = 0; freed < Math.max(maxFreed, 1 << 20); ) {
      const oldest: { id: number; first: number; last: number; ended: number; bytes: number } | undefined =
        statements.oldest.get();
      if (!oldest || (freed >= over && oldest.ended >= oldestKept)) return;
      this.#keepPinned(statements, oldest);
      statements.dropTraces.run(oldest.first, oldest.last);
      statements.dropSegment.run(oldest.id);
      freed += oldest.bytes;
    }
  }

  #keepPinned(statements: Statements, { id, first, last }: { id: number; first: number; last: number }): void {
    const rows: { id: number; at: number; length: number; context: number }[] = statements.pinned.all(first, last);
    if (rows.length === 0) return;
    const data = Buffer.from(statements.data.get(id).data);
    for (const row of rows) {
      const contextBytes = data.readUInt32LE(row.context);
      const parts = [
        data.subarray(row.at, row.at + row.length),
        data.subarray(row.context, row.context + contextBytes),
      ];
      statements.keep.run(row.id, Buffer.concat(parts), row.length);
      statements.detach.run(row.id);
    }
  }

  /** What is needed no longer, now and then: texts that no trace has, and records of traces that are not pinned any more. */
  tidy(): void {
    const [database, statements] = [this.#database, this.#statements];
    if (!database || !statements) return;
    try {
      database.exec("begin immediate");
      statements.dropKept.run();
      statements.dropLines.run();
      this.#lineIds.clear();
      this.#evict(1 << 20, this.#overBudget(statements));
      database.exec("commit");
    } catch (error) {
      this.#rollBack();
      if (!isDamage(error) && sqliteCode(error) === null) throw error; // the next batch meets the file's own faults and tells them
    }
  }
}

interface Inserted {
  readonly id: number;
  readonly segment: number;
  readonly record: RingRecord;
  readonly context: KnownContext;
  readonly contextAt: number;
}

/** The contexts of a segment's traces: in the batch, if they came with it, else behind it. */
class ContextsBehind {
  readonly #places = new Map<number, number>();
  readonly #parts: Buffer[];
  #bytes: number;

  constructor(batch: Buffer, records: readonly RingRecord[]) {
    this.#parts = [batch];
    this.#bytes = batch.length;
    for (const { kind, number, at } of records) if (kind === recordKind.context) this.#places.set(number, at);
  }

  placeOf(number: number, bytes: Buffer): number {
    const known = this.#places.get(number);
    if (known !== undefined) return known;
    this.#places.set(number, this.#bytes);
    this.#parts.push(bytes);
    this.#bytes += bytes.length;
    return this.#bytes - bytes.length;
  }

  whole(): Buffer {
    return this.#parts.length === 1 ? (this.#parts[0] ?? Buffer.alloc(0)) : Buffer.concat(this.#parts);
  }
}

const millis = (micros: number | null | undefined): number | null => (micros == null ? null : micros / 1000);

/** Bytes that passed of the stream at this place in `storedStreams`. */
const bytesOf = ({ s }: TraceFacts, index: number): number => (s[index] || [0])[0];

function stderrOf({ s }: TraceFacts, body: Buffer): string | null {
  const stderr = s[3];
  if (!stderr || stderr[0] === 0) return null;
  const runs = stderr[2];
  const parts: Buffer[] = [];
  for (let i = 0, bytes = 0; i < runs.length && bytes < maxSearchedStderr; i += 2) {
    const [at = 0, length = 0] = [runs[i], runs[i + 1]];
    parts.push(body.subarray(at, at + length));
    bytes += length;
  }
  return searchText(Buffer.concat(parts).subarray(0, maxSearchedStderr).toString());
}

/** 0: there is no such file. */
const inodeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.ino ?? 0;

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
