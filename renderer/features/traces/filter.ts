// The trace list's filter: `status:5xx -method:GET took:>100ms "some text" /regular expression/`. Terms are all meant at once; a minus
// turns a term round. Plain text is looked for in method, target, file and status.
import { isFailed } from "../../../server/contract/failure.js";
import { isMode, modeNames } from "../../../server/contract/modes.js";
import type { Origin, TraceRow } from "../../../server/contract/trace.js";
import { modeName, outcomeName } from "../../format/trace-labels.js";

export type RowTest = (row: TraceRow) => boolean;
/** `test` null: everything is shown. */
export type Filter =
  | { readonly ok: true; readonly test: RowTest | null }
  | { readonly ok: false; readonly why: string };

export interface FilterKey {
  /** With its colon. */
  readonly key: string;
  readonly what: string;
  /** What one may begin with. */
  readonly examples: readonly string[];
}

const origins: Readonly<Record<Origin, true>> = {
  composer: true,
  browser: true,
  replay: true,
  cli: true,
  other: true,
};

export const filterKeys: readonly FilterKey[] = [
  {
    key: "status:",
    what: "The status sent, or how it ended",
    examples: ["2xx", "4xx", "5xx", ">=400", "crashed", "timeout"],
  },
  { key: "method:", what: "The request’s method", examples: ["GET", "POST", "HEAD"] },
  { key: "path:", what: "Part of the request target", examples: ["/cgi-bin/"] },
  { key: "file:", what: "Part of the script’s or file’s path", examples: ["cgi-bin/"] },
  { key: "mode:", what: "How it was run", examples: [...modeNames, "file"] },
  { key: "took:", what: "The time it took", examples: [">100ms", "<10ms", ">1s"] },
  { key: "size:", what: "The size of the answer’s body", examples: [">10kB", "0"] },
  { key: "from:", what: "Who sent it", examples: Object.keys(origins) },
  {
    key: "is:",
    what: "What kind of trace it is",
    examples: ["failed", "running", "pinned", "warning", "replay", "redirected", "followed"],
  },
];

