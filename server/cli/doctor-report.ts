// The doctor's findings as text for a terminal: location, title, detail and evidence.
import type { CheckedScript } from "../contract/command-output.js";
import { messageKey, wordsOf } from "../contract/message.js";
import { type Evidence, type Finding, severity } from "../contract/trace.js";
import { uncheckedMessage } from "../doctor/static-checks/messages.js";

export function reportText(scripts: readonly CheckedScript[]): string {
  const parts = scripts.map(scriptText);
  const findings = scripts.flatMap(({ before, request }) => [...before, ...(request?.findings ?? [])]);
  const totals = severity.options.map((level) =>
    counted(findings.filter((finding) => finding.severity === level).length, level),
  );
  const unchecked = scripts.filter(({ uncheckedWhy }) => isOfSyntax(uncheckedWhy));
  if (unchecked.length > 0) totals.push(`${unchecked.length} without a syntax check`);
  const reasons = new Map(unchecked.map((script) => [reasonOf(script), script.unchecked]));
  const lines = [...reasons].map(([reason, words]) => {
    const paths = unchecked.filter((script) => reasonOf(script) === reason).map(({ path }) => path);
    return `${paths.length === 1 ? paths[0] : counted(paths.length, "file")}: ${wordsOf(words)}\n`;
  });
  parts.push(lines.join(""));
  return `${[...parts.filter((text) => text !== ""), `${counted(scripts.length, "file")}: ${totals.join(", ")}.`].join("\n")}\n`;
}

const reasonOf = ({ uncheckedWhy: why }: CheckedScript): string | null => why && messageKey(why);

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** Else nothing of the file was checked. */
const isOfSyntax = (why: CheckedScript["uncheckedWhy"]): boolean => uncheckedMessage.is(why, ...uncheckedMessage.codes);

function scriptText({ path, before, unchecked, uncheckedWhy, request }: CheckedScript): string {
  const lines = [...before, ...(request?.findings ?? [])].map((finding) => findingText(path, finding));
  if (request !== null)
    lines.unshift(`GET ${request.target}: ${request.status ?? "no response"} (${request.outcome})\n`);
  if (unchecked !== null && !isOfSyntax(uncheckedWhy)) lines.push(`${path}: ${wordsOf(unchecked)}\n`);
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
  return [
    `${place}: ${severity}: ${wordsOf(title)} [${about}]`,
    `  ${wordsOf(detail)}`,
    ...proof.map((text) => `  - ${text}`),
    "",
  ].join("\n");
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
      return evidence.mode === null ? `${evidence.path} does not exist` : `${evidence.path} has mode ${evidence.mode}`;
    case "file":
      return evidence.line === null ? evidence.path : `${evidence.path}:${evidence.line}`;
    case "quote":
      return `${evidence.of}: ${evidence.text}`;
  }
}
