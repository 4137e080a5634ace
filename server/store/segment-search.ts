// For SQLite: the ids of the traces that have some bytes in their bodies. They are looked up before a part of the
// traces is searched, and only where the rest of the search can hold.
import { isOverwritten, isSound } from "../trace/codec/record.js";
import { WantedGrams } from "./body-grams.js";
import { holders, type Places, placesIn } from "./needle-search.js";
import type { SqlSearch } from "./search-sql.js";
import type { Database } from "./store-file.js";
import type { SegmentData, StoredRecords } from "./stored-records.js";

/** The bits are read if they are asked for: there are some KiB of them. */
const withBits = "select id, grams.segment is not null as isUnchanged, case when ? then bits end as bits";

interface SegmentRow {
  readonly id: number;
  /** 0: its bytes may have been overwritten since they were read. */
  readonly isUnchanged: number;
  /** Null: it is not known what the segment holds. */
  readonly bits: Uint8Array | null;
}

/** So many ids of traces are remembered, and as many segments: 8 to 16 MB. */
const maxRemembered = 1 << 20;

/** The traces that have a text, by segment: a further page of the same search reads no bytes again. */
class FoundBefore {
  readonly #byNeedle = new Map<string, Map<number, readonly number[]>>();
  #size = 0;

  get(needle: Buffer, segment: number): readonly number[] | undefined {
    return this.#byNeedle.get(needle.toString("latin1"))?.get(segment);
  }

  set(needle: Buffer, segment: number, ids: readonly number[]): void {
    this.#size += 1 + ids.length;
    if (this.#size > maxRemembered) {
      this.#byNeedle.clear();
      this.#size = 1 + ids.length;
    }
    const key = needle.toString("latin1");
    const bySegment = this.#byNeedle.get(key);
    if (bySegment) bySegment.set(segment, ids);
    else this.#byNeedle.set(key, new Map([[segment, ids]]));
  }
}

const prepareAll = (database: Database) => ({
  segments: database.prepare(
    `${withBits} from segment left join grams on segment=id where id between
       (select seg from trace where id >= ? and seg is not null order by id limit 1) and
       (select seg from trace where id <= ? and seg is not null order by id desc limit 1) order by id desc`,
  ),
  kept: database.prepare("select id, data from kept where id between ? and ?"),
  places: database.prepare("select id, at from trace where id between ? and ? and seg=? order by id"),
});

export class SegmentSearch {
  readonly #database: Database;
  readonly #records: StoredRecords;
  readonly #statements: ReturnType<typeof prepareAll>;
  readonly #before = new FoundBefore();
  #found: readonly (readonly number[])[] = [];

  constructor(database: Database, records: StoredRecords) {
    this.#database = database;
    this.#records = records;
    this.#statements = prepareAll(database);
    database.function("with_needle", (needle: number): string => JSON.stringify(this.#found[needle] ?? []));
  }

  /**
   * From now on `with_needle` gives what is found of the search's needles in the traces with these ids, `to` included.
   */
  look({ needles, plain }: SqlSearch, from: number, to: number): void {
    const found = needles.map((): number[] => []);
    this.#found = found;
    if (needles.length === 0) return;
    const { segments, kept } = this.#statements;
    const grams = needles.map((needle) => new WantedGrams(needle));
    const asksBits = grams.some(({ hasAny }) => hasAny) ? 1 : 0;
    // The newest first: the oldest one may be the newest of the next part, and is then at hand.
    const inRange: SegmentRow[] =
      plain.sql === "1"
        ? segments.all(asksBits, from, to)
        : this.#database
            .prepare(
              `${withBits} from
                 (select distinct seg id from trace where id between ? and ? and seg is not null and ${plain.sql})
                 left join grams on segment=id order by id desc`,
            )
            .all(asksBits, from, to, ...plain.values);
    for (const { id, isUnchanged, bits } of inRange) {
      let segment: SegmentData | null = null;
      let places: Places | null = null;
      needles.forEach((needle, index) => {
        if (bits !== null && !grams[index]?.mayBeIn(bits)) return;
        let ids = isUnchanged ? this.#before.get(needle, id) : undefined;
        if (ids === undefined) {
          segment ??= this.#records.segmentAt(id);
          const read = segment;
          if (!read) return; // it was evicted meanwhile
          if (!read.isSound) places ??= this.#placesOf(read);
          ids = holders(read.data, needle, () => {
            places ??= placesIn(read.data, read.first);
            return places;
          });
          if (isUnchanged) this.#before.set(needle, id, ids);
        }
        found[index]?.push(...ids);
      });
    }
    const records: { id: number; data: Uint8Array }[] = kept.all(from, to);
    for (const { id, data } of records) {
      const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
      if (!isSound(bytes, 0)) {
        this.#records.hasDamage = true;
        continue;
      }
      needles.forEach((needle, index) => {
        found[index]?.push(...holders(bytes, needle, () => ({ ids: [id], at: [0] })));
      });
    }
  }

  /** Returns which traces with these ids have the first needle, without those of `except`. */
  found(from: number, to: number, except: ReadonlySet<number>): number[] {
    return (this.#found[0] ?? []).filter((id) => id >= from && id <= to && !except.has(id));
  }

  #placesOf({ id, first, last, data }: SegmentData): Places {
    const all: { id: number; at: number }[] = this.#statements.places.all(first, last, id);
    const rows = all.filter(({ at }) => isSound(data, at));
    if (all.some(({ at }) => !isSound(data, at) && !isOverwritten(data, at))) this.#records.hasDamage = true;
    return { ids: rows.map((row) => row.id), at: rows.map((row) => row.at) };
  }
}
