// The doctor's findings as text for a terminal: what, where, why, and what proves it.
import type { Evidence, Finding } from "../contract/trace.js";

export interface CheckedScript {
  /** In the folder. */
  readonly path: string;
  /** Known without running it. */
  readonly before: readonly Finding[];
  /** Why a part could not be looked at, a sentence; null when all was. */
  readonly unchecked: string | null;
  /** What one GET showed; null when it was not run. */
  readonly request: {
    readonly target: string;
    readonly status: number | null;
    readonly outcome: string;
    readonly findings: readonly Finding[];
  } | null;
}

export function reportText(scripts: readonly CheckedScript[]): string {
  const parts = scripts.map(scriptText).filter((text) => text !== "");
  const findings = scripts.flatMap(({ before, request }) => [...before, ...(request?.findings ?? [])]);
  const count = (severity: Finding["severity"]) => findings.filter((finding) => finding.severity === severity).length;
  const looked = scripts.length === 1 ? "1 file" : `${scripts.length} files`;
  return `${[...parts, `${looked}: ${count("error")} errors, ${count("warning")} warnings, ${count("hint")} hints.`].join("\n")}\n`;
}

function scriptText({ path, before, unchecked, request }: CheckedScript): string {
  const lines = [...before, ...(request?.findings ?? [])].map((finding) => findingText(path, finding));
  if (request !== null)
    lines.unshift(`GET ${request.target} was answered ${request.status ?? "not at all"} (${request.outcome}).\n`);
  if (unchecked !== null && (request !== null || before.length > 0)) lines.push(`${path}: ${unchecked}\n`);
  return lines.join("");
}

function findingText(
  path: string,
  { severity, title, detail, line, rule, reference, stream, range, evidence }: Finding,
): string {
  const place = line === null ? path : `${path}:${line}`;
  const proof = [
    ...(stream !== null && range !== null ? [`${stream}, bytes ${range[0]} to ${range[1]}`] : []),
    ...evidence.map(evidenceText),
  ];
  const about = reference === null ? rule : `${rule}, ${reference}`;
  return [`${place}: ${severity}: ${title} [${about}]`, `  ${detail}`, ...proof.map((text) => `  - ${text}`), ""].join(
    "\n",
  );
}

function evidenceText(evidence: Evidence): string {
  switch (evidence.kind) {
    case "variable":
      return evidence.value === null ? `${evidence.name} is not set` : `${evidence.name}=${evidence.value}`;
    case "errno":
      return evidence.errno;
    case "process":
      return evidence.signal === null ? `exit code ${evidence.exitCode ?? "unknown"}` : `ended by ${evidence.signal}`;
    case "mode":
      return evidence.mode === null ? `${evidence.path} is not there` : `${evidence.path} has mode ${evidence.mode}`;
    case "file":
      return evidence.line === null ? evidence.path : `${evidence.path}:${evidence.line}`;
    case "quote":
      return `${evidence.of}: ${evidence.text}`;
  }
}
