// Holds a response to the assertions of its request, and takes captured values from it.
import type { ByteString } from "../../contract/bytes-text.js";
import { type Sentence, wordsOf } from "../../contract/message.js";
import { latin1, toBytes, utf8 } from "../../protocol/byte-string.js";
import { firstValue, valuesOf } from "../../protocol/header-values.js";
import type { HeaderPair } from "../../protocol/request.js";
import {
  type Assertion,
  type Capture,
  type ComparisonOperator,
  type Expression,
  type TextTest,
  writeTest,
} from "./conditions.js";
import { trimmed } from "./white-space.js";

/** What a request led to. */
export interface Observed {
  /** Null: there was no response. 0: it has no status line. */
  readonly status: number | null;
  readonly headers: readonly HeaderPair[];
  readonly body: ByteString;
  readonly tookMs: number | null;
  readonly findings: readonly { readonly severity: "error" | "warning" | "hint"; readonly title: Sentence }[];
  /** As the script saw it; null: none ran. */
  readonly env: readonly { readonly name: ByteString; readonly value: ByteString }[] | null;
  /** The first bytes of it, as far as they were kept; and how many the script wrote. */
  readonly stderr: ByteString;
  readonly stderrBytes: number;
}

/** `got` null: nothing. */
export interface Failure {
  readonly expected: string;
  readonly got: string | null;
  /** It would hold of the bytes that were kept. */
  readonly cut?: { readonly captured: number; readonly bytes: number };
}

/** The groups of the first match, the match itself first; null: there is none. */
export type Search = (expression: Expression, text: string) => readonly (string | null)[] | null;

