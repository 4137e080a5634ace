// A trace as one line of the list.

import { toDisplayText } from "../base/decode-text.js";
import type { ByteString } from "../contract/bytes-text.js";
import { traitsOf } from "../contract/modes.js";
import type { FastcgiTurn, Severity, Timing, TraceRow } from "../contract/trace.js";
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

/** What a row shows of a trace, in either form. */
interface RowFacts extends Pick<TraceRecord, "startedAt" | "route" | "parent" | "findings" | "held"> {
  readonly from: TraceRow["from"];
  readonly method: ByteString;
  readonly target: ByteString;
  readonly status: number | null;
  readonly outcome: TraceRow["outcome"];
  readonly exitCode: number | null;
  readonly responseBytes: number;
  readonly timing: Timing;
  readonly fastcgi: FastcgiTurn | null;
}

export function toRow(
  trace: TraceRecord | EncodedTrace,
  rev: number,
  { idOf, displayPath, marks }: RowContext,
): TraceRow {
  const {
    startedAt,
    route,
    parent,
    findings,
    from,
    method,
    target,
    status,
    outcome,
    exitCode,
    responseBytes,
    timing,
    fastcgi,
    held,
  } = trace.isEncoded ? encodedFacts(trace) : factsOf(trace);
  return {
    rev,
    id: idOf(startedAt),
    seq: trace.seq,
    startedAt,
    method: beginning(toDisplayText(method), shownLength.method),
    target: beginning(toDisplayText(target), shownLength.target),
    file: subjectOf({ route }, displayPath),
    kind: route.kind,
    mode: route.mode,
    status,
    outcome,
    exitCode,
    from,
    parent,
    pinned: trace.pinned,
    responseBytes,
    tookMs: held ? null : timing.doneAt,
    timing,
    fastcgi,
    severity: mostSevere(findings),
    findings: findings.filter((finding) => finding.severity !== "hint").length,
    marks: marks ?? null,
  };
}

function encodedFacts(trace: EncodedTrace): RowFacts {
  const { context, findings } = trace;
  const record = recordAt(trace.data, trace.at);
  const { startedAt, timing, fastcgi, streams } = rowNumbers(record, context.sent?.length);
  const { route, parent, client, request, response, outcome, held } = context;
  const { method, target } = request;
  return {
    startedAt,
    route,
    parent,
    findings,
    from: client.from,
    method,
    target,
    outcome,
    timing,
    fastcgi,
    held,
    status: response?.status ?? null,
    exitCode: recordedExitCode(record),
    responseBytes: streams.responseBody?.bytes ?? 0,
  };
}

function factsOf({
  startedAt,
  route,
  parent,
  findings,
  client,
  request,
  response,
  outcome,
  process,
  timing,
  fastcgi,
  held,
}: TraceRecord): RowFacts {
  const { method, target } = request;
  return {
    startedAt,
    route,
    parent,
    findings,
    from: client.from,
    method,
    target,
    outcome,
    timing: { ...timing },
    held,
    status: response?.status ?? null,
    exitCode: process?.exitCode ?? null,
    responseBytes: response?.body.bytes ?? 0,
    fastcgi: fastcgi && turnOf(fastcgi),
  };
}

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
