// A trace as one line of the list.
import { type Severity, severity, type TraceRow } from "../contract/trace.js";
import { toDisplayText } from "./decode-text.js";
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
    file: trace.route.file === null ? null : displayPath(toDisplayText(trace.route.file)),
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
    severity: gravest(trace),
    findings: trace.findings.filter((finding) => finding.severity !== "hint").length,
  };
}

function gravest({ findings }: TraceRecord): Severity | null {
  return severity.options.find((level) => findings.some((finding) => finding.severity === level)) ?? null;
}
