// What one condition of a search for traces can be, and how it is written: `status:5xx`,
// `took:>100ms`, `path:=/whole`, `path:/pattern/i`.
import { type TraceKind, traceKinds } from "../../contract/filter-words.js";
import type { Message } from "../../contract/message.js";
import { outcomesBegun, type Ran, ranBegun, ranMatching } from "./filter-values.js";
import { queryMessage } from "./query-messages.js";
import type { Patterns } from "./query-pattern.js";
import { type Moments, timeOf } from "./query-time.js";

export type Comparison = "<" | "<=" | ">" | ">=" | "=";

type PatternKey = "text" | "path" | "file" | "script" | "method";

/** What is compared. `text` is everything that can be searched. */
export type Condition =
  | { readonly key: "text" | "path" | "file" | "script" | "stderr" | "body" | "finding"; readonly value: string }
  /** The whole value; of the target without its query. */
  | { readonly key: "path" | "file"; readonly exact: string }
  /** A regular expression; `text` is the target, the file, the method or the status then. */
  | { readonly key: PatternKey; readonly pattern: string; readonly flags: string }
  | { readonly key: "method" | "from"; readonly value: string }
  | { readonly key: "mode"; readonly anyOf: readonly Ran[] }
  | { readonly key: "outcome"; readonly anyOf: readonly string[] }
  /** The beginning of the hash that the script had when it ran, hexadecimal digits. */
  | { readonly key: "version"; readonly value: string }
  | { readonly key: "is"; readonly value: TraceKind }
  | { readonly key: "pinned"; readonly value: boolean }
  /** What the user wrote; `null`: anything. A tag is compared as a whole. */
  | { readonly key: "tag" | "name" | "note"; readonly value: string | null }
  /** The beginning of the run of a server. */
  | { readonly key: "session"; readonly value: string }
  /** `value` null: any, so long as the name is there. */
  | { readonly key: "header" | "env"; readonly name: string; readonly value: string | null }
  /** From and up to, both included; null: no response. */
  | { readonly key: "status"; readonly range: readonly [number, number] | null }
  /** ms, bytes. */
  | { readonly key: "took" | "size"; readonly is: Comparison; readonly number: number }
  /** Unix time, ms. */
  | { readonly key: "after" | "before"; readonly time: number }
  /** At least one of them. */
  | { readonly key: "any"; readonly of: readonly Condition[] };

export const queryKeys = [
  "status",
  "method",
  "path",
  "file",
  "script",
  "mode",
  "took",
  "size",
  "from",
  "is",
  "header",
  "env",
  "stderr",
  "body",
  "finding",
  "version",
  "after",
  "before",
  "pinned",
  "tag",
  "name",
  "note",
  "session",
  "text",
] as const;
export type QueryKey = (typeof queryKeys)[number];
export const isKey = (text: string): text is QueryKey => queryKeys.some((key) => key === text);

export interface Expression {
  readonly source: string;
  readonly flags: string;
}

/** What is behind the colon. */
export interface TypedValue {
  readonly value: string;
  readonly expression: Expression | null;
  readonly patterns: Patterns;
  readonly moments: Moments;
}