/** A term: minus, key, then a quoted text, a regular expression or a word. */
const term = /(-?)(?:([a-z]+):)?(?:"([^"]*)("?)|\/((?:[^/\\]|\\.)+)\/(i?)(?=\s|$)|(\S*))/gy;

export function parseFilter(text: string): Filter {
  const tests: RowTest[] = [];
  let at = 0;
  for (;;) {
    at += /^\s*/.exec(text.slice(at))?.[0].length ?? 0;
    if (at >= text.length) break;
    term.lastIndex = at;
    const found = term.exec(text);
    if (!found || found[0] === "") break;
    at += found[0].length;
    const [whole, minus, key, quoted, closing, expression, flags, word = ""] = found;
    if (quoted !== undefined && closing === "") return { ok: false, why: "A quotation mark is not closed." };
    const test = testOf(key, { text: quoted ?? word, expression, flags, whole });
    if (typeof test === "string") return { ok: false, why: test };
    if (test) tests.push(minus === "-" ? (row) => !test(row) : test);
  }
  if (tests.length === 0) return { ok: true, test: null };
  return { ok: true, test: remembered((row) => tests.every((test) => test(row))) };
}

interface Wanted {
  readonly text: string;
  readonly expression: string | undefined;
  readonly flags: string | undefined;
  readonly whole: string;
}

/** Null for a term that is being typed and says nothing yet; a sentence for one that makes no sense. */
function testOf(key: string | undefined, { text, expression, flags, whole }: Wanted): RowTest | null | string {
  const find = expression === undefined ? null : finder(expression, flags ?? "");
  if (typeof find === "string") return find;
  const has = find ?? ((value: string): boolean => value.toLowerCase().includes(text.toLowerCase()));
  if (key === undefined)
    return text === "" && !find
      ? null
      : (row) => has(row.target) || has(row.method) || has(row.file ?? "") || has(String(row.status ?? ""));
  if (!filterKeys.some((known) => known.key === `${key}:`))
    return `There is no key “${key}:”. Put quotation marks round the text to look for it as it is.`;
  if (text === "" && !find) return null;
  switch (key) {
    case "path":
      return (row) => has(row.target);
    case "file":
      return (row) => has(row.file ?? "");
    case "method":
      return find ? (row) => find(row.method) : oneOf(text, (row) => row.method.toLowerCase());
    case "mode":
      return find ? (row) => find(modeName(row)) : modeTest(text);
    case "from":
      return oneOf(text, ({ from }) => from);
    case "status":
      return statusTest(text);
    case "took":
      return (
        comparison(text, durations, ({ tookMs }) => tookMs) ?? `“${whole}” is no time. Write took:>100ms or took:<2s.`
      );
    case "size":
      return (
        comparison(text, sizes, ({ responseBytes }) => responseBytes) ?? `“${whole}” is no size. Write size:>10kB.`
      );
    default:
      return kinds[text.toLowerCase()] ?? `There is no “${whole}”. There are ${Object.keys(kinds).join(", ")}.`;
  }
}

function finder(expression: string, flags: string): ((value: string) => boolean) | string {
  try {
    const pattern = new RegExp(expression, flags);
    return (value) => pattern.test(value);
  } catch (error) {
    return `“${expression}” is no regular expression: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Several with commas between them. */
function oneOf(text: string, value: (row: TraceRow) => string): RowTest {
  const wanted = text.toLowerCase().split(",");
  return (row) => wanted.includes(value(row));
}

function modeTest(text: string): RowTest {
  const wanted = text.toLowerCase().split(",");
  return (row) =>
    wanted.some((name) => (isMode(name) ? row.mode === name : modeName(row).toLowerCase().startsWith(name)));
}

function statusTest(text: string): RowTest | string {
  const tests = text.toLowerCase().split(",").map(oneStatus);
  const wrong = tests.find((test) => typeof test === "string");
  return wrong ?? ((row) => tests.some((test) => typeof test !== "string" && test(row)));
}

function oneStatus(text: string): RowTest | string {
  const [, digit] = /^([1-9])xx$/.exec(text) ?? [];
  if (digit !== undefined) return ({ status }) => status !== null && Math.floor(status / 100) === Number(digit);
  if (/^[1-9]\d?$/.test(text)) return ({ status }) => String(status ?? "").startsWith(text); // still being typed
  const number = comparison(text, { "": 1 }, ({ status }) => status);
  if (number) return number;
  if (text === "none" || text === "–") return ({ status }) => status === null;
  return ({ outcome }) => (outcome ?? "running").startsWith(text) || outcomeName(outcome).startsWith(text);
}

const durations: Readonly<Record<string, number>> = { "": 1, ms: 1, s: 1000, min: 60_000 };
const sizes: Readonly<Record<string, number>> = { "": 1, b: 1, kb: 1e3, mb: 1e6, gb: 1e9 };

/** `>100ms`, `<=2s`, `500`; null when it is none. A row without the value is never meant. */
function comparison(
  text: string,
  units: Readonly<Record<string, number>>,
  value: (row: TraceRow) => number | null,
): RowTest | null {
  const [, sign = "=", digits, unit = ""] = /^(>=|<=|>|<|=)?(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text) ?? [];
  const factor = units[unit.toLowerCase()];
  if (digits === undefined || factor === undefined) return null;
  const bound = Number(digits) * factor;
  const holds = signs[sign];
  return holds
    ? (row) => {
        const known = value(row);
        return known !== null && holds(known, bound);
      }
    : null;
}

const signs: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  ">": (value, bound) => value > bound,
  ">=": (value, bound) => value >= bound,
  "<": (value, bound) => value < bound,
  "<=": (value, bound) => value <= bound,
  "=": (value, bound) => value === bound,
};

const kinds: Readonly<Record<string, RowTest>> = {
  failed: isFailed,
  ok: (row) => row.outcome !== null && !isFailed(row),
  running: ({ outcome }) => outcome === null,
  pinned: ({ pinned }) => pinned,
  warning: ({ severity }) => severity === "warning",
  error: ({ severity }) => severity === "error",
  replay: ({ parent }) => parent?.kind === "replay",
  redirected: ({ parent }) => parent?.kind === "local-redirect",
  followed: ({ parent }) => parent?.kind === "follow",
  script: ({ kind }) => kind === "script",
  static: ({ kind }) => kind === "static",
};

/** Rows never change, a trace that goes on gets another: each is looked at once. */
function remembered(test: RowTest): RowTest {
  const known = new WeakMap<TraceRow, boolean>();
  return (row) => {
    const before = known.get(row);
    if (before !== undefined) return before;
    const result = test(row);
    known.set(row, result);
    return result;
  };
}

/** What may follow what is typed: whole texts for the filter's list of suggestions. */
export function suggestionsFor(text: string, rows: readonly TraceRow[]): readonly string[] {
  const [, before = "", word = ""] = /^(.*?)(\S*)$/s.exec(text) ?? [];
  const [, minus = "", key, begun = ""] = /^(-?)(?:([a-z]+:))?(.*)$/s.exec(word) ?? [];
  const known = filterKeys.find((candidate) => candidate.key === key);
  if (!known)
    return word === "" || key !== undefined
      ? []
      : filterKeys
          .filter((candidate) => candidate.key.startsWith(begun))
          .map((candidate) => `${before}${minus}${candidate.key}`);
  const seen = seenValues[known.key];
  const values = new Set([...(seen ? newest(rows).map(seen) : []), ...known.examples]);
  return [...values]
    .filter((value) => value !== "" && value !== begun && value.toLowerCase().startsWith(begun.toLowerCase()))
    .slice(0, 12)
    .map((value) => `${before}${minus}${known.key}${value}`);
}

const newest = (rows: readonly TraceRow[]): readonly TraceRow[] => rows.slice(-200).reverse();
const seenValues: Readonly<Record<string, (row: TraceRow) => string>> = {
  "status:": ({ status }) => String(status ?? ""),
  "method:": ({ method }) => method,
  "path:": ({ target }) => target.split("?", 1)[0] ?? "",
  "file:": ({ file }) => file ?? "",
  "from:": ({ from }) => from,
};
