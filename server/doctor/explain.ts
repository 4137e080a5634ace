// A finished trace's findings, all rules asked at once and on this thread: for tests and tools that wait for them anyway.
import type { Finding } from "../contract/trace.js";
import { withFile } from "./copied.js";
import { examineAtOnce, examineLater, inOrder, type RulesOff } from "./examine.js";
import type { TraceFacts } from "./subject.js";

const none: RulesOff = new Set();

export function explain(trace: TraceFacts & { findings: readonly Finding[] }, off: RulesOff = none): void {
  const atOnce = examineAtOnce(trace, off);
  trace.findings = inOrder([...atOnce, ...examineLater(withFile(trace), atOnce, off)]);
}