/** A message for a value that is not valid. */
export function conditionOf(key: QueryKey, typed: TypedValue): Condition | Message {
  const { value, expression, patterns, moments } = typed;
  switch (key) {
    case "status":
      return anyOf(value, (one) => statusOf(one) ?? queryMessage("query-status", { value: one }));
    case "took":
      return (
        compared(key, value, { "": 1, ms: 1, s: 1000, m: 60_000, min: 60_000 }) ?? queryMessage("query-took", { value })
      );
    case "size":
      return compared(key, value, sizes) ?? queryMessage("query-size", { value });
    case "after":
    case "before": {
      const time = timeOf(value, moments);
      if (time !== null) return { key, time };
      return value === "save" ? queryMessage("query-no-save") : queryMessage("query-time", { value });
    }
    case "header":
    case "env": {
      const equals = value.indexOf("=");
      if (equals < 0) return { key, name: value, value: null };
      return { key, name: value.slice(0, equals), value: value.slice(equals + 1) };
    }
    case "version":
      return anyOf(value.toLowerCase(), (one) =>
        /^[0-9a-f]{1,64}$/.test(one) ? { key, value: one } : queryMessage("query-version", { value: one }),
      );
    case "method":
      return patternOf(key, typed) ?? anyOf(value, (one) => ({ key, value: one }));
    case "mode": {
      if (!expression) return { key, anyOf: value.split(",").flatMap(ranBegun) };
      const { source, flags } = expression;
      return patterns.whyInvalid(source, flags) ?? { key, anyOf: ranMatching(patterns.patternTest(source, flags)) };
    }
    case "from":
      return anyOf(value.toLowerCase(), (one) => ({ key, value: one }));
    case "is": {
      const kind = traceKinds.find((known) => known === value.toLowerCase());
      return kind ? { key, value: kind } : queryMessage("query-kind", { value, kinds: traceKinds });
    }
    case "pinned":
      return /^(yes|no)$/i.test(value)
        ? { key, value: value.toLowerCase() === "yes" }
        : queryMessage("query-pinned", { value });
    case "tag":
      return anyOf(value, (one) => ({ key, value: one.trim() === "*" ? null : one.trim() }));
    case "name":
    case "note":
      return { key, value: value === "*" ? null : value };
    case "session":
      return { key, value: value.toLowerCase() };
    case "path":
    case "file":
      if (value === "=") return queryMessage("query-no-value", { key });
      if (value.startsWith("=")) return { key, exact: value.slice(1) };
      return patternOf(key, typed) ?? { key, value };
    case "text":
    case "script":
      return patternOf(key, typed) ?? { key, value };
    default:
      return { key, value };
  }
}

function patternOf(key: PatternKey, { expression, patterns }: TypedValue): Condition | Message | null {
  if (!expression) return null;
  const { source, flags } = expression;
  return patterns.whyInvalid(source, flags) ?? { key, pattern: source, flags };
}

/** Alternatives with commas between them; the first mistake. */
function anyOf(text: string, of: (one: string) => Condition | Message): Condition | Message {
  const all: Condition[] = [];
  for (const part of text.split(",")) {
    const one = of(part);
    if ("code" in one) return one;
    all.push(one);
  }
  const [only] = all;
  return only && all.length === 1 ? only : { key: "any", of: all };
}

/** Null: not valid. */
function statusOf(value: string): Condition | null {
  const key = "status";
  if (value === "none") return { key, range: null };
  const group = /^([1-9])xx$/i.exec(value)?.[1];
  if (group !== undefined) return { key, range: [Number(group) * 100, Number(group) * 100 + 99] };
  if (/^[1-9]\d?$/.test(value)) {
    const scale = value.length === 1 ? 100 : 10; // it is still being typed
    return { key, range: [Number(value) * scale, (Number(value) + 1) * scale - 1] };
  }
  const [, is = "", digits] = /^(<=|>=|<|>|=)?(\d{1,3})$/.exec(value) ?? [];
  if (digits === undefined) {
    const begun = outcomesBegun(value.toLowerCase());
    return begun.length > 0 ? { key: "outcome", anyOf: begun } : null;
  }
  const status = Number(digits);
  if (is === "" || is === "=") return { key, range: [status, status] };
  if (is.startsWith("<")) return { key, range: [0, is === "<" ? status - 1 : status] };
  return { key, range: [is === ">" ? status + 1 : status, 999] };
}

const kibi = 1 << 10;
const mebi = 1 << 20;
const gibi = 1 << 30;
const sizes: Readonly<Record<string, number>> = {
  "": 1,
  b: 1,
  k: kibi,
  m: mebi,
  g: gibi,
  kib: kibi,
  mib: mebi,
  gib: gibi,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
};

function compared<K extends "took" | "size">(
  key: K,
  value: string,
  units: Readonly<Record<string, number>>,
): { readonly key: K; readonly is: Comparison; readonly number: number } | null {
  const [, is = "=", digits, unit = ""] = /^(<=|>=|<|>|=)?(\d{1,12}(?:\.\d{1,6})?)([a-z]{0,3})$/i.exec(value) ?? [];
  const factor = Object.hasOwn(units, unit.toLowerCase()) ? units[unit.toLowerCase()] : undefined;
  if (digits === undefined || factor === undefined) return null;
  if (is !== "<" && is !== "<=" && is !== ">" && is !== ">=" && is !== "=") return null;
  return { key, is, number: Number(digits) * factor };
}
