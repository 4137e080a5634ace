// Makes the rows that are listed and searched from the segments that wait for theirs. Any process may, also one that
// only wants to read: each segment is one transaction, and the oldest is the next.
import type { Finding } from "../contract/trace.js";
import { recordedFindings, recordedId, rowNumbers } from "../trace/codec/decode-trace.js";
import { isSound, recordKind, recordsOf, type StoredRecord, seal } from "../trace/codec/record.js";
import { decodeContext } from "../trace/codec/shared-contexts.js";
import { bytesOfStream, type StoredStream } from "../trace/codec/streams.js";
import { BodyGrams } from "./body-grams.js";
import { CommonLines, type ContextText, contextText, hashOf, type SplitLines, searchText } from "./search-text.js";
import { type Database, inTransaction, openForWriting } from "./store-file.js";

const maxSearchedStderr = 4096;
const maxRemembered = 1024;

/** A context of the segment whose rows are made. */
interface ContextHere {
  /** From the segment's first byte on. */
  readonly at: number;
  readonly known: KnownContext;
}

/** Most segments of a process have the same contexts. */
interface KnownContext {
  readonly bytes: Buffer;
  readonly text: ContextText;
  allCommon: SplitLines | null;
}

interface Waiting {
  readonly id: number;
  readonly first: number;
  readonly data: Uint8Array<ArrayBuffer>;
}

type Value = string | number | null;

const columns = [
  ...["id", "name", "started", "took", "status", "outcome", "mode", "method", "target", "script", "received", "sent"],
  ...["common", "own", "err", "findings", "seg", "at", "length", "context", "sender", "kind", "parent", "version"],
  "pinned",
];
const oneRow = `(${columns.map(() => "?").join()})`;
const insertion = (rows: number): string =>
  `insert or ignore into trace(${columns.join()}) values${Array(rows).fill(oneRow).join()}`;
/** Rows that one statement inserts: each statement costs as much as several values. */
const rowsPerInsert = 16;

const prepareAll = (database: Database) => ({
  trace: database.prepare(insertion(1)),
  traces: database.prepare(insertion(rowsPerInsert)),
  putLines: database.prepare("insert or ignore into lines(hash,text) values(?,?)"),
  lines: database.prepare("select id from lines where hash=?"),
  /** Another number after another connection has written. */
  version: database.prepare("pragma data_version"),
  findings: database.prepare("update trace set findings=? where name=?"),
  pin: database.prepare("update trace set pinned=? where name=?"),
  oldest: database.prepare("select id, first, data from segment where id=(select min(segment) from waiting)"),
  grams: database.prepare("insert or replace into grams(segment,bits) values(?,?)"),
  blankNews: database.prepare("update segment set data=? where id=?"),
  done: database.prepare("delete from waiting where segment=?"),
});

export class TraceRows {
  /** Traces have no row, since they are damaged: they were before it was made, or when it would have been kept. */
  hasDamage = false;
  readonly #database: Database;
  readonly #statements: ReturnType<typeof prepareAll>;
  readonly #contexts = new Map<number, KnownContext>();
  #commonLines = new CommonLines();
  readonly #grams = new BodyGrams();
  readonly #lineIds = new Map<string, number>();
  #version: number | null = null;
  /** The version when it was last asked whether texts must be forgotten: `#version` also follows as rows are made. */
  #textsVersion: number;
  /** Rows that are not inserted yet. */
  #rows: Value[][] = [];

  constructor(database: Database) {
    this.#database = database;
    this.#statements = prepareAll(database);
    this.#textsVersion = this.#dataVersion();
  }

