// Start · script · body: where a request's time went, as the bar in its row. All rows on the screen share one scale.
import { isFailed } from "../../../server/contract/failure.js";
import type { TraceRow } from "../../../server/contract/trace.js";

/** A part of the bar, ms since the request's first byte. */
export interface Segment {
  readonly is: "wait" | "start" | "script" | "body" | "failed" | "file";
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** A wait for the request's turn that is shorter is not worth a part of its own, ms. */
const leastWaitMs = 1;

/** When it ended, or its last known moment, ms; null: none yet. */
function endOf({ timing, fastcgi, tookMs }: Pick<TraceRow, "timing" | "fastcgi" | "tookMs">): number | null {
  const { headersAt, lastByteAt, doneAt, spawnedAt } = timing;
  return tookMs ?? doneAt ?? lastByteAt ?? headersAt ?? (fastcgi === null ? spawnedAt : fastcgi.begunAt);
}

/** The row's bar. A failed request's script part is red; a file is one part; nothing when no time is known. */
export function segmentsOf(
  row: Pick<TraceRow, "timing" | "fastcgi" | "tookMs" | "outcome" | "status" | "kind">,
): Segment[] {
  const { timing, fastcgi } = row;
  const { headAt, headersAt, firstByteAt } = timing;
  // When the request left the queue, and when the script had it: the process had started, or the application had got
  // its first record.
  const turnAt = fastcgi === null ? timing.admittedAt : fastcgi.readyAt;
  const begunAt = fastcgi === null ? timing.spawnedAt : fastcgi.begunAt;
  const end = endOf(row);
  if (end === null) return [];
  const failed = isFailed(row);
  if (begunAt === null)
    return end > 0 ? [{ is: failed ? "failed" : "file", name: failed ? "failed" : "response", from: 0, to: end }] : [];
  const start = Math.min(begunAt, end);
  const waited = turnAt !== null && turnAt - (headAt ?? 0) >= leastWaitMs ? Math.min(turnAt, start) : 0;
  const before: Segment[] = [
    { is: "wait", name: "waiting", from: 0, to: waited },
    { is: "start", name: fastcgi === null ? "start" : "connect", from: waited, to: start },
  ];
  const script = Math.min(Math.max(start, headersAt ?? firstByteAt ?? end), end);
  const parts: Segment[] = failed
    ? [...before, { is: "failed", name: "until the failure", from: start, to: end }]
    : [
        ...before,
        { is: "script", name: "script", from: start, to: script },
        { is: "body", name: "body", from: script, to: end },
      ];
  return parts.filter((part) => part.to > part.from);
}

/** The end of the shared scale, ms: a round number (1, 2 or 5 times a power of ten) at or above the longest. */
export function scaleOf(rows: readonly Pick<TraceRow, "timing" | "fastcgi" | "tookMs">[]): number {
  const longest = Math.max(1, ...rows.map((row) => endOf(row) ?? 0));
  const power = 10 ** Math.floor(Math.log10(longest));
  return [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= longest) ?? longest;
}
