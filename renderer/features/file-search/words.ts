// What a search has done so far, in words.
import { maxExaminedFiles, maxExpressionLine } from "../../../server/contract/limits.js";
import type { Replacement, SearchProgress } from "../../../server/contract/search-contract.js";
import { plural } from "../../format/plural.js";
import { formatBytes, formatCount } from "../../format/size.js";

const seconds = (ms: number): string => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);

/** `files`: those with a match. */
export function summaryOf(progress: SearchProgress, files: number, state: "searching" | "cancelled" | "ended"): string {
  const { matches, cutLines, searched, binary, skipped } = progress;
  const found = `${plural(matches, "match", "matches")} in ${plural(files, "file")}`;
  const of = `${formatCount(searched)} of ${plural(progress.files, "file")}`;
  if (state === "searching") return `${found}. Searching: ${of}…`;
  if (state === "cancelled") return `${found}. Cancelled after ${of}.`;
  const sentences = [`${found}. ${plural(searched, "file")} searched in ${seconds(progress.ms)}.`];
  if (binary > 0) sentences.push(`${plural(binary, "binary file")} left out.`);
  if (skipped > 0)
    sentences.push(
      `Left out: ${plural(skipped, "file")} larger than ${formatBytes(progress.maxFileBytes)} or unreadable.`,
    );
  if (cutLines > 0) sentences.push(cutText(cutLines));
  const ended = endText(progress);
  if (ended !== null) sentences.push(ended);
  return sentences.join(" ");
}

/** Of lines that are longer than a regular expression is tried on. */
const cutText = (lines: number): string =>
  `The rest of ${plural(lines, "line")} was not searched: a regular expression is tried on the first ${formatCount(maxExpressionLine)} characters.`;

export const replacedText = (matches: number, files: number): string =>
  `Replaced ${plural(matches, "match", "matches")} in ${plural(files, "file")}.`;

/** What a replacement of these files leaves, with a blank before it; empty: nothing. */
export function leftText(files: readonly Pick<Replacement, "cutLines">[], { rest, progress }: Left): string {
  const cutLines = files.reduce((sum, file) => sum + file.cutLines, 0);
  const sentences = [
    cutLines > 0 ? cutText(cutLines) : null,
    rest > 0 ? restText(rest) : null,
    progress === null ? null : endText(progress),
  ];
  return sentences.map((sentence) => (sentence === null ? "" : ` ${sentence}`)).join("");
}
interface Left {
  /** As of `restText`. */
  readonly rest: number;
  /** Of the search that found the files. */
  readonly progress: SearchProgress | null;
}

/** Why a search has not searched everything; null: it has. */
function endText(progress: SearchProgress): string | null {
  const { end } = progress;
  if (end === null) return "The search was not finished: not every file was searched.";
  return end === "all" ? null : bounds[end](progress);
}

interface DoneWords {
  readonly text: string;
  /** Of the replacement before, which can be undone in place of this one. */
  readonly earlier: string | null;
}
/** `isPast`: another search was made since. */
export const doneText = ({ text, earlier }: DoneWords, isPast: boolean): string =>
  (isPast ? earlierText(text) : text) + (earlier === null ? "" : ` ${earlierText(earlier)}`);
const earlierText = (text: string): string => `Earlier: ${text}`;

export const restoredText = (files: number): string => `Restored ${plural(files, "file")}.`;

/** `files`: how many a replacement leaves, because there are more than it takes. */
export const restText = (files: number): string =>
  `${plural(files, "further file")} with matches ${files === 1 ? "stays as it is" : "stay as they are"}: one replacement takes at most ${formatCount(maxExaminedFiles)} files. Find again afterwards for the rest.`;

const bounds = {
  matches: ({ maxMatches }) => `The search ended after ${formatCount(maxMatches)} matches: there may be more.`,
  bytes: ({ maxBytes }) => `The search ended after ${formatBytes(maxBytes)}: not every file was searched.`,
  time: ({ maxMs }) => `The search ended after ${maxMs / 1000} s: not every file was searched.`,
  list: () => "The folder has more files than the list: those were not searched.",
} as const satisfies Record<string, (progress: SearchProgress) => string>;
