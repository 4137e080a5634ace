// What the rules about a page's characters share: its bytes examined once for all of them.
import {
  type BodyEncoding,
  type BodyProblem,
  type BodyProblemKind,
  examineBody,
} from "../../protocol/encoding/body-encoding.js";
import type { Found } from "../engine/rule.js";
import type { Bytes, TraceFacts } from "../engine/subject.js";
import { emptyLine, rangeIn } from "./output.js";

/** So much of a page is looked at. */
const lookedBytes = 512 << 10;

export interface PageEncoding extends BodyEncoding {
  /** Offset of the page in stdout. */
  readonly from: number;
  readonly stdout: Bytes;
}

const examined = new WeakMap<object, PageEncoding | null>();

/** null for what is no text, is compressed, or is not there. */
export function pageEncoding(facts: TraceFacts): PageEncoding | null {
  const known = examined.get(facts);
  if (known !== undefined) return known;
  const fresh = examine(facts);
  examined.set(facts, fresh);
  return fresh;
}

function examine(facts: TraceFacts): PageEncoding | null {
  const { script, stdout } = facts;
  const end = emptyLine(facts);
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
  const body = stdout.read(end.to, lookedBytes);
  const found = examineBody(
    field("content-type"),
    body,
    end.to + body.length === stdout.bytes && facts.outcome === "ok",
  );
  return found === null ? null : { ...found, from: end.to, stdout };
}

export const problemOf = (page: PageEncoding | null, kind: BodyProblemKind): BodyProblem | null =>
  page?.problems.find((problem) => problem.kind === kind) ?? null;

/** The finding's bytes: the first place, or the whole page when there is none. */
export function pagePlace({ from, stdout }: PageEncoding, { ranges }: BodyProblem): Pick<Found, "stream" | "range"> {
  const [start, end] = ranges[0] ?? [0, 1];
  return { stream: "stdout", range: rangeIn(stdout, from + start, from + end) };
}

/** " The browser shows “GrÃ¼n” where “Grün” was meant." */
export const exampleWords = ({ example }: BodyProblem): string =>
  example === null || example.shown === example.meant
    ? ""
    : ` The browser shows “${example.shown}” where “${example.meant}” was meant.`;

export const places = (count: number): string => (count === 1 ? "One place" : `${count} places`);

/** The bytes as people write them: "C3 BC". At most eight. */
export function hexOf({ stdout, from }: PageEncoding, range: readonly [number, number]): string {
  const bytes = stdout.read(from + range[0], Math.min(8, range[1] - range[0]));
  return [...bytes].map((byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join(" ");
}

/** How a charset's name was given, in words. */
export function declarationWords({ browser }: BodyEncoding): string {
  const { header, inPage } = browser;
  if (browser.from === "header" && header !== null) return `Content-Type says charset=${header.name}`;
  if (browser.from === "meta" && inPage !== null) return `the page's <meta> says ${inPage.name}`;
  if (browser.from === "xml-declaration" && inPage !== null) return `the XML declaration says ${inPage.name}`;
  if (browser.from === "bom") return "the page begins with a byte order mark";
  if (browser.from === "type") return "this type always is UTF-8";
  return "nobody says which encoding it is";
}
