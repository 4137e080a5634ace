// Runs all rules of the doctor on a finished trace, at once and on this thread.
import type { Finding } from "../../server/contract/trace.js";
import type { TraceFacts } from "../../server/doctor/base/facts.js";
import { examineDeferred, examineInline, type RulesOff, sortFindings } from "../../server/doctor/engine/examine.js";
import { withScriptFile } from "../../server/doctor/engine/script-of.js";

const none: RulesOff = new Set();

export function explain(trace: TraceFacts & { findings: readonly Finding[] }, off: RulesOff = none): void {
  const inline = examineInline(trace, off);
  trace.findings = sortFindings([...inline, ...examineDeferred(withScriptFile(trace), inline, off)]);
}
