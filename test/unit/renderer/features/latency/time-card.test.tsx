// The card over a time axis: from when to when its figures are, and of what.
import { expect, test } from "vitest";
import { pictureOf } from "../../../../../renderer/features/latency/chart-layout.js";
import { modeFigures } from "../../../../../renderer/features/latency/mode-figures.js";
import type { Latency } from "../../../../../renderer/features/latency/use-latency.js";
import type { TraceRow } from "../../../../../server/contract/trace.js";
import { rowOf } from "../../rows.js";
import { latencyOf } from "./latency-of.js";

const end = new Date(2026, 0, 1, 14, 2, 11).getTime();
const failed = { outcome: "crashed", status: 500 } as const;
const rowAt = (seq: number, agoMs: number, differences: Partial<TraceRow> = {}): TraceRow =>
  rowOf(seq, { startedAt: end - agoMs, ...differences });
/** The lines of the card at the right end. */
const lastCard = (rows: readonly TraceRow[], differences: Partial<Latency> = {}): readonly string[] =>
  pictureOf(latencyOf(rows, { mode: "time", end, ...differences }), "total").spots.at(-1)?.lines ?? [];

test("names the five steps that it counts, with what failed there", () => {
  const rows = Array.from({ length: 35 }, (_, index) => rowAt(index + 1, 4900 - index * 140));
  expect(lastCard(rows)[0]).toBe("14:02:06 to 14:02:11, 35 requests");
  expect(lastCard([...rows, rowAt(36, 100, failed), rowAt(37, 5100, failed)])[0]).toMatch(/ 36 .* 1 /);
  expect(lastCard(rows, { spanS: 30 })[0]).toMatch(/^14:02:08\.5 to 14:02:11\.0, 1[78] /);
});

test("a step where all failed has a card, which opens the slowest", () => {
  const rows = [rowAt(1, 300, failed), rowAt(2, 200, { ...failed, tookMs: 900 })];
  expect(pictureOf(latencyOf(rows, { mode: "time", end }), "total").spots.at(-1)?.traceId).toBe("t2");
  expect(lastCard(rows)).toHaveLength(2);
});

test("modes have each their median, as they have each their line", () => {
  const rows = [rowAt(1, 300, { mode: "cgi", tookMs: 14 }), rowAt(2, 200, { mode: "fastcgi", tookMs: 1 })];
  const { points } = latencyOf(rows);
  expect(lastCard(rows, { modes: modeFigures(points) })[1]).toBe("CGI p50 14.0 ms · FastCGI p50 1.0 ms");
});
