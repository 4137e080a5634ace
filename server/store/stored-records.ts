// Takes single traces out of a workspace's file: their bytes, their marks, their rows in a list. What is damaged is
// noticed by its checksum, or by SQLite.
import type { TraceMarks } from "../contract/trace-marks.js";
import type { FoundTrace } from "../contract/traces-contract.js";
import type { TraceQuery } from "../formats/query/trace-query.js";
import { numberOf } from "../protocol/trace-id.js";
import { decodeStored, type StoredTrace } from "../trace/codec/decode-trace.js";
import { DamagedRecord, isOverwritten, isSound, recordsOf } from "../trace/codec/record.js";
import { toRow } from "../trace/trace-row.js";
import { type MarkRow, marksOfRow } from "./mark-file.js";
import { hitOf } from "./search-hit.js";
import { type Database, isDamage } from "./store-file.js";
import { findingsIn, rowOfTable, type TableRow, tableRowColumns } from "./table-row.js";

export interface SegmentData {
  readonly id: number;
  /** The ids of its first and last trace. */
  readonly first: number;
  readonly last: number;
  readonly data: Buffer;
  /** False: some of its records were overwritten, or are damaged. */
  readonly isSound: boolean;
}

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
  facts: database.prepare(`select ${tableRowColumns} from trace where id=?`),
  segment: database.prepare("select first, last, data from segment where id=?"),
  version: database.prepare("pragma data_version"),
  kept: database.prepare("select data, context from kept where id=?"),
  marks: database.prepare("select title, note, tags, deleted from mark where trace=?"),
  root: database.prepare("select value from about where name='root'"),
});

export class StoredRecords {
  /** Traces were left out of a list: they are damaged. */
  hasDamage = false;
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

  /** A trace; null: there is no such trace, or it was evicted. @throws DamagedRecord */
  named(name: string): StoredTrace | null {
    const row: PlaceRow | undefined = this.#statements.named.get(name);
    return row ? this.#storedAt(row) : null;
  }

  /** The trace at a place, and where a query is found in it. None: it was evicted meanwhile, or is damaged. */
  foundAt(id: number, query: TraceQuery): FoundTrace[] {
    try {
      return this.#foundAt(id, query);
    } catch (error) {
      if (!(error instanceof DamagedRecord)) throw error;
      this.hasDamage = true;
      return [];
    }
  }

  /** Finds a trace for a list: where it cannot be read, its row is what the table says of it. */
  listedAt(id: number, query: TraceQuery): FoundTrace[] {
    const found = this.foundAt(id, query);
    if (found.length > 0) return found;
    const facts: TableRow | undefined = this.#statements.facts.get(id);
    if (facts === undefined) return []; // it was evicted meanwhile
    return [{ row: rowOfTable(facts, this.#displayPath(), this.marksOf(facts.name)), hit: null }];
  }

  #foundAt(id: number, query: TraceQuery): FoundTrace[] {
    const row: PlaceRow | undefined = this.#statements.place.get(id);
    const stored = row && this.#storedAt(row);
    if (!row || !stored) return [];
    const trace = decodeStored(stored);
    const displayPath = this.#displayPath();
    const marks = this.marksOf(row.name);
    return [{ row: toRow(trace, 1, { idOf: () => row.name, displayPath, marks }), hit: hitOf(trace, query) }];
  }

  #displayPath(): (file: string) => string | null {
    const root = this.root();
    return (file) => (root !== null && file.startsWith(`${root}/`) ? file.slice(root.length + 1) : null);
  }

  marksOf(trace: string): TraceMarks | null {
    const written: MarkRow | undefined = this.#statements.marks.get(trace);
    return written ? marksOfRow(written) : null;
  }

  #storedAt(row: PlaceRow): StoredTrace | null {
    const from = this.#recordsOf(row);
    if (!from) return null;
    const { data, context } = from;
    const recordFrom = (at: number): Buffer => {
      if (!isSound(data, at)) throw new DamagedRecord(`the trace ${row.name} is damaged`);
      return data.subarray(at, at + data.readUInt32LE(at));
    };
    if (isOverwritten(data, row.at)) return null; // by another process
    return {
      seq: numberOf(row.name),
      pinned: row.pinned === 1,
      findings: row.findings === null ? null : findingsIn(row.findings),
      record: recordFrom(row.at),
      context: recordFrom(context),
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

  /** Null: it was evicted, or cannot be read. */
  segmentAt(id: number): SegmentData | null {
    const { data_version: version }: { data_version: number } = this.#statements.version.get();
    if (version !== this.#version) this.dropBytes();
    this.#version = version;
    if (this.#segment?.id === id) return this.#segment;
    const found = this.#segmentRow(id);
    if (!found) return null;
    const { first, last } = found;
    const data = Buffer.from(found.data.buffer, found.data.byteOffset, found.data.byteLength);
    let soundBytes = 0;
    for (const { at, length } of recordsOf(data)) if (isSound(data, at)) soundBytes += length;
    this.#segment = { id, first, last, data, isSound: soundBytes === data.length };
    return this.#segment;
  }

  #segmentRow(id: number): { first: number; last: number; data: Uint8Array } | undefined {
    try {
      return this.#statements.segment.get(id);
    } catch (error) {
      if (!isDamage(error)) throw error;
      this.hasDamage = true;
      return undefined;
    }
  }

  /** Drops the segment that is at hand. */
  dropBytes(): void {
    this.#segment = null;
  }
}
