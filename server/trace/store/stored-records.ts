// Takes single traces out of a workspace's file: their bytes, their marks, their rows in a list.
import type { TraceMarks } from "../../contract/trace-marks.js";
import type { FoundTrace } from "../../contract/traces-contract.js";
import { numberOf } from "../../protocol/trace-id.js";
import type { TraceQuery } from "../../protocol/trace-query.js";
import { decodeStored, type StoredTrace } from "../codec/decode-trace.js";
import { recordHead } from "../codec/record.js";
import { toRow } from "../trace-row.js";
import { type MarkRow, marksOfRow } from "./mark-file.js";
import { hitOf } from "./search-hit.js";
import type { SegmentData } from "./segment-search.js";
import type { Database } from "./store-file.js";

interface PlaceRow {
  readonly id: number;
  readonly name: string;
  readonly pinned: number;
  readonly seg: number | null;
  readonly at: number;
  readonly length: number;
  readonly context: number;
  readonly findings: string | null;
}

const prepareAll = (database: Database) => ({
  place: database.prepare("select id, name, pinned, seg, at, length, context, findings from trace where id=?"),
  named: database.prepare("select id, name, pinned, seg, at, length, context, findings from trace where name=?"),
  segment: database.prepare("select first, last, data from segment where id=?"),
  version: database.prepare("pragma data_version"),
  kept: database.prepare("select data, context from kept where id=?"),
  marks: database.prepare("select title, note, tags, deleted from mark where trace=?"),
  root: database.prepare("select value from about where name='root'"),
});

export class StoredRecords {
  readonly #statements: ReturnType<typeof prepareAll>;
  /** The segment that was read last: neighbours in a list lie in one. It holds until another connection writes. */
  #segment: SegmentData | null = null;
  #version: number | null = null;

  constructor(database: Database) {
    this.#statements = prepareAll(database);
  }

  /** The folder whose traces these are; null: the file does not say. */
  root(): string | null {
    const row: { value: string } | undefined = this.#statements.root.get();
    return row?.value ?? null;
  }

  /** The place of a trace; null: there is no such trace, or it was evicted. */
  placeOf(name: string): number | null {
    const row: PlaceRow | undefined = this.#statements.named.get(name);
    return row?.id ?? null;
  }

  /** A trace; null: there is no such trace, or it was evicted. */
  named(name: string): StoredTrace | null {
    const row: PlaceRow | undefined = this.#statements.named.get(name);
    return row ? this.#storedAt(row) : null;
  }

  /** The trace at a place, and where a query is found in it. None: it was evicted meanwhile. */
  foundAt(id: number, query: TraceQuery): FoundTrace[] {
    const row: PlaceRow | undefined = this.#statements.place.get(id);
    const stored = row && this.#storedAt(row);
    if (!row || !stored) return [];
    const trace = decodeStored(stored);
    const root = this.root();
    const displayPath = (file: string): string | null =>
      root !== null && file.startsWith(`${root}/`) ? file.slice(root.length + 1) : null;
    const marks = this.marksOf(row.name);
    return [{ at: id, row: toRow(trace, 1, { idOf: () => row.name, displayPath, marks }), hit: hitOf(trace, query) }];
  }

  marksOf(trace: string): TraceMarks | null {
    const written: MarkRow | undefined = this.#statements.marks.get(trace);
    return written ? marksOfRow(written) : null;
  }

  #storedAt(row: PlaceRow): StoredTrace | null {
    const from = this.#recordsOf(row);
    if (!from) return null;
    const recordFrom = (at: number): Buffer =>
      from.data.subarray(at, at + from.data.readUInt32LE(at + 4 * recordHead.length));
    if (recordFrom(row.at).length === 0) return null; // another process has overwritten it meanwhile
    return {
      seq: numberOf(row.name),
      pinned: row.pinned === 1,
      findings: row.findings === null ? null : JSON.parse(row.findings),
      record: recordFrom(row.at),
      context: recordFrom(from.context),
    };
  }

  #recordsOf({ id, seg, context }: PlaceRow): { readonly data: Buffer; readonly context: number } | null {
    if (seg === null) {
      const kept: { data: Uint8Array; context: number } | undefined = this.#statements.kept.get(id);
      return kept ? { data: Buffer.from(kept.data), context: kept.context } : null;
    }
    const segment = this.segmentAt(seg);
    return segment && { data: segment.data, context };
  }

  /** Null: it was evicted. */
  segmentAt(id: number): SegmentData | null {
    const { data_version: version }: { data_version: number } = this.#statements.version.get();
    if (version !== this.#version) this.dropBytes();
    this.#version = version;
    if (this.#segment?.id === id) return this.#segment;
    const found: { first: number; last: number; data: Uint8Array } | undefined = this.#statements.segment.get(id);
    if (!found) return null;
    const { first, last, data } = found;
    this.#segment = { id, first, last, data: Buffer.from(data.buffer, data.byteOffset, data.byteLength) };
    return this.#segment;
  }

  /** Drops the segment that is at hand. */
  dropBytes(): void {
    this.#segment = null;
  }
}
