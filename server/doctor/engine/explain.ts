// A finished trace's findings, all rules asked at once and on this thread: for tests and tools that wait for them anyway.
import type { Finding } from "../../contract/trace.js";
import { examineDeferred, examineInline, inOrder, type RulesOff } from "./examine.js";
import type { TraceFacts } from "./subject.js";
import { withFile } from "./worker-payload.js";

const none: RulesOff = new Set();

export function explain(trace: TraceFacts & { findings: readonly Finding[] }, off: RulesOff = none): void {
  const atOnce = examineInline(trace, off);
  trace.findings = inOrder([...atOnce, ...examineDeferred(withFile(trace), atOnce, off)]);
}
