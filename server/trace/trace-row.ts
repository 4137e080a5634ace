// A trace as one line of the list.

import { toDisplayText } from "../base/decode-text.js";
import { traitsOf } from "../contract/modes.js";
import type { FastcgiTurn, Severity, TraceRow } from "../contract/trace.js";
import type { TraceMarks } from "../contract/trace-marks.js";
import { severities } from "../contract/trace-values.js";
import { recordedExitCode, rowNumbers } from "./codec/decode-trace.js";
import type { EncodedTrace } from "./codec/encode-trace.js";
import { recordAt } from "./codec/record.js";
import type { FastcgiRecorder } from "./fastcgi-recorder.js";
import type { TraceRecord } from "./trace-record.js";

/** How many characters of each a row keeps. */
export const shownLength = { method: 64, target: 2048 } as const;

/** What the trace itself does not hold. */
interface RowContext {
  idOf(startedAt: number): string;
  displayPath(file: string): string | null;
  /** What the user wrote to the trace. */
  readonly marks?: TraceMarks | null;
}

export function toRow(
  trace: TraceRecord | EncodedTrace,
  rev: number,
  { idOf, displayPath, marks = null }: RowContext,
): TraceRow {
  const { shared, startedAt, exitCode, responseBytes, timing, fastcgi } = trace.isEncoded
    ? encodedFacts(trace)
    : factsOf(trace);
  const { route, parent, client, request, response, outcome, held } = shared;
  return {
    rev,
    id: idOf(startedAt),
    seq: trace.seq,
    startedAt,
    method: beginning(toDisplayText(request.method), shownLength.method),
    target: beginning(toDisplayText(request.target), shownLength.target),
    file: subjectOf({ route }, displayPath),
    kind: route.kind,
    mode: route.mode,
    status: response?.status ?? null,
    outcome,
    exitCode,
    from: client.from,
    parent,
    pinned: trace.pinned,
    responseBytes,
    // How long a person held it, or a connection was open, is no latency.
    tookMs: held || traitsOf(route.mode)?.webSocket ? null : timing.doneAt,
    timing,
    fastcgi,
    severity: mostSevere(trace.findings),
    findings: trace.findings.filter((finding) => finding.severity !== "hint").length,
    marks,
  };
}

/** What the two forms of a trace have at other places. */
function encodedFacts({ context, data, at }: EncodedTrace) {
  const record = recordAt(data, at);
  const { startedAt, timing, fastcgi, streams } = rowNumbers(record, context.sent?.length);
  const responseBytes = streams["response-body"]?.bytes ?? 0;
  return { shared: context, startedAt, timing, fastcgi, responseBytes, exitCode: recordedExitCode(record) };
}

const factsOf = (trace: TraceRecord) => ({
  shared: trace,
  startedAt: trace.startedAt,
  timing: { ...trace.timing },
  fastcgi: trace.fastcgi && turnOf(trace.fastcgi),
  responseBytes: trace.response?.body.bytes ?? 0,
  exitCode: trace.process?.exitCode ?? null,
});

const turnOf = ({ reused, readyAt, connectedAt, begunAt }: FastcgiRecorder): FastcgiTurn => ({
  readyAt,
  connectedAt: reused ? null : connectedAt,
  begunAt,
});

/** Counts characters as SQLite does, which gives a search the same text. */
const beginning = (text: string, length: number): string =>
  text.length <= length
    ? text
    : Array.from(text.slice(0, 2 * length))
        .slice(0, length)
        .join("");

/**
 * What a trace is about: a file by its path in the workspace, an external application by the path
 * that leads to it ("/app"); null: nothing.
 */
export function subjectOf(
  { route }: Pick<TraceRecord, "route">,
  displayPath: (file: string) => string | null,
): string | null {
  return route.file === null ? applicationOf(route) : displayPath(toDisplayText(route.file));
}

/** The path that leads to an external application without a file; null: nothing like that ran. */
export const applicationOf = ({ mode, file, scriptName }: TraceRecord["route"]): string | null =>
  file === null && traitsOf(mode)?.isExternal ? toDisplayText(scriptName) || "/" : null;

export function mostSevere(findings: TraceRecord["findings"]): Severity | null {
  return severities.find((level) => findings.some((finding) => finding.severity === level)) ?? null;
}
