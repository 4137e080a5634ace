// A stream of both traces as the lines that went and came, with the lines round them.
import { useMemo } from "react";
import type { StreamInfo, StreamName } from "../../../server/contract/trace.js";
import { type DiffLine, diffLines } from "../../format/diff-lines.js";
import { formatBytes, formatCount, formatExactBytes } from "../../format/size.js";
import { type DrawnLine, drawnLines } from "./shown-lines.js";
import { comparedBytes, isCutOff, useText } from "./use-text.js";
import { WordMarks } from "./word-marks.js";

/** Unchanged lines round a change. */
const context = 2;

interface StreamOf {
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
  const isLeftCut = isCutOff(left.info);
  const isRightCut = isCutOff(right.info);
  const diff = useMemo(
    () => a.lines && b.lines && withoutUnknownEnd(diffLines(a.lines, b.lines), isLeftCut, isRightCut),
    [a.lines, b.lines, isLeftCut, isRightCut],
  );
  const drawn = useMemo(() => diff && drawnLines(diff, context), [diff]);
  const error = a.error ?? b.error;
  if (error !== null) return <p className="ui-bad">{error}</p>;
  if (diff === null || drawn === null) return <p className="ui-dim">Reading…</p>;
  const { lines, moreLines, moreBytes } = drawn;
  const isSame = diff.every(({ is }) => is === "same");
  const isCut = isLeftCut || isRightCut;
  const isEnd = { same: !isCut, removed: !isLeftCut, added: !isRightCut };
  const leftBytes = left.info?.bytes ?? 0;
  const rightBytes = right.info?.bytes ?? 0;
  return (
    <>
      {isSame ? (
        <p className="ui-dim">{sameWords(label, Math.max(leftBytes, rightBytes), bytesIn(diff), isCut)}</p>
      ) : (
        <ol className="compare-lines ui-mono" aria-label={label}>
          {lines.map((line, index) => (
            <Line
              // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one comparison never move
              key={index}
              line={line}
              isEnd={isEnd}
            />
          ))}
        </ol>
      )}
      {moreLines > 0 && (
        <p className="ui-dim">
          {moreLines === 1 ? "1 more line is" : `${formatCount(moreLines)} more lines are`} not shown,{" "}
          {formatBytes(moreBytes)}.
        </p>
      )}
      {isCut && leftBytes !== rightBytes && (
        <p className="ui-warn">
          Left: {formatExactBytes(leftBytes)}. Right: {formatExactBytes(rightBytes)}.
        </p>
      )}
      {isCut && (
        <p className="ui-dim">
          Only the first {formatBytes(comparedBytes)} of each were compared, or less where less was kept.
        </p>
      )}
    </>
  );
}

/** Lines at the end of one side only, where the other was cut off before it may have come to them. */
function withoutUnknownEnd(diff: readonly DiffLine[], isLeftCut: boolean, isRightCut: boolean): readonly DiffLine[] {
  const last = diff.at(-1)?.is;
  if (!(last === "added" && isLeftCut) && !(last === "removed" && isRightCut)) return diff;
  const end = diff.findLastIndex(({ is }) => is !== last) + 1;
  return end === 0 || diff[end - 1]?.is === "same" ? diff.slice(0, end) : diff;
}

const bytesIn = (lines: readonly DiffLine[]): number => lines.reduce((sum, { text }) => sum + text.length, 0);

function sameWords(label: string, bytes: number, compared: number, isCut: boolean): string {
  if (bytes === 0) return "Both are empty.";
  if (!isCut) return `${label}: the same ${formatExactBytes(bytes)}.`;
  if (compared === 0) return `${label}: too little was kept to compare.`;
  return `${label}: the first ${formatExactBytes(compared)} are the same.`;
}

const signs = { same: " ", removed: "−", added: "+" } as const;
const spoken = { same: "", removed: "only left: ", added: "only right: " } as const;

interface LineProps {
  readonly line: DrawnLine;
  /** Whether the text of such lines ends where the last of them does. */
  readonly isEnd: Readonly<Record<keyof typeof signs, boolean>>;
}

function Line({ line, isEnd }: LineProps) {
  if (line.is === "skipped")
    return (
      <li className="compare-skipped">{line.count === 1 ? "1 same line" : `${formatCount(line.count)} same lines`}</li>
    );
  const { text, from, to, words } = line;
  return (
    <li data-line={line.is}>
      <span aria-hidden="true" className="ui-dim compare-sign">
        {signs[line.is]}
      </span>
      <span className="ui-hidden">{spoken[line.is]}</span>
      <span className="ui-wrap compare-text">
        {from > 0 && <span className="ui-faint">{moreBytesText(from)} … </span>}
        <WordMarks text={text.slice(from, to)} words={words} />
        {to < text.length && <span className="ui-faint"> … {moreBytesText(text.length - to)}</span>}
        {isEnd[line.is] && text === line.line.text && <span className="ui-faint"> (no newline at the end)</span>}
      </span>
    </li>
  );
}

const moreBytesText = (count: number): string => (count === 1 ? "1 more byte" : `${formatCount(count)} more bytes`);
