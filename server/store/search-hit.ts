// Where in a trace a search found its text: the part, the place in it, and what is around.
import { toDisplayText } from "../base/decode-text.js";
import type { ByteString } from "../contract/bytes-text.js";
import { foldAscii } from "../contract/fold-ascii.js";
import type { SearchHit } from "../contract/traces-contract.js";
import type { Condition } from "../formats/query/trace-conditions.js";
import type { TraceQuery } from "../formats/query/trace-query.js";
import { headersOf } from "../protocol/http1/head-grammar.js";
import type { CapturedStream } from "../trace/captured-stream.js";
import type { TraceRecord } from "../trace/trace-record.js";

/** Around a hit, bytes or characters. */
const before = 24;
const after = 72;
/** A hit behind this is not shown: it would take too long to find again for each row. */
const maxSearched = 1 << 20;

interface Wanted {
  readonly name: string | null;
  readonly value: string | null;
}

type Fields = readonly (readonly [name: ByteString, value: ByteString])[];

/** Returns the hit of the first condition that a row of the list does not show by itself; null: there is none. */
export function hitOf(trace: TraceRecord, query: TraceQuery): SearchHit | null {
  for (const choice of query)
    for (const term of choice) {
      const hit = term.isNegated ? null : hitOfTerm(trace, term);
      if (hit) return hit;
    }
  return null;
}

function hitOfTerm(trace: TraceRecord, term: Condition): SearchHit | null {
  const { request, response, stderr, env } = trace;
  if ("pattern" in term || "exact" in term) return null;
  const bodies = (text: string): SearchHit | null =>
    inStream("request-body", request.body, text) ?? (response && inStream("response-body", response.body, text));
  const inHead = (wanted: Wanted): SearchHit | null =>
    inFields("request-header", headersOf(request.head), wanted) ??
    inFields("response-header", response?.headers ?? [], wanted);
  const inVariables = (wanted: Wanted): SearchHit | null =>
    inFields(
      "variable",
      (env ?? []).map(({ name, value }) => [name, value] as const),
      wanted,
    );
  switch (term.key) {
    case "body":
      return bodies(term.value);
    case "stderr":
      return stderr && inStream("stderr", stderr, term.value);
    case "header":
      return inHead(term);
    case "env":
      return inVariables(term);
    case "text": {
      const inRow = [toDisplayText(request.target), toDisplayText(request.method), String(response?.status ?? "")];
      if (inRow.some((text) => indexOf(text, term.value) >= 0)) return null; // the row shows it
      const anywhere = { name: null, value: term.value };
      return (
        bodies(term.value) ??
        (stderr && inStream("stderr", stderr, term.value)) ??
        inHead(anywhere) ??
        inVariables(anywhere)
      );
    }
    default:
      return null;
  }
}

/** Finds a text in the way the store does. */
const indexOf = (text: string, wanted: string): number => foldAscii(text).indexOf(foldAscii(wanted));

function inFields(
  part: "request-header" | "response-header" | "variable",
  fields: Fields,
  wanted: Wanted,
): SearchHit | null {
  for (const field of fields) {
    const name = toDisplayText(field[0]);
    const value = toDisplayText(field[1]);
    if (wanted.name !== null && foldAscii(name) !== foldAscii(wanted.name)) continue;
    const text = wanted.value ?? "";
    const at = indexOf(value, text);
    if (at >= 0)
      return hit(part, name, null, [
        value.slice(0, at),
        value.slice(at, at + text.length),
        value.slice(at + text.length),
      ]);
    if (wanted.name === null && indexOf(`${name}: ${value}`, text) >= 0) return hit(part, name, null, ["", "", value]);
  }
  return null;
}

/** Bodies hold the bytes as they are, the others text in either case. */
function inStream(
  part: "request-body" | "response-body" | "stderr",
  stream: CapturedStream,
  text: string,
): SearchHit | null {
  if (text === "" || stream.captured === 0) return null;
  const bytes = Buffer.from(stream.read(0, Math.min(stream.captured, maxSearched)));
  const wanted = Buffer.from(text);
  const at = part === "stderr" ? indexOf(bytes.toString("latin1"), wanted.toString("latin1")) : bytes.indexOf(wanted);
  if (at < 0) return null;
  const to = at + wanted.length;
  return hit(part, null, at, [
    bytes.subarray(Math.max(0, at - before * 2), at).toString(),
    bytes.subarray(at, to).toString(),
    bytes.subarray(to, to + after * 2).toString(),
  ]);
}

/** A character that was cut is left out, and so is what would break the line. */
const shown = (text: string): string => text.replace(/^\ufffd+|\ufffd+$/g, "").replace(/[\s\0-\x1f\x7f]+/g, " ");

const hit = (
  part: SearchHit["part"],
  name: string | null,
  at: number | null,
  [left, found, right]: readonly [string, string, string],
): SearchHit => ({
  part,
  name,
  at,
  before: shown(left).slice(-before),
  found: shown(found).slice(0, after),
  after: shown(right).slice(0, after),
});
