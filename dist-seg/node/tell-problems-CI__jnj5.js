import { n as writeWords } from "./terminal-text-C2cQ1erE.js";
// server/cli/tell-problems.ts
function tellProblems(problems) {
	for (const { message, fix } of problems) writeWords(process.stderr, `cgi-workbench: ${message}${fix === null ? "" : ` ${fix}`}\n`);
}
export { tellProblems as t };

//# sourceMappingURL=tell-problems-CI__jnj5.js.map