// The encoding of a page, examined once for all rules about it.
import {
  type BodyEncoding,
  type BodyProblem,
  type BodyProblemKind,
  examineBody,
} from "../../formats/encodings/body-encoding.js";
import { spacedHex } from "../../protocol/hex.js";
import type { Bytes, TraceFacts } from "../base/facts.js";
import { remembered } from "../base/remembered.js";
import type { Occurrence } from "../base/rule.js";
import { blankLine, rangeIn } from "./output.js";

/** How much of a page is examined. */
const examinedBytes = 512 << 10;

export interface PageEncoding extends BodyEncoding {
  /** Offset of the page in stdout. */
  readonly from: number;
  readonly stdout: Bytes;
}

/** null if the body is missing, compressed or not text. */
export const pageEncoding = remembered((facts: TraceFacts): PageEncoding | null => {
  const { script, stdout } = facts;
  const end = blankLine(facts);
  if (
    !script ||
    script.kind === "invalid" ||
    script.kind === "nph" ||
    !stdout ||
    end === null ||
    stdout.bytes <= end.to
  )
    return null;
  const field = (name: string): string => script.headers.findLast(([key]) => key.toLowerCase() === name)?.[1] ?? "";
  if (field("content-encoding") !== "") return null;
  const body = stdout.read(end.to, examinedBytes);
  const found = examineBody(
    field("content-type"),
    body,
    end.to + body.length === stdout.bytes && facts.outcome === "ok",
  );
  return found === null ? null : { ...found, from: end.to, stdout };
});

export const findBodyProblem = (page: PageEncoding | null, kind: BodyProblemKind): BodyProblem | null =>
  page?.problems.find((problem) => problem.kind === kind) ?? null;

/** The location of a finding: the first occurrence, or the first byte of the page. */
export function problemLocation(
  { from, stdout }: PageEncoding,
  { ranges }: BodyProblem,
): Pick<Occurrence, "stream" | "range"> {
  const [start, end] = ranges[0] ?? [0, 1];
  return { stream: "stdout", range: rangeIn(stdout, from + start, from + end) };
}

/** " Browsers show “GrÃ¼n” instead of “Grün”.", to append to a detail. */
export const exampleSentence = ({ example }: BodyProblem): string =>
  example === null || example.shown === example.meant
    ? ""
    : ` Browsers show “${example.shown}” instead of “${example.meant}”.`;

export const places = (count: number): string => (count === 1 ? "One place" : `${count} places`);

export const times = (count: number): string => (count === 1 ? "once" : count === 2 ? "twice" : `${count} times`);

/** At most eight bytes of the first occurrence: "`c3 bc`". */
export function firstBytes({ stdout, from }: PageEncoding, { ranges }: BodyProblem): string {
  const [start, end] = ranges[0] ?? [0, 1];
  return `\`${spacedHex(stdout.read(from + start, Math.min(8, end - start)))}\``;
}

/** What declares the encoding, as a clause. */
export function declarationClause({ browser }: BodyEncoding): string {
  const { header, inPage } = browser;
  if (browser.from === "header" && header !== null) return `\`Content-Type\` declares ${header.name}`;
  if (browser.from === "meta" && inPage !== null) return `the page's \`<meta>\` declares ${inPage.name}`;
  if (browser.from === "xml-declaration" && inPage !== null) return `the XML declaration declares ${inPage.name}`;
  if (browser.from === "bom") return "the page begins with a byte order mark";
  if (browser.from === "type") return "this media type is always UTF-8";
  return "nothing declares an encoding";
}
