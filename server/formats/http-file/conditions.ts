// What a request of a file asserts of its response, and what it takes from it for the requests behind it. Both are
// comments, which other tools leave alone: `# @assert status == 200`, `# @capture token = body matches /token=(\w+)/`.
import { type Message, wordsOf } from "../../contract/message.js";

import { isTokenText } from "../../protocol/token.js";
import { quotedText, visibleText } from "../../protocol/visible-text.js";
import { httpFileMessage } from "./messages.js";
import { trimmed } from "./white-space.js";

export const comparisons = ["==", "!=", "<", "<=", ">", ">="] as const;
export type ComparisonOperator = (typeof comparisons)[number];
/** With a value, and without. */
const valueTests = ["==", "!=", "contains", "lacks", "matches"] as const;
const bareTests = ["exists", "missing", "empty"] as const;
type ValueTest = (typeof valueTests)[number];
type BareTest = (typeof bareTests)[number];

/** `/…/`: `i`, `m` and `s` alone. */
export interface Expression {
  readonly pattern: string;
  readonly flags: string;
}
export type TextTest =
  | { readonly is: Exclude<ValueTest, "matches">; readonly value: string }
  | ({ readonly is: "matches" } & Expression)
  | { readonly is: BareTest };

export type Assertion =
  /** From and up to, both included: 200 and 200, or 200 and 299 for 2xx. */
  | { readonly subject: "status"; readonly is: ComparisonOperator; readonly range: readonly [number, number] }
  | { readonly subject: "took"; readonly is: ComparisonOperator; readonly ms: number }
  /** No finding above this; null: none at all. */
  | { readonly subject: "finding"; readonly above: "hint" | "warning" | null }
  | { readonly subject: "field" | "env"; readonly name: string; readonly test: TextTest }
  | { readonly subject: "body" | "stderr"; readonly test: TextTest };

type CaptureSource =
  | { readonly kind: "body" }
  | { readonly kind: "field"; readonly name: string }
  | { readonly kind: "cookie"; readonly name: string };
export interface Capture {
  readonly variable: string;
  readonly source: CaptureSource;
  /** Its first group that took part, or all of it; null: the whole value. */
  readonly matches: Expression | null;
}

/** What is wrong, and where in the text: `[from, to)`. */
interface ConditionMistake {
  readonly from: number;
  readonly to: number;
  readonly why: Message;
}
type Parsed<T> = { readonly value: T } | { readonly mistake: ConditionMistake };

