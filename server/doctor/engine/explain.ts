// Runs all rules on a finished trace, at once and on this thread: for callers that wait for the findings anyway.
import type { Finding } from "../../contract/trace.js";
import type { TraceFacts } from "../base/facts.js";
import { examineDeferred, examineInline, type RulesOff, sortFindings } from "./examine.js";
import { withScriptFile } from "./script-of.js";

const none: RulesOff = new Set();

export function explain(trace: TraceFacts & { findings: readonly Finding[] }, off: RulesOff = none): void {
  const inline = examineInline(trace, off);
  trace.findings = sortFindings([...inline, ...examineDeferred(withScriptFile(trace), inline, off)]);
}
