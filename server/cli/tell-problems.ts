// Prints the mistakes in the folder's configuration beside a verb's output: without that, a mistake would look like a
// missing route.
import { writeWords } from "../base/terminal-text.js";
import { problemText } from "../contract/problem.js";
import type { Problem } from "../contract/workspace.js";

export function tellProblems(problems: readonly Problem[]): void {
  for (const problem of problems) writeWords(process.stderr, `cgi-workbench: ${problemText(problem)}\n`);
}
