// A row in words: its accessible name, the sign beside its status, and what a search found in its trace.
import { traitsOf } from "../../../server/contract/modes.js";
import type { TraceRow } from "../../../server/contract/trace.js";
import type { SearchHit } from "../../../server/contract/traces-contract.js";
import { formatMs } from "../../format/duration.js";
import { signOf, statusText } from "../../format/trace-labels.js";

export const partNames: Readonly<Record<SearchHit["part"], string>> = {
  "request-header": "request header",
  "request-body": "request body",
  "response-header": "response header",
  "response-body": "response body",
  stderr: "stderr",
  variable: "variable",
};

/** What a request does that has not ended. When it is held or debugged, a person decides when it goes on. */
export const stateNames = { running: "running", held: "held", debugged: "in the debugger" } as const;
export type RowState = keyof typeof stateNames;

export const statusOfRow = (row: Pick<TraceRow, "status" | "outcome">, state: RowState): string =>
  row.status === null && row.outcome === null ? state : statusText(row);

/** What a search found, with the name of the header or variable. */
export const hitText = ({ part, name, before, found, after }: SearchHit): readonly [string, string, string] => [
  `${name === null ? "" : `${name}${part === "variable" ? "=" : ": "}`}${before}`,
  found,
  after,
];

/** Why a request that has ended has no time of its own. */
export const whyNoTime = ({ mode }: Pick<TraceRow, "mode">): string =>
  traitsOf(mode)?.webSocket ? "a connection" : "held, debugged or slowed down";

export function rowName(row: TraceRow, isMarked: boolean, hit: SearchHit | null, state: RowState = "running"): string {
  const status = statusOfRow(row, state);
  const sign = signOf(row)?.words;
  return [
    `#${row.seq} ${row.method} ${row.target}`,
    status,
    ...(sign === undefined || sign === status ? [] : [sign]),
    row.tookMs !== null ? formatMs(row.tookMs) : row.outcome === null ? stateNames[state] : whyNoTime(row),
    ...[row.marks?.name ?? [], row.marks?.tags ?? []].flat(),
    ...(row.pinned ? ["pinned"] : []),
    ...(isMarked ? ["marked for comparison"] : []),
    ...(hit ? [`${partNames[hit.part]}: ${hitText(hit).join("")}`] : []),
  ].join(", ");
}
