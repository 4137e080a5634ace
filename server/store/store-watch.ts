// What other processes do with the stored traces of a folder: those that they add, and what anybody writes to those
// that are there. It looks when it is asked; while nothing was committed, a look is one number from shared memory.
import type { WrittenMarks } from "../contract/trace-marks.js";
import { noMarks } from "../contract/trace-values.js";
import { type MarkRow, MarksDigest, marksOfRow } from "./mark-file.js";
import { type Database, openForReading } from "./store-file.js";

export interface WatchRange {
  /** The part of the ids of traces that this process records. Those are not reported. */
  readonly run: string;
  /** The place of the newest stored trace that is known; null: all that is there now is known. */
  readonly after: number | null;
  /** Marks and pins of traces from this id on are reported; it may be the beginning of an id. */
  readonly since: string;
}

/** What is written to a trace now. */
interface MarkedTrace {
  readonly id: string;
  readonly written: WrittenMarks;
  /** What names its deletion; null: it is not deleted. */
  readonly deletedAt: number | null;
  /** The deletion is final. */
  readonly isGone: boolean;
}

interface PinnedTrace {
  readonly id: string;
  readonly pinned: boolean;
}

/** What has happened since the look before. */
export interface StoreChanges {
  /** The places of the traces that other processes have stored, the oldest first; `isMore`: there are more. */
  readonly places: readonly number[];
  readonly isMore: boolean;
  /** For `after` of the next look. */
  readonly last: number;
  readonly marks: readonly MarkedTrace[];
  /** The pins of traces that were known before, wherever they lie. */
  readonly pins: readonly PinnedTrace[];
  /** Another process has written marks, or has deleted or restored traces. */
  readonly isMarked: boolean;
}

/** Places that are reported at once. */
const maxPlaces = 500;

const prepareAll = (database: Database) => ({
  version: database.prepare("pragma data_version"),
  // the highest place that was ever given: it stays when the newest traces are deleted
  newest: database.prepare("select coalesce((select seq from sqlite_sequence where name='trace'), 0) as id"),
  added: database.prepare("select id from trace where id > ? and substr(name,10,6) <> ? order by id limit ?"),
  isStored: database.prepare("select 1 from trace where name=?"),
  marks: database.prepare("select trace, title, note, tags, deleted from mark where trace >= ?"),
  pinned: database.prepare("select id, name from trace where pinned"),
});

export class StoreWatch {
  readonly #database: Database;
  readonly #statements: ReturnType<typeof prepareAll>;
  /** Changes with each commit of another connection. */
  #version: number | null = null;
  #isMore = false;
  readonly #marksDigest: MarksDigest;
  /** All marks in short: those that were compared, and those that another process wrote or that were reported. */
  #compared = "";
  #reported: string;
  #marks: ReadonlyMap<string, MarkRow> = new Map();
  #pinned: ReadonlySet<string>;

  /** @throws NewerSchemaError, or SQLite's error */
  constructor(path: string) {
    this.#database = openForReading(path);
    this.#database.exec("pragma cache_size=-2048");
    this.#statements = prepareAll(this.#database);
    this.#marksDigest = new MarksDigest(this.#database);
    this.#reported = this.#marksDigest.now();
    this.#pinned = new Set(this.#pinnedNow().map(({ name }) => name));
  }

  /** Null: nothing was committed since the look before. @throws SQLite's error */
  look(range: WatchRange): StoreChanges | null {
    const { data_version: version }: { data_version: number } = this.#statements.version.get();
    if (version === this.#version && !this.#isMore) return null;
    this.#database.exec("begin"); // all of one state
    try {
      const changes = this.#changes(range);
      this.#version = version;
      this.#isMore = changes.isMore;
      return changes;
    } finally {
      this.#database.exec("commit");
    }
  }

  /** Does what this process writes to traces: it is no news from another one. */
  *own<T>(work: Generator<T>): Generator<T> {
    const isUpToDate = this.#marksDigest.now() === this.#reported;
    try {
      yield* work;
    } finally {
      if (isUpToDate) this.#reported = this.#marksDigest.now();
    }
  }

  close(): void {
    this.#database.close();
  }

  #changes({ run, after, since }: WatchRange): StoreChanges {
    const { newest, added } = this.#statements;
    const { id }: { id: number } = newest.get();
    const from = Math.min(after ?? id, id);
    const rows: { id: number }[] = added.all(from, run, maxPlaces);
    const places = rows.map((row) => row.id);
    const isMore = places.length === maxPlaces;
    const isMarked = this.#marksDigest.now() !== this.#reported;
    const marks = this.#changedMarks(since);
    return {
      places,
      isMore,
      last: isMore ? (places.at(-1) ?? id) : id,
      marks,
      pins: this.#changedPins(from),
      isMarked,
    };
  }

  #changedMarks(since: string): MarkedTrace[] {
    const now = this.#marksDigest.now();
    this.#reported = now;
    if (now === this.#compared) return [];
    this.#compared = now;
    const rows: (MarkRow & { trace: string })[] = this.#statements.marks.all(since);
    const before = this.#marks;
    const after = new Map(rows.map((row) => [row.trace, row]));
    this.#marks = after;
    const changed = rows.filter((row) => !isSame(row, before.get(row.trace))).map((row) => markedBy(row.trace, row));
    const dropped = [...before].flatMap(([id, row]) => (after.has(id) ? [] : this.#withoutMarks(id, row)));
    return [...changed, ...dropped];
  }

  /** A mark that is no longer there: nothing is left to say about the trace, or the trace is gone. */
  #withoutMarks(id: string, { deleted }: MarkRow): MarkedTrace[] {
    if (this.#statements.isStored.get(id)) return [{ id, written: noMarks, deletedAt: null, isGone: false }];
    if (deleted === null) return []; // it was never stored: the file keeps its marks for an hour
    return [{ id, written: noMarks, deletedAt: deleted, isGone: true }];
  }

  /** `known`: of later traces the pins came with their rows. */
  #changedPins(known: number): PinnedTrace[] {
    const before = this.#pinned;
    const rows = this.#pinnedNow();
    const after = new Set(rows.map(({ name }) => name));
    this.#pinned = after;
    const added = rows.filter(({ id, name }) => id <= known && !before.has(name));
    return [
      ...added.map(({ name }) => ({ id: name, pinned: true })),
      ...[...before].filter((name) => !after.has(name)).map((name) => ({ id: name, pinned: false })),
    ];
  }

  #pinnedNow(): { id: number; name: string }[] {
    return this.#statements.pinned.all();
  }
}

const isSame = (a: MarkRow, b: MarkRow | undefined): boolean =>
  a.title === b?.title && a.note === b.note && a.tags === b.tags && a.deleted === b.deleted;

function markedBy(id: string, row: MarkRow): MarkedTrace {
  const { isDeleted, ...written } = marksOfRow(row);
  return { id, written, deletedAt: isDeleted ? row.deleted : null, isGone: false };
}
