// Prints the mistakes in the folder's configuration beside a verb's output: without that, a mistake would look like a
// missing route.
import type { Problem } from "../contract/workspace.js";

export function tellProblems(problems: readonly Problem[]): void {
  for (const { message, fix } of problems)
    process.stderr.write(`cgi-workbench: ${message}${fix === null ? "" : ` ${fix}`}\n`);
}
