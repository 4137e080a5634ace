// The keys of the filter, and suggestions for the typed text.
import { modeNames } from "../../../../server/contract/modes.js";
import type { Origin, TraceRow } from "../../../../server/contract/trace.js";

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
  { key: "path:", what: "Part of the request target, or with = the whole path", examples: ["/cgi-bin/"] },
  { key: "file:", what: "Part of the script’s or file’s path, or with = all of it", examples: ["cgi-bin/"] },
  { key: "mode:", what: "How it was run", examples: [...modeNames, "file"] },
  { key: "took:", what: "The time it took", examples: [">100ms", "<10ms", ">1s"] },
  { key: "size:", what: "The size of the response body", examples: [">10kB", "0"] },
  { key: "from:", what: "Who sent it", examples: Object.keys(origins) },
  {
    key: "is:",
    what: "What kind of trace it is",
    examples: ["failed", "running", "pinned", "warning", "replay", "redirected", "followed"],
  },
  { key: "body:", what: "Part of a stored request or response body", examples: [] },
  { key: "header:", what: "A header of a stored trace, Name=value", examples: ["Content-Type=", "Cookie=", "Accept="] },
  { key: "env:", what: "A variable of a stored trace, NAME=value", examples: ["QUERY_STRING=", "REQUEST_METHOD="] },
  { key: "stderr:", what: "Part of what a script wrote to stderr", examples: [] },
  { key: "finding:", what: "A finding of the doctor, by its rule", examples: ["*"] },
  { key: "version:", what: "Traces of one version of a script, by its hash", examples: [] },
  { key: "after:", what: "When the request began", examples: ["today", "yesterday", "2h", "3d"] },
  { key: "before:", what: "When the request began", examples: ["today", "yesterday", "2h", "3d"] },
  { key: "script:", what: "Part of the script’s path on disk", examples: [] },
  { key: "text:", what: "Text anywhere in a stored trace", examples: [] },
];

/** What a row cannot answer: the stored traces are searched for it. */
export const storedKeys = [
  "body",
  "header",
  "env",
  "stderr",
  "finding",
  "version",
  "after",
  "before",
  "script",
  "text",
] as const;

/** Suggestions for the typed text: whole filters for the list. */
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
