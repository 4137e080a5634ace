// What to know about a page that is shown: what is recorded, what sends real requests, and what happened to redirects
// and cookies. Sentences.
import type { OpenedPreview } from "../../../server/contract/preview-contract.js";
import type { PreviewBlocker, RecordedAnswer } from "../../../server/protocol/preview-eligibility.js";
import { formatCount, formatExactBytes } from "../../format/size.js";

/** How the user had the page shown in spite of an obstacle; null: there is none. */
export type Relax = PreviewBlocker["relax"];

export interface RemarksInput {
  readonly seq: number;
  readonly opened: OpenedPreview;
  readonly answer: Pick<RecordedAnswer, "bodyBytes" | "capturedBytes">;
  readonly relax: Relax;
  /** The header that forbids framing, where the page is shown all the same, because it is a view of its own. */
  readonly forbiddenBy: string | null;
}

export function remarksOf({
  seq,
  opened: { hops, asksFor, cookiesSet, cookiesKept },
  answer: { bodyBytes, capturedBytes },
  relax,
  forbiddenBy,
}: RemarksInput): string[] {
  const remarks: string[] = [];
  const recorded = [seq, ...hops.map((hop) => hop.seq)].map((number) => `#${number}`);
  remarks.push(`${listOf(recorded)} as recorded. The script was not run again.`);
  if (asksFor !== null)
    remarks.push(`The redirect leads to ${asksFor}, which was not recorded: the preview requested it just now.`);
  remarks.push("Links, forms and files of the page send real requests.");
  if (relax === "without-header") remarks.push("Shown without the header that forbids it.");
  // Also where the header was the obstacle: nothing else says that the page is cut.
  if (relax !== null && capturedBytes < bodyBytes)
    remarks.push(`Only the first ${formatCount(capturedBytes)} of ${formatExactBytes(bodyBytes)} were kept.`);
  if (forbiddenBy !== null) remarks.push(`${forbiddenBy}: other origins must not show this page in a frame.`);
  if (cookiesSet.length > 0) remarks.push(`${cookieWord(cookiesSet)} set.`);
  const again = cookiesKept.filter((cookie) => cookie.seq === seq).map((cookie) => cookie.name);
  if (again.length > 0) remarks.push(`${cookieWord(again)} not set again.`);
  for (const { name, seq: newer } of cookiesKept)
    if (newer !== seq) remarks.push(`Cookie ${name} keeps its value from #${newer}.`);
  return remarks;
}

const cookieWord = (names: readonly string[]): string =>
  `${names.length === 1 ? "Cookie" : "Cookies"} ${listOf(names)}`;

export function listOf(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
}
