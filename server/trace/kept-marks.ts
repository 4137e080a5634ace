// What the user wrote to traces in memory, and which of them are deleted for now. Few have any of it.
import type { TraceMarks, WrittenMarks } from "../contract/trace-marks.js";
import { noMarks } from "../contract/trace-values.js";

interface Entry {
  readonly written: WrittenMarks;
  /** What names its deletion; null: it is not deleted. */
  readonly removedAt: number | null;
}

export class KeptMarks {
  /** By the traces' numbers. */
  readonly #entries = new Map<number, Entry>();

  of(seq: number): TraceMarks | null {
    const entry = this.#entries.get(seq);
    return entry ? { ...entry.written, isDeleted: entry.removedAt !== null } : null;
  }

  /** What names its deletion; null: it is not deleted. */
  removedAt(seq: number): number | null {
    return this.#entries.get(seq)?.removedAt ?? null;
  }

  /**
   * Takes over what another process wrote. `removedAt`: names the deletion;
   * null: it is not deleted. False: it is known.
   */
  take(seq: number, written: WrittenMarks, removedAt: number | null): boolean {
    const before = this.#entries.get(seq) ?? { written: noMarks, removedAt: null };
    if (before.removedAt === removedAt && isSame(before.written, written)) return false;
    this.#set(seq, { written, removedAt });
    return true;
  }

  write(seq: number, { name, note, tags }: WrittenMarks): void {
    this.#set(seq, { written: { name, note, tags }, removedAt: this.#entries.get(seq)?.removedAt ?? null });
  }

  /** False: it is deleted already. */
  remove(seq: number, at: number): boolean {
    const { written = noMarks, removedAt = null } = this.#entries.get(seq) ?? {};
    if (removedAt !== null) return false;
    this.#set(seq, { written, removedAt: at });
    return true;
  }

  /** Undoes a deletion. Returns the numbers of its traces. */
  restore(at: number): number[] {
    const found = this.removed(at);
    for (const seq of found) this.#set(seq, { written: this.#entries.get(seq)?.written ?? noMarks, removedAt: null });
    return found;
  }

  /** The numbers of the traces that are deleted by this deletion. */
  removed(at: number): number[] {
    return [...this.#entries].flatMap(([seq, { removedAt }]) => (removedAt === at ? seq : []));
  }

  forget(seq: number): void {
    this.#entries.delete(seq);
  }

  #set(seq: number, entry: Entry): void {
    const { written, removedAt } = entry;
    const isEmpty = removedAt === null && written.name === null && written.note === null && written.tags.length === 0;
    if (isEmpty) this.#entries.delete(seq);
    else this.#entries.set(seq, entry);
  }
}

export const isSame = (a: WrittenMarks, b: WrittenMarks): boolean =>
  a.name === b.name && a.note === b.note && a.tags.join() === b.tags.join(); // a tag has no comma
