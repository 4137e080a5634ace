// A stream of both traces as the lines that went and came, with the lines round them.
import { useMemo } from "react";
import type { StreamInfo, StreamName } from "../../../server/contract/trace.js";
import { diffLines, type ShownLine, withContext } from "../../format/diff-lines.js";
import { formatBytes, formatCount, formatExactBytes } from "../../format/size.js";
import { type Word, wordsOfLines } from "./changed-words.js";
import { comparedBytes, useText } from "./use-text.js";
import { WordMarks } from "./word-marks.js";

/** Unchanged lines round a change. */
const context = 2;
/** More lines than this are not put on the screen. */
const maxShownLines = 400;

export interface StreamOf {
  readonly id: string;
  readonly info: StreamInfo | null;
}

export function TextCompare({
  label,
  stream,
  left,
  right,
}: {
  readonly label: string;
  readonly stream: StreamName;
  readonly left: StreamOf;
  readonly right: StreamOf;
}) {
  const a = useText(left.id, stream, left.info);
  const b = useText(right.id, stream, right.info);
  const diff = useMemo(() => (a.lines && b.lines ? diffLines(a.lines, b.lines) : null), [a.lines, b.lines]);
  const lines = useMemo(() => diff && withContext(diff, context), [diff]);
  const words = useMemo(() => diff && wordsOfLines(diff), [diff]);
  const error = a.error ?? b.error;
  if (error !== null) return <p className="ui-bad">{error}</p>;
  if (lines === null) return <p className="ui-dim">Reading…</p>;
  const isSame = lines.every(({ is }) => is === "skipped");
  const isCut = [left, right].some(({ info }) => (info?.bytes ?? 0) > Math.min(comparedBytes, info?.captured ?? 0));
  return (
    <>
      {isSame ? (
        <p className="ui-dim">
          {(left.info?.bytes ?? 0) === 0
            ? "Both are empty."
            : `${label}: the same ${formatExactBytes(left.info?.bytes ?? 0)}.`}
        </p>
      ) : (
        <ol className="compare-lines ui-mono" aria-label={label}>
          {lines.slice(0, maxShownLines).map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one comparison never move
            <Line key={index} line={line} words={(line.is !== "skipped" && words?.get(line)) || null} />
          ))}
        </ol>
      )}
      {lines.length > maxShownLines && (
        <p className="ui-dim">{formatCount(lines.length - maxShownLines)} more lines are not shown.</p>
      )}
      {isCut && (
        <p className="ui-dim">
          Only the first {formatBytes(comparedBytes)} of each were compared, or less where less was kept.
        </p>
      )}
    </>
  );
}

const withoutLineEnd = (text: string): string => text.replace(/\n$/, "");

const signs = { same: " ", removed: "−", added: "+" } as const;
const spoken = { same: "", removed: "only left: ", added: "only right: " } as const;

function Line({ line, words }: { readonly line: ShownLine; readonly words: readonly Word[] | null }) {
  if (line.is === "skipped")
    return (
      <li className="compare-skipped">{line.count === 1 ? "1 same line" : `${formatCount(line.count)} same lines`}</li>
    );
  return (
    <li data-line={line.is}>
      <span aria-hidden="true" className="compare-sign">
        {signs[line.is]}
      </span>
      <span className="ui-hidden">{spoken[line.is]}</span>
      <span className="compare-text">
        <WordMarks
          text={withoutLineEnd(line.text)}
          words={
            words?.map((word, index) =>
              index === words.length - 1 ? { ...word, text: withoutLineEnd(word.text) } : word,
            ) ?? null
          }
        />
        {!line.text.endsWith("\n") && <span className="ui-faint"> (no newline at the end)</span>}
      </span>
    </li>
  );
}
