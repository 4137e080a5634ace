// A stream of both traces as the lines that went and came, with the lines round them.
import { useMemo } from "react";
import type { StreamInfo, StreamName } from "../../../server/contract/trace.js";
import { type DiffLine, diffLines, type ShownLine, withContext } from "../../format/diff-lines.js";
import { formatBytes, formatCount, formatExactBytes } from "../../format/size.js";
import { type Word, wordsOfLines } from "./changed-words.js";
import { comparedBytes, isCutOff, useText } from "./use-text.js";
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
  const [isLeftCut, isRightCut] = [isCutOff(left.info), isCutOff(right.info)];
  const diff = useMemo(
    () => a.lines && b.lines && withoutUnknownEnd(diffLines(a.lines, b.lines), isLeftCut, isRightCut),
    [a.lines, b.lines, isLeftCut, isRightCut],
  );
  const lines = useMemo(() => diff && withContext(diff, context), [diff]);
  const words = useMemo(() => diff && wordsOfLines(diff), [diff]);
  const error = a.error ?? b.error;
  if (error !== null) return <p className="ui-bad">{error}</p>;
  if (diff === null || lines === null) return <p className="ui-dim">Reading…</p>;
  const isSame = lines.every(({ is }) => is === "skipped");
  const isCut = isLeftCut || isRightCut;
  const isEnd = { same: !isCut, removed: !isLeftCut, added: !isRightCut };
  const [leftBytes, rightBytes] = [left.info?.bytes ?? 0, right.info?.bytes ?? 0];
  return (
    <>
      {isSame ? (
        <p className="ui-dim">{sameWords(label, Math.max(leftBytes, rightBytes), bytesIn(diff), isCut)}</p>
      ) : (
        <ol className="compare-lines ui-mono" aria-label={label}>
          {lines.slice(0, maxShownLines).map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one comparison never move
            <Line key={index} line={line} words={(line.is !== "skipped" && words?.get(line)) || null} isEnd={isEnd} />
          ))}
        </ol>
      )}
      {lines.length > maxShownLines && (
        <p className="ui-dim">{formatCount(lines.length - maxShownLines)} more lines are not shown.</p>
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

const withoutLineEnd = (text: string): string => text.replace(/\n$/, "");

const signs = { same: " ", removed: "−", added: "+" } as const;
const spoken = { same: "", removed: "only left: ", added: "only right: " } as const;

interface LineProps {
  readonly line: ShownLine;
  readonly words: readonly Word[] | null;
  /** Whether the text of such lines ends where the last of them does. */
  readonly isEnd: Readonly<Record<keyof typeof signs, boolean>>;
}

function Line({ line, words, isEnd }: LineProps) {
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
        {isEnd[line.is] && !line.text.endsWith("\n") && <span className="ui-faint"> (no newline at the end)</span>}
      </span>
    </li>
  );
}
