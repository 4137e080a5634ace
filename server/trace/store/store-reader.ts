// Reads the stored traces of one workspace: searches them, and takes one out. Any process may, while others write.
import type { TraceQuery } from "../../protocol/trace-query.js";
import type { TraceRecord } from "../trace-record.js";
import { factsOf } from "./compact-record.js";
import { lineHas, searchSql } from "./search-sql.js";
import { recordAt } from "./shared-ring.js";
import { type Database, openForReading } from "./store-file.js";
import { unpackTrace } from "./unpacked-trace.js";

/** A line of a list, as the file has it. */
export interface StoredRow {
  readonly id: string;
  readonly seq: number;
  /** Unix time, ms. */
  readonly startedAt: number;
  readonly method: string;
  readonly target: string;
  readonly status: number | null;
  readonly mode: string | null;
  readonly tookMs: number | null;
  /** Of the response body. */
  readonly bytes: number;
}

export interface Found {
  /** How many there are, whatever the limit. */
  readonly total: number;
  /** Newest first. */
  readonly rows: StoredRow[];
}

/** Places of the request body and of the response body in `storedStreams`. */
const bodies = [5, 6] as const;

export class StoreReader {
  readonly #database: Database;
  /** `body_has` reads here while the other connection is in the middle of a search. */
  readonly #bytes: Database;
  readonly #needles = new NeedleSearch();

  /** @throws NewerSchemaError, or SQLite's error */
  constructor(path: string) {
    this.#database = openForReading(path);
    this.#bytes = openForReading(path);
    const segment = this.#bytes.prepare("select data from segment where id=?");
    const kept = this.#bytes.prepare("select data from kept where id=?");
    this.#database.function("line_has", lineHas);
    this.#database.function(
      "body_has",
      (needle: number, id: number, seg: number | null, at: number, length: number): number => {
        const data = (): Uint8Array | null => (seg === null ? kept.get(id) : segment.get(seg))?.data ?? null;
        return this.#needles.isIn(needle, seg ?? -id, data, at, length) ? 1 : 0;
      },
    );
  }

  find(query: TraceQuery, limit: number): Found {
    const { where, values, needles } = searchSql(query);
    this.#needles.begin(needles);
    const columns =
      "name as id, id as seq, started as startedAt, method, target, status, mode, took as tookMs, sent as bytes";
    if (needles.length > 0) {
      const ids: { id: number }[] = this.#database
        .prepare(`select id from trace where ${where} order by id desc`)
        .all(...values);
      const row = this.#database.prepare(`select ${columns} from trace where id=?`);
      const rows = ids.slice(0, limit).flatMap(({ id }): StoredRow[] => row.get(id) ?? []);
      return { total: ids.length, rows };
    }
    const { total }: { total: number } = this.#database
      .prepare(`select count(*) as total from trace where ${where}`)
      .get(...values);
    const rows: StoredRow[] = this.#database
      .prepare(`select ${columns} from trace where ${where} order by trace.id desc limit ?`)
      .all(...values, limit);
    return { total, rows };
  }

  /** Null: there is no such trace, or it was evicted. */
  get(id: string): TraceRecord | null {
    const row:
      | {
          id: number;
          pinned: number;
          seg: number | null;
          at: number;
          length: number;
          context: number;
          findings: string | null;
        }
      | undefined = this.#database
      .prepare("select id, pinned, seg, at, length, context, findings from trace where name=?")
      .get(id);
    if (!row) return null;
    const from =
      row.seg === null
        ? this.#database.prepare("select data, context from kept where id=?").get(row.id)
        : { ...this.#database.prepare("select data from segment where id=?").get(row.seg), context: row.context };
    if (!from?.data) return null;
    const data = Buffer.from(from.data);
    const [trace, context] = [recordAt(data, row.at), recordAt(data, from.context)];
    return unpackTrace({
      seq: row.id,
      pinned: row.pinned === 1,
      facts: factsOf(trace),
      findings: row.findings === null ? null : JSON.parse(row.findings),
      context: JSON.parse(context.json.toString()),
      body: trace.body,
      sent: context.body,
    });
  }

  close(): void {
    this.#database.close();
    this.#bytes.close();
  }
}

/** Looks for bytes in the bodies of traces. Rows come in the order of their segments, so that one segment is searched once. */
class NeedleSearch {
  #needles: readonly Buffer[] = [];
  #segment = 0;
  #data: Buffer | null = null;
  /** By needle: where it is in the segment, ascending. */
  #hits: number[][] = [];

  begin(needles: readonly Buffer[]): void {
    this.#needles = needles;
    this.#segment = 0;
  }

  isIn(needle: number, segment: number, data: () => Uint8Array | null, at: number, length: number): boolean {
    if (segment !== this.#segment) this.#turnTo(segment, data());
    const [found, bytes] = [this.#data, this.#needles[needle]?.length ?? 0];
    if (!found) return false;
    if (bytes === 0) return true;
    this.#hits[needle] ??= this.#all(needle, found);
    const hits = this.#hits[needle] ?? [];
    let ranges: readonly (readonly [number, number])[] | null = null;
    for (let index = firstAtLeast(hits, at); index < hits.length; index++) {
      const hit = hits[index] ?? 0;
      if (hit + bytes > at + length) return false;
      ranges ??= bodyRanges(found, at);
      if (ranges.some(([from, to]) => hit >= from && hit + bytes <= to)) return true;
    }
    return false;
  }

  #turnTo(segment: number, data: Uint8Array | null): void {
    this.#segment = segment;
    this.#data = data && Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    this.#hits = [];
  }

  #all(needle: number, data: Buffer): number[] {
    const hits: number[] = [];
    const bytes = this.#needles[needle];
    if (!bytes) return hits;
    for (let hit = data.indexOf(bytes); hit >= 0; hit = data.indexOf(bytes, hit + 1)) hits.push(hit);
    return hits;
  }
}

function firstAtLeast(sorted: readonly number[], least: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where the bytes of a record's request body and response body are. */
function bodyRanges(data: Buffer, at: number): (readonly [number, number])[] {
  const record = recordAt(data, at);
  const start = record.body.byteOffset - data.byteOffset;
  const { s } = factsOf(record);
  return bodies.flatMap((index) => {
    const [, , runs] = s[index] || [0, [], []];
    const ranges: (readonly [number, number])[] = [];
    for (let i = 0; i < runs.length; i += 2) {
      const [from = 0, length = 0] = [runs[i], runs[i + 1]];
      if (from >= 0) ranges.push([start + from, start + from + length]);
    }
    return ranges;
  });
}
