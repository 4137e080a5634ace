// What the graph is about, for the tests of its parts: requests of one script, as points.
import type { Latency } from "../../../../../renderer/features/latency/use-latency.js";
import { lastPoints } from "../../../../../renderer/model/traces/latency-series.js";
import type { TraceRow } from "../../../../../server/contract/trace.js";
import { rowOf } from "../../rows.js";

export function latencyOf(rows: readonly TraceRow[], differences: Partial<Latency> = {}): Latency {
  const file = rowOf(1).file;
  return {
    ...{ file, script: file, mode: "points", points: lastPoints(rows, null, rows.length), rate: 0 },
    ...{ end: Date.now(), spanS: 60, zoom: null, all: [], marks: [], comparison: null, modes: [], modesSinceSave: [] },
    ...differences,
  };
}