/** The words of a text, read one after the other. */
class Words {
  readonly text: string;
  #at = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** The next word; "" at the end. */
  next(): { readonly text: string; readonly from: number; readonly to: number } {
    const from = this.#at + (/^[\t-\r ]*/.exec(this.text.slice(this.#at))?.[0].length ?? 0);
    const word = /^[^\t-\r ]+/.exec(this.text.slice(from))?.[0] ?? "";
    this.#at = from + word.length;
    return { text: word, from, to: this.#at };
  }

  /** All that is left, without the spaces around it. */
  rest(): { readonly text: string; readonly from: number; readonly to: number } {
    const left = this.text.slice(this.#at);
    const from = this.#at + (/^[\t-\r ]*/.exec(left)?.[0].length ?? 0);
    const text = trimmed(left);
    this.#at = this.text.length;
    return { text, from, to: from + text.length };
  }
}

class Wrong extends Error {
  readonly mistake: ConditionMistake;
  constructor({ from, to }: { readonly from: number; readonly to: number }, why: Message) {
    super(wordsOf(why.text));
    this.mistake = { from, to, why };
  }
}

function parsed<T>(text: string, parse: (words: Words) => T): Parsed<T> {
  try {
    return { value: parse(new Words(text)) };
  } catch (error) {
    if (error instanceof Wrong) return { mistake: error.mistake };
    throw error;
  }
}

/** What stands behind `@assert`. */
export const parseAssertion = (text: string): Parsed<Assertion> => parsed(text, assertionOf);

function assertionOf(words: Words): Assertion {
  const subject = words.next();
  switch (subject.text) {
    case "status":
      return { subject: "status", is: comparisonOf(words, "status"), range: statusOf(words) };
    case "took":
      return { subject: "took", is: comparisonOf(words, "took"), ms: timeOf(words) };
    case "no":
      return findingOf(words);
    case "field":
    case "env": {
      const name = words.next();
      if (name.text === "")
        throw new Wrong(subject, httpFileMessage("subject-name-missing", { subject: subject.text }));
      if (subject.text === "field" && !isTokenText(name.text))
        throw new Wrong(name, httpFileMessage("header-name-invalid", { name: name.text }));
      return { subject: subject.text, name: name.text, test: textTestOf(words, subject.text) };
    }
    case "body":
    case "stderr":
      return { subject: subject.text, test: textTestOf(words, subject.text) };
    default:
      throw new Wrong(subject, httpFileMessage("subject-unknown", { subject: subject.text }));
  }
}

function comparisonOf(words: Words, subject: string): ComparisonOperator {
  const word = words.next();
  const found = comparisons.find((one) => one === word.text);
  if (found === undefined) throw new Wrong(word, httpFileMessage("test-unknown", { subject, tests: comparisons }));
  return found;
}

function statusOf(words: Words): [number, number] {
  const word = words.rest();
  const [, first = "", digits] = /^([1-9])(\d\d|xx)$/i.exec(word.text) ?? [];
  if (digits === undefined) throw new Wrong(word, httpFileMessage("status-invalid", { text: word.text }));
  const from = Number(first) * 100;
  return digits.toLowerCase() === "xx" ? [from, from + 99] : [from + Number(digits), from + Number(digits)];
}

function timeOf(words: Words): number {
  const word = words.rest();
  const [, digits, unit] = /^(\d{1,9}(?:\.\d{1,6})?) ?(ms|s)$/.exec(word.text) ?? [];
  if (digits === undefined) throw new Wrong(word, httpFileMessage("time-invalid", { text: word.text }));
  return Number(digits) * (unit === "s" ? 1000 : 1);
}

function findingOf(words: Words): Assertion {
  const finding = words.next();
  if (finding.text !== "finding")
    throw new Wrong(finding, httpFileMessage("subject-unknown", { subject: `no ${finding.text}` }));
  const above = words.next();
  if (above.text === "") return { subject: "finding", above: null };
  const severity = words.rest();
  if (above.text !== "above") throw new Wrong(above, httpFileMessage("value-unexpected", { test: "no finding" }));
  if (severity.text !== "hint" && severity.text !== "warning")
    throw new Wrong(severity, httpFileMessage("severity-unknown", { text: severity.text }));
  return { subject: "finding", above: severity.text };
}

function textTestOf(words: Words, subject: string): TextTest {
  const word = words.next();
  const given = word.text === "equals" ? "==" : word.text;
  const value = words.rest();
  const bare = bareTests.find((one) => one === given);
  if (bare !== undefined) {
    if (value.text !== "") throw new Wrong(value, httpFileMessage("value-unexpected", { test: bare }));
    return { is: bare };
  }
  const is = valueTests.find((one) => one === given);
  if (is === undefined)
    throw new Wrong(word, httpFileMessage("test-unknown", { subject, tests: [...valueTests, ...bareTests] }));
  if (value.text === "") throw new Wrong(word, httpFileMessage("value-missing", { test: word.text }));
  return is === "matches" ? { is, ...expressionOf(value) } : { is, value: unquoted(value) };
}

type Word = ReturnType<Words["next"]>;

function expressionOf(word: Word): Expression {
  const [, pattern, flags = ""] = /^\/(.+)\/([ims]{0,3})$/.exec(word.text) ?? [];
  if (pattern === undefined || !isExpression(pattern))
    throw new Wrong(word, httpFileMessage("expression-invalid", { text: word.text }));
  return { pattern, flags };
}

/**
 * RE2, which runs it, would be long to load: JavaScript reads it here, without what it does not know of RE2's syntax.
 * Lookaround and backreferences, which RE2 does not have, fail when it runs.
 */
function isExpression(pattern: string): boolean {
  const filled = pattern.replace(/\{\{[^{}]+\}\}/g, "x");
  // `(?i)`, `(?i:…)` and `(?P<name>…)`
  const plain = filled.replace(/(\\.)|\(\?(?:P(?=<)|[imsU-]+(?=[:)]))/g, (_, kept?: string) => kept ?? "(?:");
  try {
    return new RegExp(plain) instanceof RegExp;
  } catch {
    return false; // a SyntaxError: the caller names the expression
  }
}

/** In quotation marks it is written as in JSON. */
function unquoted(word: Word): string {
  if (!word.text.startsWith('"')) return word.text;
  try {
    const text: unknown = JSON.parse(word.text);
    if (typeof text === "string") return text;
  } catch {
    // not JSON: reported below
  }
  throw new Wrong(word, httpFileMessage("value-open-quote"));
}

/** What stands behind `@capture`. */
export const parseCapture = (text: string): Parsed<Capture> => parsed(text, captureOf);

/** Where the value comes from, and an expression that it matches. */
const sourceAndExpression = /^(body|(?:field|cookie)[\t-\r ]+[^\t-\r ]+)(?:[\t-\r ]+matches[\t-\r ]+([^\t-\r ].*))?$/;

function captureOf(words: Words): Capture {
  const all = { from: 0, to: words.text.length };
  const [, variable, rest = ""] = /^([A-Za-z_][\w.-]*)[\t-\r ]*=[\t-\r ]*(.*)$/.exec(trimmed(words.text)) ?? [];
  const [, source, given = ""] = sourceAndExpression.exec(rest) ?? [];
  if (variable === undefined || source === undefined) throw new Wrong(all, httpFileMessage("capture-invalid"));
  const at = words.text.lastIndexOf(given);
  const matches = given === "" ? null : expressionOf({ text: given, from: at, to: at + given.length });
  const [kind, name = ""] = source.split(/[\t-\r ]+/);
  if (kind === "cookie") return { variable, source: { kind, name }, matches };
  if (kind !== "field") return { variable, source: { kind: "body" }, matches };
  if (!isTokenText(name)) throw new Wrong(all, httpFileMessage("header-name-invalid", { name }));
  return { variable, source: { kind, name }, matches };
}

/** The text that parses to this assertion. */
export function writeAssertion(assertion: Assertion): string {
  switch (assertion.subject) {
    case "status": {
      const [from, to] = assertion.range;
      return `status ${assertion.is} ${from === to ? from : `${from / 100}xx`}`;
    }
    case "took":
      return `took ${assertion.is} ${assertion.ms}ms`;
    case "finding":
      return assertion.above === null ? "no finding" : `no finding above ${assertion.above}`;
    case "field":
    case "env":
      return `${assertion.subject} ${assertion.name} ${writeTest(assertion.test)}`;
    default:
      return `${assertion.subject} ${writeTest(assertion.test)}`;
  }
}

export function writeTest(test: TextTest): string {
  if (test.is === "matches") return `matches /${test.pattern}/${test.flags}`;
  return "value" in test ? `${test.is} ${quoted(test.value)}` : test.is;
}

/** Bare where that reads the same. */
const quoted = (value: string): string => (value.startsWith('"') ? quotedText(value) : visibleText(value));

/** The text that parses to this capture. */
export function writeCapture({ variable, source, matches }: Capture): string {
  const from = source.kind === "body" ? "body" : `${source.kind} ${source.name}`;
  return `${variable} = ${from}${matches === null ? "" : ` matches /${matches.pattern}/${matches.flags}`}`;
}
