// A finished trace's findings, all rules asked at once and on this thread.

import type { Finding } from "../contract/trace.js";
import { examineAtOnce, examineLater, inOrder, isFailure, type RulesOff } from "./examine.js";
import { readScriptFile } from "./read-script-file.js";
import type { TraceFacts } from "./subject.js";

const none: RulesOff = new Set();

export function explain(trace: TraceFacts & { findings: readonly Finding[] }, off: RulesOff = none): void {
  const atOnce = examineAtOnce(trace, off);
  const { file } = trace.route;
  const path = trace.env?.find(({ name }) => name === "PATH")?.value ?? "";
  const later = examineLater({ ...trace, file: file !== null && isFailure(trace) ? readScriptFile(file, path) : null }, atOnce, off);
  trace.findings = inOrder([...atOnce, ...later]);
}