  /**
   * Makes those of the segment that has waited longest, in a transaction of its own.
   * False: none waits. @throws SQLite's error
   */
  makeNext(): boolean {
    return inTransaction(this.#database, () => this.makeOldest());
  }

  /** Makes the rows of the oldest segment within the caller's transaction. */
  makeOldest(): boolean {
    const oldest: Waiting | undefined = this.#statements.oldest.get();
    if (!oldest) return false;
    const version = this.#dataVersion();
    if (version !== this.#version) this.forget(); // others may have dropped texts
    this.#version = version;
    const { buffer, byteOffset, byteLength } = oldest.data;
    this.#make(oldest, Buffer.from(buffer, byteOffset, byteLength));
    this.#statements.done.run(oldest.id);
    return true;
  }

  /** Findings and pins of a batch without traces, within the caller's transaction. */
  takeNews(batch: Buffer): void {
    for (const record of recordsOf(batch)) this.#takeNews(record);
  }

  /** After texts were dropped, or a transaction was rolled back: what is not in the file must not be remembered. */
  forget(): void {
    this.#lineIds.clear();
  }

  /**
   * The same, and the headers and variables that were read if another connection has written since the last time:
   * it may have deleted a trace that has them. Where nothing was written, common lines stay known.
   */
  forgetTexts(): void {
    this.forget();
    const version = this.#dataVersion();
    if (version === this.#textsVersion) return;
    this.#textsVersion = version;
    this.#contexts.clear();
    this.#commonLines = new CommonLines();
  }

  #dataVersion(): number {
    const { data_version: version }: { data_version: number } = this.#statements.version.get();
    return version;
  }

  #make({ id: segment, first }: Waiting, data: Buffer): void {
    const records = [...recordsOf(data)];
    const sound = new Set(records.filter(({ at }) => isSound(data, at)));
    if (sound.size < records.length || endOf(records.at(-1)) < data.length) this.hasDamage = true;
    const contexts = new Map<number, ContextHere>();
    for (const record of sound)
      if (record.kind === recordKind.context) contexts.set(record.number, this.#contextOf(record, data));
    let id = first;
    let hasFindings = false;
    this.#rows = [];
    for (const record of records) {
      if (record.kind === recordKind.trace) {
        const context = sound.has(record) && contexts.get(record.number);
        if (context) this.#rows.push(this.#rowOf(id, segment, record, context));
        id++;
        if (this.#rows.length === rowsPerInsert) this.#insert();
      } else if (sound.has(record) && record.kind !== recordKind.context) {
        this.#insert(); // the news may be about one of them
        this.#takeNews(record);
        if (record.kind === recordKind.findings) {
          record.json.fill(0); // it has bytes of its trace, which may lie in another segment and be deleted there
          seal(data, record.at);
          hasFindings = true;
        }
      }
    }
    this.#insert();
    if (hasFindings) this.#statements.blankNews.run(data, segment); // first: a trigger drops grams then
    this.#statements.grams.run(segment, this.#grams.take());
  }

  #insert(): void {
    const { trace, traces } = this.#statements;
    if (this.#rows.length === rowsPerInsert) traces.run(...this.#rows.flat());
    else for (const row of this.#rows) trace.run(...row);
    this.#rows = [];
  }

  #contextOf(record: StoredRecord, data: Buffer): ContextHere {
    const { number, at, length } = record;
    const bytes = data.subarray(at, at + length);
    let known = this.#contexts.get(number);
    if (!known?.bytes.equals(bytes)) {
      known = { bytes: Buffer.from(bytes), text: contextText(decodeContext(record)), allCommon: null };
      if (this.#contexts.size >= maxRemembered) this.#contexts.clear();
      this.#contexts.set(number, known);
    }
    return { at, known };
  }

  #takeNews({ kind, json }: StoredRecord): void {
    if (kind === recordKind.findings) {
      const { id, findings }: { id: string; findings: readonly Finding[] } = JSON.parse(json.toString());
      this.#statements.findings.run(searchText(JSON.stringify(findings)), id);
    } else if (kind === recordKind.pin) {
      const { id, pinned }: { id: string; pinned: boolean } = JSON.parse(json.toString());
      this.#statements.pin.run(pinned ? 1 : 0, id);
    }
  }

  #rowOf(id: number, segment: number, record: StoredRecord, { at, known }: ContextHere): Value[] {
    const { startedAt, timing, streams } = rowNumbers(record);
    const { "request-body": requestBody, "response-body": responseBody } = streams;
    const { method, target, script, mode, status, outcome, sender, kind, parent, version, isHeld } = known.text;
    const took = isHeld ? null : timing.doneAt;
    const { common, own } = this.#linesOf(known);
    const found = recordedFindings(record);
    const findings = found && searchText(JSON.stringify(found));
    const err = stderrOf(streams.stderr, record.body);
    for (const stream of [requestBody, responseBody]) if (stream) this.#grams.add(bytesOfStream(stream, record.body));
    return [
      ...[id, recordedId(record), startedAt, took, status, outcome, mode, method, target, script],
      ...[requestBody?.bytes ?? 0, responseBody?.bytes ?? 0],
      ...[common === null ? null : this.#idOf(common), own, err, findings],
      ...[segment, record.at, record.length, at, sender, kind, parent, version],
      record.floor,
    ];
  }

  /** Once all lines of a context are common, they stay so. */
  #linesOf(context: KnownContext): SplitLines {
    const lines = context.allCommon ?? this.#commonLines.split(context.text.lines);
    if (lines.own === null) context.allCommon = lines;
    return lines;
  }

  #idOf(text: string): number {
    const known = this.#lineIds.get(text);
    if (known !== undefined) return known;
    const hash = hashOf(text);
    this.#statements.putLines.run(hash, text);
    const { id }: { id: number } = this.#statements.lines.get(hash);
    if (this.#lineIds.size >= maxRemembered) this.#lineIds.clear();
    this.#lineIds.set(text, id);
    return id;
  }
}

const endOf = (record: StoredRecord | undefined): number => (record ? record.at + record.length : 0);

/** Who reads waits so long for whoever writes, ms; then it goes on without the rows that are not made yet. */
const waitMs = 300;

/**
 * Makes those that wait now; yields after each segment. Returns whether traces were damaged.
 * @throws SQLite's error, NewerSchemaError
 */
export function* waitingRows(path: string): Generator<undefined, boolean> {
  const database = openForWriting(path, { waitMs });
  try {
    const { last }: { last: number | null } = database.prepare("select max(segment) last from waiting").get();
    const waits = database.prepare("select 1 from waiting where segment <= ? limit 1");
    const rows = new TraceRows(database);
    while (waits.get(last ?? 0) !== undefined) {
      rows.makeNext();
      yield;
    }
    return rows.hasDamage;
  } finally {
    database.close();
  }
}

function stderrOf(stderr: StoredStream | undefined, body: Buffer): string | null {
  if (!stderr || stderr.bytes === 0) return null;
  const { runs } = stderr;
  const parts: Buffer[] = [];
  for (let i = 0, bytes = 0; i < runs.length && bytes < maxSearchedStderr; i += 2) {
    const [at = 0, length = 0] = [runs[i], runs[i + 1]];
    parts.push(body.subarray(at, at + length));
    bytes += length;
  }
  return searchText(Buffer.concat(parts).subarray(0, maxSearchedStderr).toString());
}
