// A trace as one line of the list.
import { type FastcgiTurn, type Severity, severity, type TraceRow } from "../contract/trace.js";
import { toDisplayText } from "./decode-text.js";
import type { FastcgiRecorder } from "./fastcgi-recorder.js";
import type { TraceRecord } from "./trace-record.js";

const maxTargetLength = 2048;

export function toRow(trace: TraceRecord, rev: number, pinned: boolean, displayPath: (file: string) => string | null): TraceRow {
  return {
    rev,
    id: trace.id,
    seq: trace.seq,
    startedAt: trace.startedAt,
    method: toDisplayText(trace.request.method).slice(0, 64),
    target: toDisplayText(trace.request.target).slice(0, maxTargetLength),
    file: subjectOf(trace, displayPath),
    kind: trace.route.kind,
    mode: trace.route.mode,
    status: trace.response?.status ?? null,
    outcome: trace.outcome,
    from: trace.client.from,
    parent: trace.parent,
    pinned,
    responseBytes: trace.response?.body.bytes ?? 0,
    tookMs: trace.timing.doneAt,
    timing: trace.timing.doneAt === null ? { ...trace.timing } : trace.timing, // once it has ended it does not change any more
    fastcgi: trace.fastcgi && turnOf(trace.fastcgi),
    severity: gravest(trace),
    findings: trace.findings.filter((finding) => finding.severity !== "hint").length,
  };
}

const turnOf = ({ reused, readyAt, connectedAt, begunAt }: FastcgiRecorder): FastcgiTurn => ({ readyAt, connectedAt: reused ? null : connectedAt, begunAt });

/** What a trace is about: a file by its path in the workspace, an application elsewhere by the path that leads to it ("/app"); null: nothing. */
export function subjectOf({ route }: Pick<TraceRecord, "route">, displayPath: (file: string) => string | null): string | null {
  if (route.mode === "fastcgi-external") return toDisplayText(route.scriptName) || "/";
  return route.file === null ? null : displayPath(toDisplayText(route.file));
}

function gravest({ findings }: TraceRecord): Severity | null {
  return severity.options.find((level) => findings.some((finding) => finding.severity === level)) ?? null;
}
