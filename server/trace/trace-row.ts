// A trace as one line of the list.
import { type FastcgiTurn, type Severity, severity, type TraceRow } from "../contract/trace.js";
import { toDisplayText } from "./decode-text.js";
import type { FastcgiRecorder } from "./fastcgi-recorder.js";
import { type RestingTrace, timingOf, turnAtRest } from "./resting-trace.js";
import type { TraceRecord } from "./trace-record.js";

const maxTargetLength = 2048;

/** What the trace itself does not know. */
export interface RowContext {
  readonly id: string;
  readonly startedAt: number;
  displayPath(file: string): string | null;
}

export function toRow(trace: TraceRecord | RestingTrace, rev: number, { id, startedAt, displayPath }: RowContext): TraceRow {
  const { seq, route, parent, pinned, findings } = trace;
  const timing = trace.isResting ? timingOf(trace) : { ...trace.timing };
  const { method, target } = trace.isResting ? trace : trace.request;
  return {
    rev,
    id,
    seq,
    startedAt,
    method: toDisplayText(method).slice(0, 64),
    target: toDisplayText(target).slice(0, maxTargetLength),
    file: subjectOf(trace, displayPath),
    kind: route.kind,
    mode: route.mode,
    status: trace.isResting ? trace.status : (trace.response?.status ?? null),
    outcome: trace.isResting ? "ok" : trace.outcome,
    from: trace.isResting ? trace.from : trace.client.from,
    parent,
    pinned,
    responseBytes: trace.isResting ? trace.responseBodyBytes : (trace.response?.body.bytes ?? 0),
    tookMs: timing.doneAt,
    timing,
    fastcgi: trace.isResting ? turnAtRest(trace) : trace.fastcgi && turnOf(trace.fastcgi),
    severity: gravest(trace),
    findings: findings.filter((finding) => finding.severity !== "hint").length,
  };
}

const turnOf = ({ reused, readyAt, connectedAt, begunAt }: FastcgiRecorder): FastcgiTurn => ({ readyAt, connectedAt: reused ? null : connectedAt, begunAt });

/** What a trace is about: a file by its path in the workspace, an application elsewhere by the path that leads to it ("/app"); null: nothing. */
export function subjectOf({ route }: Pick<TraceRecord, "route">, displayPath: (file: string) => string | null): string | null {
  if (route.mode === "fastcgi-external") return toDisplayText(route.scriptName) || "/";
  return route.file === null ? null : displayPath(toDisplayText(route.file));
}

function gravest({ findings }: Pick<TraceRecord, "findings">): Severity | null {
  return severity.options.find((level) => findings.some((finding) => finding.severity === level)) ?? null;
}
