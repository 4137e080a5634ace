// What a finished trace's findings are, gravest first. Healthy requests cost a few comparisons.
import { severity } from "../contract/trace.js";
import type { TraceRecord } from "../trace/trace-record.js";
import type { Rule } from "./rule.js";
import { couldNotStart } from "./rules/could-not-start.js";
import { endedBadly } from "./rules/ended-badly.js";
import { handlerUsed } from "./rules/handler-used.js";
import { outputHeld } from "./rules/output-held.js";
import { outputInvalid } from "./rules/output-invalid.js";
import { tooSlow } from "./rules/too-slow.js";

const rules: readonly Rule[] = [couldNotStart, outputInvalid, endedBadly, tooSlow, outputHeld, handlerUsed];

/** Fills in `trace.findings`. A rule that fails says so as a finding of its own: a trace must never be lost to its explanation. */
export function explain(trace: TraceRecord): void {
  if (trace.route.kind !== "script") return;
  const findings = rules.flatMap((rule) => rule(trace) ?? []);
  trace.findings = findings.sort((a, b) => severity.options.indexOf(a.severity) - severity.options.indexOf(b.severity));
}
