// What is wrong with the folder's configuration, told beside what a verb prints: a mistake in it would else look like a missing route.
import type { Problem } from "../contract/workspace.js";

export function tellProblems(problems: readonly Problem[]): void {
  for (const { message, fix } of problems)
    process.stderr.write(`cgi-workbench: ${message}${fix === null ? "" : ` ${fix}`}\n`);
}
