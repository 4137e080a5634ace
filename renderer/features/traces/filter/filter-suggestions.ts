// Suggestions for the typed text: keys of the filter, and values that were seen.
import { traceKinds } from "../../../../server/contract/filter-words.js";
import { modeNames } from "../../../../server/contract/modes.js";
import type { Origin, TraceRow } from "../../../../server/contract/trace.js";
import { isKey, type QueryKey, queryKeys } from "../../../../server/formats/query/trace-conditions.js";
import { lastWord } from "../../../../server/formats/query/typed-query.js";
import { runOf } from "../../../../server/protocol/trace-id.js";

const origins: Readonly<Record<Origin, true>> = {
  composer: true,
  browser: true,
  replay: true,
  cli: true,
  assistant: true,
  lesson: true,
  other: true,
};

/** What a value may begin with. */
const examples: Readonly<Partial<Record<QueryKey, readonly string[]>>> = {
  status: ["2xx", "4xx", "5xx", ">=400", "crashed", "timeout"],
  method: ["GET", "POST", "HEAD"],
  path: ["/cgi-bin/"],
  file: ["cgi-bin/"],
  mode: [...modeNames, "file"],
  took: [">100ms", "<10ms", ">1s"],
  size: [">10k", "0"],
  from: Object.keys(origins),
  is: traceKinds,
  header: ["Content-Type=", "Cookie=", "Accept="],
  env: ["QUERY_STRING=", "REQUEST_METHOD="],
  finding: ["*"],
  after: ["save", "today", "yesterday", "2h", "3d"],
  before: ["save", "today", "yesterday", "2h", "3d"],
  pinned: ["yes", "no"],
  tag: ["*"],
  name: ["*"],
  note: ["*"],
};

/** Suggestions for the typed text: whole filters for the list. */
export function suggestionsFor(text: string, rows: readonly TraceRow[]): readonly string[] {
  const last = lastWord(text);
  if (last === null) return [];
  const { from, isNegated, key, value: begun } = last;
  const before = text.slice(0, from + (isNegated ? 1 : 0));
  if (key === null) {
    const typed = text.slice(before.length);
    return queryKeys.flatMap((one) => (`${one}:`.startsWith(typed) ? `${before}${one}:` : []));
  }
  if (!isKey(key)) return [];
  const seen = seenValues[key];
  const values = new Set([...(seen ? newest(rows).flatMap(seen) : []), ...(examples[key] ?? [])]);
  return [...values]
    .filter((value) => value !== "" && value !== begun && value.toLowerCase().startsWith(begun.toLowerCase()))
    .slice(0, 12)
    .map((value) => `${before}${key}:${written(value)}`);
}

/** What is typed after a key: quoted where it would end early, or be a regular expression. */
const written = (value: string): string =>
  /[\s"]|^\/[^/]+\/i?$/.test(value) ? `"${value.replace(/["\\]/g, "\\$&")}"` : value;

const newest = (rows: readonly TraceRow[]): readonly TraceRow[] => rows.slice(-200).reverse();
const seenValues: Readonly<Partial<Record<QueryKey, (row: TraceRow) => string | readonly string[]>>> = {
  tag: ({ marks }) => marks?.tags ?? [],
  name: ({ marks }) => marks?.name ?? [],
  session: ({ id }) => runOf(id),
  status: ({ status }) => String(status ?? ""),
  method: ({ method }) => method,
  path: ({ target }) => target.split("?", 1)[0] ?? "",
  file: ({ file }) => file ?? "",
  from: ({ from }) => from,
};
