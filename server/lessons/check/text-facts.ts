// What a lesson says of a text or a number, held against what it was.
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
const short = (text: string): string =>
  JSON.stringify(text.length > longest ? `${text.slice(0, 120)} … ${text.slice(-30)}` : text);
const maxKept = 2000;
const cut = (text: string): string => (text.length > maxKept ? `${text.slice(0, maxKept)} …` : text);

export const differs = (fact: string, got: string, wanted: string, why?: Message): Mismatch => ({
  fact,
  got: cut(got),
  wanted: cut(wanted),
  why: why ?? checkMessage("fact-differs", { fact, got: short(got), wanted: short(wanted) }),
});

function isAmount(is: number, wanted: string): boolean {
  const [, sign = "=", text] = /^(<=?|>=?|=)? ?([\d.]+)$/.exec(wanted) ?? [];
  const than = Number(text);
  if (sign.endsWith("=") && is === than) return true;
  return (sign.startsWith("<") && is < than) || (sign.startsWith(">") && is > than);
}

/** Null: the amount is as it must be. */
export function amountMismatch(fact: string, is: number, wanted: Amount, filled: Fill): Mismatch | null {
  const want = filled(String(wanted));
  return isAmount(is, want) ? null : differs(fact, String(Math.round(is)), want);
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
    const got = valueNamed(found, name);
    const fact = `${kind} ${name}`;
    if (value === null)
      return got === undefined ? [] : [differs(fact, got, "", checkMessage("fact-there", { fact, got: short(got) }))];
    const text = filled(value);
    if (got === undefined)
      return [{ fact, got: null, wanted: text, why: checkMessage("fact-missing", { fact, wanted: short(text) }) }];
    return isLike(got, value, filled) ? [] : [differs(fact, got, text)];
  });
}

export const valueNamed = (pairs: readonly (readonly [string, string])[], name: string): string | undefined =>
  pairs.find(([known]) => known.toLowerCase() === name.toLowerCase())?.[1];

type Change = (text: string) => string;
const unchanged: Change = (text) => text;
/** CR LF counts as one line end. */
const withLineFeeds: Change = (text) => text.replaceAll("\r\n", "\n");
/** A text may lack its last line end. */
const withLastLineEnd: Change = (text) => text.replace(/\n?$/, "\n");

const comparisons = [
  ["is", "fact-differs", (text: string, want: string, ended: Change) => ended(text) === ended(want)],
  ["starts", "text-begins", (text: string, want: string, ended: Change) => ended(text).startsWith(want)],
  ["ends", "text-ends", (text: string, want: string, ended: Change) => ended(text).endsWith(ended(want))],
  [
    "has",
    "text-lacks",
    (text: string, want: string, ended: Change) => (want === "\n" ? text : ended(text)).includes(want),
  ],
  ["hasNot", "text-contains", (text: string, want: string) => !text.includes(want)],
] as const;

/** Compares a body or a stream. */
export function textMismatches(fact: string, bytes: Uint8Array, wanted: string | TextFacts, filled: Fill): Mismatch[] {
  const facts: TextFacts = typeof wanted === "string" ? { has: wanted } : wanted;
  const text = Buffer.from(bytes).toString(facts.as ?? "utf-8");
  const isExact = facts.as !== undefined;
  const comparable = isExact ? unchanged : withLineFeeds;
  const ended = isExact ? unchanged : withLastLineEnd;
  const found: (Mismatch | null)[] = comparisons.flatMap(([name, code, isSo]) =>
    [facts[name] ?? []].flat().map((given) => {
      const want = filled(given);
      const got = short(code === "text-begins" ? text.slice(0, 40) : code === "text-ends" ? text.slice(-40) : text);
      const why = checkMessage(code, { fact, got, wanted: short(want) });
      return isSo(comparable(text), comparable(want), ended)
        ? null
        : differs(fact, text, code === "text-contains" ? "" : want, why);
    }),
  );
  if (facts.matches !== undefined && search(text, facts.matches, filled) === null) {
    const want = filled(facts.matches);
    found.push(differs(fact, text, want, checkMessage("text-unmatched", { fact, wanted: want })));
  }
  if (facts.bytes !== undefined) found.push(amountMismatch(`${fact} bytes`, bytes.length, facts.bytes, filled));
  if (facts.empty !== undefined && (text === "") !== facts.empty) {
    const code = facts.empty ? "text-not-empty" : "text-empty";
    found.push(differs(fact, text, "", checkMessage(code, { fact, got: short(text) })));
  }
  for (const [part, count] of Object.entries(facts.count ?? {}))
    found.push(amountMismatch(`${fact} count of ${filled(part)}`, text.split(filled(part)).length - 1, count, filled));
  return found.filter((one) => one !== null);
}
