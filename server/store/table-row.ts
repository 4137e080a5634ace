// The row of a list for a stored trace whose record cannot be read: what the table of traces says of it.
import { modeNames } from "../contract/modes.js";
import type { Finding, TraceRow } from "../contract/trace.js";
import type { TraceMarks } from "../contract/trace-marks.js";
import { origins, outcomes, routeKinds } from "../contract/trace-values.js";
import { numberOf } from "../protocol/trace-id.js";
import { noTiming } from "../trace/trace-record.js";
import { mostSevere, shownLength } from "../trace/trace-row.js";
import { applicationMark } from "./search-text.js";

export interface TableRow {
  readonly name: string;
  readonly started: number;
  readonly took: number | null;
  readonly status: number | null;
  readonly outcome: string;
  readonly mode: string | null;
  readonly method: string;
  readonly target: string;
  readonly script: string | null;
  readonly sent: number;
  readonly sender: string | null;
  readonly kind: string | null;
  readonly pinned: number;
  readonly findings: string | null;
}
export const tableRowColumns =
  "name, started, took, status, outcome, mode, method, target, script, sent, sender, kind, pinned, findings";

const known = <T extends string>(all: readonly T[], text: string | null): T | undefined =>
  all.find((one) => one === text);

/** The parent's id, the exit code and the phases are in the record alone. A value that no row may have is not taken. */
export function rowOfTable(
  facts: TableRow,
  displayPath: (file: string) => string | null,
  marks: TraceMarks | null,
): TraceRow {
  const { name, started, took, status, method, target, script, sent, pinned } = facts;
  const findings = (facts.findings === null ? null : findingsIn(facts.findings)) ?? [];
  const application = script?.startsWith(applicationMark) ? script.slice(applicationMark.length) : null;
  return {
    rev: 1,
    id: name,
    seq: numberOf(name),
    startedAt: started,
    status,
    exitCode: null,
    parent: null,
    marks,
    method: method.slice(0, shownLength.method),
    target: target.slice(0, shownLength.target),
    file: application ?? (script === null ? null : displayPath(script)),
    kind: known(routeKinds, facts.kind) ?? "none",
    mode: known(modeNames, facts.mode) ?? null,
    outcome: known(outcomes, facts.outcome) ?? "ok",
    from: known(origins, facts.sender) ?? "other",
    pinned: pinned === 1,
    responseBytes: sent,
    tookMs: took,
    fastcgi: null,
    timing: { ...noTiming(), doneAt: took },
    severity: mostSevere(findings),
    findings: findings.filter(({ severity }) => severity !== "hint").length,
  };
}

/** Null: the text is damaged. */
export function findingsIn(text: string): readonly Finding[] | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
