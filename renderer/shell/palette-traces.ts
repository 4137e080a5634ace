// The traces that the palette finds: by number, method, target, status, file.
import type { TraceRow } from "../../server/contract/trace.js";
import { comparable } from "../format/file-path.js";
import { statusText } from "../format/trace-labels.js";

/** More belong into the list of traces and its filter. */
const maxFound = 6;

export const traceTitle = (row: TraceRow): string => `#${row.seq} ${row.method} ${row.target}`;

/** All typed words are in it, whatever their case; the newest first. A number with # is that trace alone. */
export function findTraces(rows: readonly TraceRow[], typed: string): readonly TraceRow[] {
  const words = comparable(typed)
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.join("").length < 2) return [];
  const found: TraceRow[] = [];
  for (let at = rows.length - 1; at >= 0 && found.length < maxFound; at--) {
    const row = rows[at];
    if (row && words.every((word) => has(row, word))) found.push(row);
  }
  return found;
}

function has(row: TraceRow, word: string): boolean {
  if (word.startsWith("#")) return word === `#${row.seq}`;
  return (
    comparable(row.target).includes(word) ||
    row.method.toLowerCase() === word ||
    statusText(row).startsWith(word) ||
    (row.file !== null && comparable(row.file).includes(word))
  );
}