export interface CheckTools {
  readonly search: Search;
  /** A text of the file as its bytes; and any bytes as text. */
  readonly encode: (text: string) => ByteString;
  readonly decode: (bytes: ByteString) => string;
  /** The bytes with the values of their variables, each as `quote` writes it. */
  readonly fill: (bytes: ByteString, quote?: (value: string) => string) => ByteString;
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
export const textOf = (bytes: ByteString): string => decoder.decode(toBytes(bytes));

/** Null: it holds. */
export function checkAssertion(assertion: Assertion, observed: Observed, tools: CheckTools): Failure | null {
  switch (assertion.subject) {
    case "status": {
      const { is, range } = assertion;
      const [from, to] = range;
      const expected = `${is} ${from === to ? from : `${from / 100}xx`}`;
      const { status } = observed;
      if (status === null || status === 0) return { expected, got: null };
      return compares(is, status, range) ? null : { expected, got: String(status) };
    }
    case "took": {
      const { is, ms } = assertion;
      const { tookMs } = observed;
      const expected = `${is} ${ms} ms`;
      if (tookMs === null) return { expected, got: null };
      return compares(is, tookMs, [ms, ms]) ? null : { expected, got: `${Math.round(tookMs * 10) / 10} ms` };
    }
    case "finding": {
      const above = { none: 0, hint: 1, warning: 2 }[assertion.above ?? "none"];
      const found = observed.findings.filter(({ severity }) => ({ hint: 1, warning: 2, error: 3 })[severity] > above);
      if (found.length === 0) return null;
      return {
        expected: assertion.above === null ? "no finding" : `no finding above ${assertion.above}`,
        got: found.map(({ severity, title }) => `${severity}: ${wordsOf(title)}`).join("; "),
      };
    }
    case "field": {
      const values = valuesOf(observed.headers, assertion.name.toLowerCase());
      return checkTexts(assertion.test, observed.status === null ? null : values, tools);
    }
    case "env": {
      const name = tools.encode(assertion.name);
      const values = observed.env?.flatMap((one) => (one.name === name ? [one.value] : []));
      return checkTexts(assertion.test, values ?? null, tools);
    }
    case "body":
      return checkTexts(assertion.test, observed.status === null ? null : [observed.body], tools);
    case "stderr":
      return checkStderr(assertion.test, observed, tools);
  }
}

function checkStderr(test: TextTest, { stderr, stderrBytes }: Observed, tools: CheckTools): Failure | null {
  const cut = { captured: stderr.length, bytes: stderrBytes };
  if (cut.captured === cut.bytes) return checkTexts(test, [stderr], tools);
  const { wanted, expected } = filled(test, tools);
  const mayEqual = wanted.length === cut.bytes && wanted.startsWith(stderr);
  if (test.is === "!=" && !mayEqual) return null;
  const failure = checkTexts(test, [stderr], tools);
  if (failure !== null || !needsAll.has(test.is)) return failure;
  return { expected, got: tools.decode(stderr), cut };
}

function compares(is: ComparisonOperator, value: number, [from, to]: readonly [number, number]): boolean {
  switch (is) {
    case "==":
      return from <= value && value <= to;
    case "!=":
      return value < from || to < value;
    case "<":
      return value < from;
    case "<=":
      return value <= to;
    case ">":
      return value > to;
    case ">=":
      return value >= from;
  }
}

/** What follows the bytes that were kept could make it false. */
const needsAll: ReadonlySet<TextTest["is"]> = new Set(["==", "!=", "lacks", "empty"]);

/** With the values of its variables. `wanted`: the value of a test that has one. */
function filled(test: TextTest, { encode, decode, fill }: CheckTools) {
  const wanted = fill(encode("value" in test ? test.value : ""));
  const full = "pattern" in test ? { ...test, pattern: decode(fill(encode(test.pattern), quoted)) } : test;
  const expected = writeTest("value" in full ? { is: full.is, value: decode(wanted) } : full);
  return { test: full, wanted, expected };
}

/** Of several values one is enough; `!=` and `lacks` ask all. Nothing holds of null: there was nothing to observe. */
function checkTexts(given: TextTest, values: readonly ByteString[] | null, tools: CheckTools): Failure | null {
  const { test, wanted, expected } = filled(given, tools);
  if (values !== null && holds(test, wanted, values, tools)) return null;
  return { expected, got: values?.length ? values.map(tools.decode).join(", ") : null };
}

/** `wanted`: the value of a test that has one. */
function holds(
  test: TextTest,
  wanted: ByteString,
  values: readonly ByteString[],
  { search, decode }: CheckTools,
): boolean {
  switch (test.is) {
    case "exists":
      return values.length > 0;
    case "missing":
      return values.length === 0;
    case "empty":
      return values.length > 0 && values.every((value) => value === "");
    case "matches":
      return values.some((value) => search(test, decode(value)) !== null);
    case "==":
      return values.includes(wanted);
    case "!=":
      return !values.includes(wanted);
    case "contains":
      return values.some((value) => value.includes(wanted));
    case "lacks":
      return !values.some((value) => value.includes(wanted));
  }
}

/** In an expression: each character stands for itself. */
const quoted = (value: string): string => value.replace(/[!-/:-@[-^`{-~]/g, "\\$&");

/** Null: the response does not have it. */
export function captureFrom(
  { source, matches }: Capture,
  { headers, body, status }: Observed,
  search: Search,
): string | null {
  if (status === null) return null;
  const value = source.kind === "body" ? body : valueIn(headers, source);
  if (value === null) return null;
  const text = textOf(value);
  if (matches === null) return text;
  const groups = search(matches, text);
  if (groups === null) return null;
  const [all = null, ...others] = groups;
  return others.find((group) => group !== null) ?? all;
}

function valueIn(
  headers: readonly HeaderPair[],
  { kind, name }: { readonly kind: "field" | "cookie"; readonly name: string },
): ByteString | null {
  if (kind === "field") return firstValue(headers, name.toLowerCase());
  const start = `${utf8(name)}=`;
  const set = valuesOf(headers, "set-cookie").findLast((line) => line.startsWith(start));
  const [pair = ""] = set?.split(";", 1) ?? [];
  return set === undefined ? null : latin1(trimmed(pair.slice(start.length)));
}
