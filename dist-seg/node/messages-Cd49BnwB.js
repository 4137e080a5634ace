import { t as defineProblems } from "./problem-BYFI9xia.js";
// server/cli/messages.ts
var cliMessage = defineProblems({
	"never-served": {
		message: ({ path }) => `No request reaches ${path}.`,
		fix: "Hidden files, backups and databases are never served."
	},
	"not-run": {
		message: ({ path }) => `${path} was not run: its folder is not trusted.`,
		fix: "Pass --trust to run it, or trust the folder in the window."
	},
	"settings-wait": {
		message: ({ settings }) => `The folder is not trusted, so these settings have no effect: ${settings.join(", ")}.`,
		fix: "Pass --trust to check with them, or trust the folder in the window."
	},
	"elsewhere-cut": {
		message: ({ files, folders }) => `Routes lead to more than ${files} files or ${folders} folders outside of the folder. The others were not checked.`,
		fix: "Check them one by one: cgi-workbench doctor FILE."
	},
	"trust-ended": {
		message: ({ path }) => `${path} is no longer trusted.`,
		fix: "A server that has it open goes on as it is. Open the folder again there."
	},
	"was-not-trusted": { message: ({ path }) => `${path} was not trusted.` },
	"no-window": {
		message: ({ path }) => `No running server has a window for ${path}.`,
		fix: "Start one with “cgi-workbench serve”."
	},
	"log-not-opened": {
		message: ({ path, systemText }) => `${path} cannot be opened: ${systemText}.`,
		fix: "Name a file that you may write to, in a folder that exists."
	},
	"log-not-written": {
		message: ({ path, systemText }) => `${path} cannot be written: ${systemText}.`,
		fix: "Make room on its disk, then start the server again."
	},
	"mode-unfit": {
		message: ({ why }) => `The outputs cannot be compared. ${why}`,
		fix: "Name a Python, Perl or Ruby script that also runs as CGI."
	}
});
export { cliMessage as t };

//# sourceMappingURL=messages-Cd49BnwB.js.map