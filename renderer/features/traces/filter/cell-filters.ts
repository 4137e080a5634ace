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

/** Null for a row without the value. */
export function cellFilter(row: TraceRow, kind: CellKind): CellFilter | null {
  switch (kind) {
    case "path":
      return filter("path", "Path", pathOf(row.target), (path) => exactly("path", path, "(?:\\?|$)"));
    case "file":
      return filter("file", "File", row.file ?? "", (file) => exactly("file", file, "$"));
    case "method":
      return filter("method", "Method", row.method, (method) =>
        /^[\w!#$%&'*+.^`|~-]+$/.test(method) ? `method:${method}` : `method:${pattern(method, "$")}`,
      );
    case "status":
      return filter("status", "Status", statusText(row), () => `status:${statusOf(row)}`);
    case "mode":
      return filter(
        "mode",
        "Mode",
        modeName(row),
        (name) => `mode:${row.kind === "static" ? name : (row.mode ?? name)}`,
      );
    case "from":
      return filter("from", "Sent by", row.from, (from) => `from:${from}`);
  }
}

const filter = (kind: CellKind, name: string, value: string, term: (value: string) => string): CellFilter | null =>
  value === "" ? null : { kind, name, value, term: term(value) };

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
