// What a lesson says of a text or a number, held against what it was.
import { createHash } from "node:crypto";
import type { Message } from "../../contract/message.js";
import { type Fill, literally, search } from "../format/fill.js";
import type { Amount, TextFacts } from "../format/schema.js";
import { checkMessage } from "../messages.js";

/** One fact that is not as it must be. */
export interface Mismatch {
  readonly fact: string;
  /** Null: it was not there. */
  readonly got: string | null;
  readonly wanted: string;
  readonly why: Message;
}

const longest = 160;
/** For people: in quotes, and not longer than a line or two. */
export const short = (text: string): string =>
  JSON.stringify(text.length > longest ? `${text.slice(0, 120)} … ${text.slice(-30)}` : text);
const maxKept = 2000;
const cut = (text: string): string => (text.length > maxKept ? `${text.slice(0, maxKept)} …` : text);

export const differs = (fact: string, got: string, wanted: string, why?: Message): Mismatch => ({
  fact,
  got: cut(got),
  wanted: cut(wanted),
  why: why ?? checkMessage("fact-differs", { fact, got: short(got), wanted: short(wanted) }),
});

export function isAmount(is: number, wanted: Amount, filled: Fill): boolean {
  const [, sign = "=", text] = /^(<=?|>=?|=)? ?([\d.]+)$/.exec(filled(String(wanted))) ?? [];
  const than = Number(text);
  if (sign === "=") return is === than;
  if (sign.startsWith("<")) return is < than || (sign === "<=" && is === than);
  return is > than || (sign === ">=" && is === than);
}

/** "text/html*", or "/a regular expression/". */
function isLike(text: string, wanted: string, filled: Fill): boolean {
  const [, source, flags] = /^\/(.+)\/(i?)$/.exec(wanted) ?? [];
  if (source !== undefined) return search(text, source, filled, flags) !== null;
  return new RegExp(`^${filled(wanted).split("*").map(literally).join("[^]*")}$`, "i").test(text);
}

/** Compares named values: header fields, variables. `found`: the first of each name counts. */
export function pairMismatches(
  kind: string,
  found: readonly (readonly [string, string])[],
  wanted: Readonly<Record<string, string | null>>,
  filled: Fill,
): Mismatch[] {
  return Object.entries(wanted).flatMap(([name, value]): Mismatch[] => {
    const got = found.find(([known]) => known.toLowerCase() === name.toLowerCase())?.[1];
    const fact = `${kind} ${name}`;
    if (value === null) {
      if (got === undefined) return [];
      return [differs(fact, got, "", checkMessage("fact-there", { fact, got: short(got) }))];
    }
    const text = filled(value);
    if (got === undefined)
      return [{ fact, got: null, wanted: text, why: checkMessage("fact-missing", { fact, wanted: short(text) }) }];
    return isLike(got, value, filled) ? [] : [differs(fact, got, text)];
  });
}

/** Compares a body or a stream. */
export function textMismatches(fact: string, bytes: Uint8Array, wanted: string | TextFacts, filled: Fill): Mismatch[] {
  const facts: TextFacts = typeof wanted === "string" ? { has: wanted } : wanted;
  const text = Buffer.from(bytes).toString(facts.as ?? "utf-8");
  const found: Mismatch[] = [];
  type Code = "fact-differs" | "text-lacks" | "text-begins" | "text-ends" | "text-unmatched";
  const miss = (code: Code, want: string, got = text): void => {
    const why = checkMessage(code, { fact, got: short(got), wanted: code === "text-unmatched" ? want : short(want) });
    found.push(differs(fact, text, want, why));
  };
  const each = (given: string | readonly string[] | undefined): string[] => [given ?? []].flat().map(filled);
  for (const is of each(facts.is)) if (text !== is) miss("fact-differs", is);
  for (const starts of each(facts.starts)) if (!text.startsWith(starts)) miss("text-begins", starts, text.slice(0, 40));
  for (const ends of each(facts.ends)) if (!text.endsWith(ends)) miss("text-ends", ends, text.slice(-40));
  for (const has of each(facts.has)) if (!text.includes(has)) miss("text-lacks", has);
  for (const not of each(facts.hasNot))
    if (text.includes(not))
      found.push(differs(fact, text, "", checkMessage("text-contains", { fact, wanted: short(not) })));
  if (facts.matches !== undefined && search(text, facts.matches, filled) === null)
    miss("text-unmatched", filled(facts.matches));
  if (facts.bytes !== undefined && !isAmount(bytes.length, facts.bytes, filled))
    found.push(differs(`${fact} bytes`, String(bytes.length), filled(String(facts.bytes))));
  if (facts.empty !== undefined && (text === "") !== facts.empty) {
    const why = facts.empty
      ? checkMessage("text-not-empty", { fact, got: short(text) })
      : checkMessage("text-empty", { fact });
    found.push(differs(fact, text, "", why));
  }
  for (const sum of each(facts.sha256))
    if (createHash("sha256").update(bytes).digest("hex") !== sum)
      found.push(differs(fact, text, `sha256 ${sum}`, checkMessage("text-other-bytes", { fact })));
  for (const [part, count] of Object.entries(facts.count ?? {})) {
    const times = text.split(filled(part)).length - 1;
    if (!isAmount(times, count, filled))
      found.push(differs(`${fact} count of ${filled(part)}`, String(times), filled(String(count))));
  }
  return found;
}
