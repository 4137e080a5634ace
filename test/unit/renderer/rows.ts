// Trace rows and timings for the tests of the window's views.
import type { Timing, TraceRow } from "../../../server/contract/trace.js";
import type { StoreState } from "../../../server/contract/traces-contract.js";

/** Traces are stored. */
export const storing: StoreState = {
  ...{ settings: { isOn: true, maxBytes: 2 ** 30, maxAgeDays: 30 }, isStoring: true, isSettable: true },
  ...{ bytes: 0, traces: 0, oldestAt: null, problem: null },
};

export const noTiming: Timing = {
  headAt: null,
  admittedAt: null,
  spawnedAt: null,
  firstByteAt: null,
  headersAt: null,
  lastByteAt: null,
  exitAt: null,
  doneAt: null,
};

/** A finished GET with the given differences. */
export function rowOf(seq: number, differences: Partial<TraceRow> = {}): TraceRow {
  const tookMs = differences.tookMs === undefined ? 20 : differences.tookMs;
  return {
    rev: seq,
    id: `t${seq}`,
    seq,
    startedAt: 1_000_000 + seq * 1000,
    method: "GET",
    target: "/cgi-bin/a.py",
    file: "cgi-bin/a.py",
    kind: "script",
    mode: "cgi",
    status: 200,
    outcome: "ok",
    exitCode: null,
    from: "composer",
    parent: null,
    pinned: false,
    responseBytes: 12,
    timing: { ...noTiming, spawnedAt: 1, headersAt: 15, doneAt: tookMs },
    fastcgi: null,
    severity: null,
    findings: 0,
    marks: null,
    ...differences,
    tookMs,
  };
}
