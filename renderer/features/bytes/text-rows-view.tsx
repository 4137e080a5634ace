// The text of a stream: rows of one line (or as much of it as is wide enough), offset at the left, everything invisible made visible.
import { useEffect, useMemo, useReducer } from "react";
import { ByteTokens } from "./byte-tokens.js";
import type { StreamLoader } from "./stream-loader.js";
import { TextRows } from "./text-rows.js";
import { type Mark, tokensOf } from "./tokens.js";
import { rowsIn, type Viewport } from "./use-fixed-rows.js";

export const rowHeight = 19;
/** Bytes looked at between two frames while the rows are found: about 5 ms. */
const sliceBytes = 512 * 1024;

export interface RowsViewProps {
  readonly loader: StreamLoader;
  /** Changes when bytes came. */
  readonly version: number;
  readonly viewport: Viewport;
  readonly charset: string;
  /** Characters that fit beside the offset. */
  readonly columns: number;
  readonly offsetDigits: number;
  readonly marks: readonly Mark[];
  /** Scrolls to this offset once it is known; a new object for each wish. */
  readonly reveal: { readonly at: number } | null;
  readonly scrollTo: (top: number) => void;
}

export function TextRowsView({ loader, version, viewport, charset, columns, offsetDigits, marks, reveal, scrollTo }: RowsViewProps) {
  const { buffer } = loader;
  const length = buffer.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a longer stream is indexed anew, its last character may have been cut
  const rows = useMemo(() => new TextRows(charset, columns), [buffer, length, charset, columns]);
  const [, goOn] = useReducer((count: number) => count + 1, 0);
  const prefix = buffer.prefix;
  // Building the index is idempotent work on a memoised object: doing it twice changes nothing.
  rows.extend(buffer.bytes, Math.min(prefix, rows.indexed + sliceBytes), prefix === length && prefix <= rows.indexed + sliceBytes);
  const isBehind = !rows.isFull && rows.indexed < (prefix === length ? length : prefix - 3);
  // biome-ignore lint/correctness/useExhaustiveDependencies: looks again after each slice and each arrival
  useEffect(() => {
    if (!isBehind) return;
    const frame = requestAnimationFrame(goOn);
    return () => cancelAnimationFrame(frame);
  }, [isBehind, rows.indexed, version]);

  const isRevealable = reveal !== null && (rows.indexed > reveal.at || rows.indexed >= length);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each wish, when its row is known
  useEffect(() => {
    if (isRevealable && reveal) scrollTo(Math.max(0, rows.rowAt(reveal.at) * rowHeight - viewport.height / 3));
  }, [reveal, isRevealable]);

  const { first, end } = rowsIn(viewport, rows.count, rowHeight);
  const shown = [];
  for (let index = first; index < end; index++) {
    const from = rows.start(index);
    shown.push(
      <div key={from} className="byte-row" data-row="text" data-offset={from} style={{ transform: `translateY(${index * rowHeight}px)` }}>
        <span className="byte-offset">{from.toString(16).padStart(offsetDigits, "0")}</span>
        <span className="byte-text">
          <ByteTokens tokens={tokensOf(buffer.bytes, from, rows.end(index), charset, marks)} />
        </span>
      </div>,
    );
  }
  return (
    <>
      <div className="byte-rows" style={{ height: rows.count * rowHeight }}>
        {shown}
      </div>
      {rows.isFull && <p className="byte-note">The text has more rows than can be listed; the rest is in Hex.</p>}
    </>
  );
}
