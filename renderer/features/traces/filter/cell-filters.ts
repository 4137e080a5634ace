// Filters for what one row shows: a term for the value of a cell, and the typed filter with the term in it.
import type { TraceRow } from "../../../../server/contract/trace.js";
import { typedChoices } from "../../../../server/formats/query/typed-query.js";
import { modeName, statusText } from "../../../format/trace-labels.js";

/** What rows can be filtered by, in the order of the menu. */
export const cellKinds = ["path", "file", "method", "status", "mode", "from"] as const;
export type CellKind = (typeof cellKinds)[number];

export interface CellFilter {
  readonly kind: CellKind;
  /** For the menu: "Status". */
  readonly name: string;
  /** What the row shows. */
  readonly value: string;
  /** What is typed into the filter. */
  readonly term: string;
}

interface Kind {
  readonly name: string;
  /** "": the row has none. */
  value(row: TraceRow): string;
  term(value: string, row: TraceRow): string;
}

const kinds: Readonly<Record<CellKind, Kind>> = {
  path: { name: "Path", value: ({ target }) => pathOf(target), term: (path) => exactly("path", path, "(?:\\?|$)") },
  file: { name: "File", value: ({ file }) => file ?? "", term: (file) => exactly("file", file, "$") },
  method: {
    name: "Method",
    value: ({ method }) => method,
    term: (method) => `method:${/^[\w!#$%&'*+.^`|~-]+$/.test(method) ? method : pattern(method, "$")}`,
  },
  status: { name: "Status", value: statusText, term: (_, row) => `status:${statusOf(row)}` },
  mode: {
    name: "Mode",
    value: modeName,
    term: (name, { kind, mode }) => `mode:${kind === "static" ? name : (mode ?? name)}`,
  },
  from: { name: "Sent by", value: ({ from }) => from, term: (from) => `from:${from}` },
};

/** Null for a row without the value. */
export function cellFilter(row: TraceRow, kind: CellKind): CellFilter | null {
  const { name, ...of } = kinds[kind];
  const value = of.value(row);
  return value === "" ? null : { kind, name, value, term: of.term(value, row) };
}

const pathOf = (target: string): string => target.split("?", 1)[0] ?? "";

const statusOf = ({ status, outcome }: TraceRow): string =>
  status !== null ? String(status) : outcome === "ok" ? "none" : (outcome ?? "running");

/** `=` asks for the whole value; what neither a word nor a quotation can hold becomes a regular expression. */
function exactly(key: CellKind, value: string, end: string): string {
  if (!/[\s"]/.test(value)) return `${key}:=${value}`;
  return /[^\S ]|["\\]/.test(value) ? `${key}:${pattern(value, end)}` : `${key}:"=${value}"`;
}

function pattern(value: string, end: string): string {
  const escaped = value.replace(/[^\w.~%-]|[.-]/gu, (sign) => {
    const code = sign.codePointAt(0) ?? 0;
    // A quotation mark begins a quotation in the store's queries, also within an expression.
    return code > 0x20 && code < 0x7f && sign !== '"' ? `\\${sign}` : `\\x{${code.toString(16)}}`;
  });
  return `/^${escaped}${end}/`;
}

/** The rows with this value alone: another value of the same key makes room for it. */
export function onlyWith(text: string, { term, kind }: CellFilter): string {
  const isOther = (typed: string): boolean => typed !== `-${term}` && !typed.startsWith(`${kind}:`);
  return [...conditionsOf(text, isOther), term].join(" ");
}

export function without(text: string, { term }: CellFilter): string {
  const isOther = (typed: string): boolean => typed !== term && typed !== `-${term}`;
  return [...conditionsOf(text, isOther), `-${term}`].join(" ");
}

/** What is typed and stays. A choice stays whole: its other terms would mean something else on their own. */
function conditionsOf(text: string, isKept: (typed: string) => boolean): string[] {
  const kept = typedChoices(text).filter(([typed = "", ...others]) => others.length > 0 || isKept(typed));
  return kept.map((choice) => choice.join(" OR "));
}
