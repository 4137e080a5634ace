// The text of a stream: rows of one line (or as much of it as is wide enough), offset at the
// left, everything invisible made visible.
import { useEffect, useMemo, useReducer } from "react";
import type { EscapeIndex } from "./ansi.js";
import { BytePane } from "./byte-pane.js";
import { characterUnits, isWordCharacter, wordAt } from "./byte-selection.js";
import { ByteTokens } from "./byte-tokens.js";
import { kindOf, stepOf, withEscapes } from "./characters.js";
import { highlightsOf, offsetDigitsOf, type StreamPaneProps } from "./pane-props.js";
import { textHit } from "./text-hit.js";
import { TextRows } from "./text-rows.js";
import { decode, tokensOf } from "./tokens.js";
import { usePane } from "./use-pane.js";

/** Bytes scanned between two frames while rows are found: about 5 ms. */
const sliceBytes = 512 * 1024;

interface TextPaneProps extends StreamPaneProps {
  /** Draws a terminal's colours; null shows the sequences as they are. */
  readonly escapes: EscapeIndex | null;
  /** Told when the number of invalid bytes changed. */
  readonly onInvalid: (invalid: InvalidBytes) => void;
}
export interface InvalidBytes {
  readonly count: number;
  /** Where runs of them begin, ascending; the first ten thousand. */
  readonly at: readonly number[];
}

export function TextPane(props: TextPaneProps) {
  const { title, loader, version, charset, marks, selection, onSelect, escapes, onInvalid } = props;
  const { buffer } = loader;
  const length = buffer.length;
  const pane = usePane(offsetDigitsOf(length));
  const { columns } = pane;
  const hasEscapes = escapes !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: other bytes have other rows
  const rows = useMemo(() => new TextRows(charset, columns, hasEscapes), [buffer, charset, columns, hasEscapes]);
  const [, goOn] = useReducer((count: number) => count + 1, 0);
  const prefix = buffer.prefix;
  // Building the index is idempotent work on a memoised object: doing it twice changes nothing.
  if (pane.viewport.width > 0)
    rows.extend(
      buffer.bytes,
      Math.min(prefix, rows.indexed + sliceBytes),
      prefix === length && prefix <= rows.indexed + sliceBytes,
    );
  const isBehind = !rows.isFull && rows.indexed < (prefix === length ? length : prefix - 64);
  // biome-ignore lint/correctness/useExhaustiveDependencies: looks again after each slice and each arrival
  useEffect(() => {
    if (!isBehind) return;
    const frame = requestAnimationFrame(goOn);
    return () => cancelAnimationFrame(frame);
  }, [isBehind, rows.indexed, version]);
  const invalidCount = rows.invalidCount;
  useEffect(() => onInvalid({ count: invalidCount, at: rows.invalid }), [onInvalid, invalidCount, rows]);

  const step = hasEscapes ? withEscapes(stepOf(charset)) : stepOf(charset);
  const units = characterUnits(buffer.bytes, rows.indexed, rows, step);
  const caret = selection?.head ?? null;
  const digits = offsetDigitsOf(length);
  const renderRow = (index: number) => {
    const from = rows.start(index);
    const to = rows.end(index);
    const highlights = highlightsOf(props, from, to);
    const isLast = index === rows.count - 1;
    return (
      <>
        <span className="byte-offset">{from.toString(16).padStart(digits, "0")}</span>
        <span className="byte-text">
          <ByteTokens
            tokens={tokensOf(buffer.bytes, from, to, charset, marks, 0, { highlights, caret, escapes })}
            caret={caret}
          />
          {isLast && caret === to && <span className="byte-caret" data-caret="" />}
        </span>
      </>
    );
  };
  return (
    <BytePane
      {...props}
      kind="text"
      label={`${title}, ${charset}`}
      pane={pane}
      layout={rows}
      units={units}
      isWhole={rows.indexed >= length || rows.isFull}
      hasEscapes={hasEscapes}
      hit={(row, clientX, index) =>
        textHit(row, clientX, buffer.bytes, units, charset, {
          from: rows.start(index),
          to: index + 1 < rows.count ? units.previous(rows.end(index)) : rows.end(index),
        })
      }
      onWord={(at) => {
        const { from, to } = wordAt(
          at,
          units,
          (place) =>
            kindOf(step(buffer.bytes, place, length)) === "text" &&
            isWordCharacter(decode(buffer.bytes, place, units.next(place), charset)),
        );
        onSelect({ anchor: from, head: to });
      }}
      renderRow={renderRow}
    >
      {rows.isFull && (
        <p className="byte-note">The text has too many rows to list them all. Switch to Hex to see the rest.</p>
      )}
    </BytePane>
  );
}
