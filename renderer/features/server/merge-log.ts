// Merges the server's new entries into the window's log.
import type { LogBatch, LogEntry } from "../../../server/contract/log-contract.js";

export interface LogLines {
  /** Of the server process the entries are from; null before the first answer. */
  readonly generation: string | null;
  /** What to ask for next. */
  readonly next: number;
  /** Oldest first. */
  readonly entries: readonly LogEntry[];
  /** Entries that had left the server's log before this window read them. */
  readonly missed: number;
}
export const noLines: LogLines = { generation: null, next: 0, entries: [], missed: 0 };

/** Entries the window keeps; the oldest leave first. */
const maxKept = 2000;

/** The log with a batch merged in: an entry that came again moves to the end. */
export function mergeLog(before: LogLines, { generation, entries, next, missed }: LogBatch): LogLines {
  const isSame = before.generation === generation;
  const known = isSame ? before.entries : [];
  const renewed = new Set(entries.map(({ id }) => id));
  return {
    generation,
    next,
    entries: [...known.filter(({ id }) => !renewed.has(id)), ...entries].slice(-maxKept),
    missed: (isSame ? before.missed : 0) + missed,
  };
}
