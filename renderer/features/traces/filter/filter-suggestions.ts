// Suggestions for the typed text: keys of the filter, and values that were seen.
import { modeNames } from "../../../../server/contract/modes.js";
import type { Origin, TraceRow } from "../../../../server/contract/trace.js";
import { runOf } from "../../../../server/protocol/trace-id.js";
import { lastTerm } from "./parse-filter.js";

interface FilterKey {
  /** With its colon. */
  readonly key: string;
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

const filterKeys: readonly FilterKey[] = [
  {
    key: "status:",
    examples: ["2xx", "4xx", "5xx", ">=400", "crashed", "timeout"],
  },
  { key: "method:", examples: ["GET", "POST", "HEAD"] },
  { key: "path:", examples: ["/cgi-bin/"] },
  { key: "file:", examples: ["cgi-bin/"] },
  { key: "mode:", examples: [...modeNames, "file"] },
  { key: "took:", examples: [">100ms", "<10ms", ">1s"] },
  { key: "size:", examples: [">10k", "0"] },
  { key: "from:", examples: Object.keys(origins) },
  {
    key: "is:",
    examples: ["failed", "running", "pinned", "warning", "replay", "redirected", "followed"],
  },
  { key: "body:", examples: [] },
  { key: "header:", examples: ["Content-Type=", "Cookie=", "Accept="] },
  { key: "env:", examples: ["QUERY_STRING=", "REQUEST_METHOD="] },
  { key: "stderr:", examples: [] },
  { key: "finding:", examples: ["*"] },
  { key: "after:", examples: ["save", "today", "yesterday", "2h", "3d"] },
  { key: "before:", examples: ["save", "today", "yesterday", "2h", "3d"] },
  { key: "pinned:", examples: ["yes", "no"] },
  { key: "tag:", examples: ["*"] },
  { key: "name:", examples: ["*"] },
  { key: "note:", examples: ["*"] },
  { key: "session:", examples: [] },
  { key: "version:", examples: [] },
  { key: "script:", examples: [] },
  { key: "text:", examples: [] },
];

/** Suggestions for the typed text: whole filters for the list. */
export function suggestionsFor(text: string, rows: readonly TraceRow[]): readonly string[] {
  const { whole, minus, key, value: begun } = lastTerm(text);
  const before = `${text.slice(0, text.length - whole.length)}${minus}`;
  if (whole === "") return [];
  if (key === "") {
    const typed = whole.slice(minus.length);
    return filterKeys.flatMap((one) => (one.key.startsWith(typed) ? `${before}${one.key}` : []));
  }
  const known = filterKeys.find((candidate) => candidate.key === `${key}:`);
  if (!known) return [];
  const seen = seenValues[known.key];
  const values = new Set([...(seen ? newest(rows).flatMap(seen) : []), ...known.examples]);
  return [...values]
    .filter((value) => value !== "" && value !== begun && value.toLowerCase().startsWith(begun.toLowerCase()))
    .slice(0, 12)
    .map((value) => `${before}${known.key}${written(value)}`);
}

/** As it is typed after a key: quoted where it would end early, or be a regular expression. */
const written = (value: string): string =>
  /[\s"]|^\/[^/]+\/i?$/.test(value) ? `"${value.replace(/["\\]/g, "\\$&")}"` : value;

const newest = (rows: readonly TraceRow[]): readonly TraceRow[] => rows.slice(-200).reverse();
const seenValues: Readonly<Record<string, (row: TraceRow) => string | readonly string[]>> = {
  "tag:": ({ marks }) => marks?.tags ?? [],
  "name:": ({ marks }) => marks?.name ?? [],
  "session:": ({ id }) => runOf(id),
  "status:": ({ status }) => String(status ?? ""),
  "method:": ({ method }) => method,
  "path:": ({ target }) => target.split("?", 1)[0] ?? "",
  "file:": ({ file }) => file ?? "",
  "from:": ({ from }) => from,
};
