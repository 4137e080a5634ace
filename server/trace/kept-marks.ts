// What the user wrote to traces that are listed, and which of them are deleted for now. Few have any of it.
import type { TraceMarks, WrittenMarks } from "../contract/trace-marks.js";
import { noMarks } from "../contract/trace-values.js";
import type { TraceKey } from "./trace-ids.js";

interface Entry {
  readonly written: WrittenMarks;
  /** What names its deletion; null: it is not deleted. */
  readonly removedAt: number | null;
}

const noEntry: Entry = { written: noMarks, removedAt: null };

export class KeptMarks {
  readonly #entries = new Map<TraceKey, Entry>();

  of(key: TraceKey): TraceMarks | null {
    const entry = this.#entries.get(key);
    return entry ? { ...entry.written, isDeleted: entry.removedAt !== null } : null;
  }

  /** What names its deletion; null: it is not deleted. */
  removedAt(key: TraceKey): number | null {
    return this.#entries.get(key)?.removedAt ?? null;
  }

  /** `removedAt`: names the deletion; null: it is not deleted. False: it is known. */
  write(key: TraceKey, { name, note, tags }: WrittenMarks, removedAt = this.removedAt(key)): boolean {
    const before = this.#entries.get(key) ?? noEntry;
    const written = { name, note, tags };
    if (before.removedAt === removedAt && isSame(before.written, written)) return false;
    if (removedAt === null && isSame(written, noMarks)) this.#entries.delete(key);
    else this.#entries.set(key, { written, removedAt });
    return true;
  }

  /** Deletes a trace, or (`at` null) no longer. */
  remove(key: TraceKey, at: number | null): void {
    this.write(key, this.#entries.get(key)?.written ?? noMarks, at);
  }

  /** The keys of the traces that are deleted by this deletion. */
  removedBy(at: number): TraceKey[] {
    return [...this.#entries].flatMap(([key, { removedAt }]) => (removedAt === at ? key : []));
  }

  forget(key: TraceKey): void {
    this.#entries.delete(key);
  }
}

const isSame = (a: WrittenMarks, b: WrittenMarks): boolean =>
  a.name === b.name && a.note === b.note && a.tags.join() === b.tags.join(); // a tag has no comma
