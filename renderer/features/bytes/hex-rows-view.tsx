// The bytes of a stream as a hex dump: offset, bytes in two digits, and their ASCII reading.
import { useEffect } from "react";
import { type RowsViewProps, rowHeight } from "./text-rows-view.js";
import type { Mark } from "./tokens.js";
import { rowsIn } from "./use-fixed-rows.js";

/** Characters a row of `bytes` takes beside its offset: three for each byte, a gap, one for each in ASCII. */
const widthOf = (bytes: number): number => bytes * 4 + 3;
/** Bytes in a row for a view of so many characters. */
export const bytesPerRow = (columns: number): number => (columns >= widthOf(16) ? 16 : columns >= widthOf(8) ? 8 : 4);

export function HexRowsView({ loader, viewport, columns, offsetDigits, marks, reveal, scrollTo }: Omit<RowsViewProps, "charset">) {
  const { buffer } = loader;
  const perRow = bytesPerRow(columns);
  const count = Math.ceil(buffer.length / perRow);
  const { first, end } = rowsIn(viewport, count, rowHeight);
  useEffect(() => loader.want(first * perRow, end * perRow), [loader, first, end, perRow]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each wish
  useEffect(() => {
    if (reveal) scrollTo(Math.max(0, Math.floor(reveal.at / perRow) * rowHeight - viewport.height / 3));
  }, [reveal]);

  const shown = [];
  for (let index = first; index < end; index++) {
    const from = index * perRow;
    const to = Math.min(from + perRow, buffer.length);
    shown.push(
      <div key={from} className="byte-row byte-row-hex" data-row="hex" data-offset={from} style={{ transform: `translateY(${index * rowHeight}px)` }}>
        <span className="byte-offset">{from.toString(16).padStart(offsetDigits, "0")}</span>
        {buffer.has(from, to) ? <HexRow bytes={buffer.bytes} from={from} to={to} perRow={perRow} marks={marks} /> : <span className="ui-faint">…</span>}
      </div>,
    );
  }
  return (
    <div className="byte-rows" style={{ height: count * rowHeight }}>
      {shown}
    </div>
  );
}

type Look = "plain" | "quiet" | "warn" | "bad" | "hint";
interface Run {
  readonly look: Look;
  readonly from: number;
  hex: string;
  ascii: string;
}

function lookOf(byte: number, at: number, marks: readonly Mark[]): Look {
  const mark = marks.find((candidate) => candidate.from <= at && at < candidate.to);
  if (mark) return mark.severity === "error" ? "bad" : mark.severity === "warning" ? "warn" : "hint";
  return byte < 0x20 || byte === 0x7f || byte >= 0x80 ? "quiet" : "plain";
}

/** A row's bytes in runs of one look: a row is a handful of elements, not thirty-two. */
export function hexRuns(bytes: Uint8Array, from: number, to: number, marks: readonly Mark[]): readonly Readonly<Run>[] {
  const near = marks.filter((mark) => mark.from < to && mark.to > from);
  const runs: Run[] = [];
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0;
    const look = lookOf(byte, at, near);
    let run = runs[runs.length - 1];
    if (run?.look !== look) {
      run = { look, from: at, hex: "", ascii: "" };
      runs.push(run);
    }
    // A wider gap after the eighth byte keeps the eye in place.
    run.hex += `${byte.toString(16).padStart(2, "0")}${at + 1 === to ? "" : (at - from) % 8 === 7 ? "  " : " "}`;
    run.ascii += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "·";
  }
  return runs;
}

const lookClass: Record<Look, string | undefined> = {
  plain: undefined,
  quiet: "byte-quiet",
  hint: "byte-mark",
  warn: "byte-mark byte-mark-warn",
  bad: "byte-mark byte-mark-bad",
};

function HexRow({
  bytes,
  from,
  to,
  perRow,
  marks,
}: {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
  readonly perRow: number;
  readonly marks: readonly Mark[];
}) {
  const runs = hexRuns(bytes, from, to, marks);
  return (
    <>
      <span className="byte-hex" style={{ width: `${perRow * 3 + (perRow === 16 ? 1 : 0)}ch` }}>
        {runs.map((run) => (
          <span key={run.from} className={lookClass[run.look]}>
            {run.hex}
          </span>
        ))}
      </span>
      <span className="byte-ascii">
        {runs.map((run) => (
          <span key={run.from} className={lookClass[run.look]}>
            {run.ascii}
          </span>
        ))}
      </span>
    </>
  );
}
