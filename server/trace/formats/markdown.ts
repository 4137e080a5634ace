// A trace in Markdown, for a bug report.
import { wordsOf } from "../../contract/message.js";
import type { TraceJson } from "../../contract/trace.js";
import { shownTrace } from "./shown-trace.js";

/** `note`: what it says of its secrets. */
export function markdownOf(trace: TraceJson, note: string | null): string {
  const { title, facts, findings, parts } = shownTrace(trace, note);
  const lines = [
    `# ${code(title)}`,
    "",
    ...facts.map(([name, value]) => `- ${name}: ${value.endsWith(".") ? plain(value) : code(value)}`),
    "",
  ];
  if (findings.length > 0) {
    lines.push("## Findings", "");
    for (const { severity, title: what, detail } of findings)
      lines.push(`- **${severity}: ${plain(wordsOf(what))}** ${plain(wordsOf(detail))}`);
    lines.push("");
  }
  for (const { name, text, note } of parts) {
    const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
    lines.push(
      `## ${name}`,
      "",
      ...(note === null ? [] : [`(${note})`, ""]),
      fence,
      text.replace(/\n$/, ""),
      fence,
      "",
    );
  }
  return lines.join("\n");
}

/** A code span: nothing in it is Markdown or HTML. */
function code(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  const ticks = "`".repeat(longestRun(line) + 1);
  const pad = line.startsWith("`") || line.endsWith("`") ? " " : "";
  return `${ticks}${pad}${line}${pad}${ticks}`;
}

/** A sentence, in which nothing is Markdown or HTML but what is marked as code. */
const plain = (text: string): string =>
  text
    .replace(/\s+/g, " ")
    .split(/`([^`]+)`/)
    .map((part, index) => (index % 2 === 1 ? code(part) : part.replace(/[\\`*_[\]<>&|~]/g, "\\$&")))
    .join("");

const longestRun = (text: string): number => Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
