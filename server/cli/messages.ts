// What the command line reports: why it does not request or measure a script as it is configured, whether a folder lost
// its trust, what was not checked, and what is missing for a window's address, a log or a report.
import { defineProblems } from "../contract/problem.js";

export const cliMessage = defineProblems({
  "never-served": {
    message: ({ path }: { readonly path: string }) => `No request reaches ${path}.`,
    fix: "Hidden files, backups and databases are never served.",
  },
  "not-run": {
    message: ({ path, folder }: { readonly path: string; readonly folder: string }) =>
      `${path} was not run: ${folder} is not trusted.`,
    fix: "Pass --trust to run it, or trust the folder in the window.",
  },
  "settings-wait": {
    message: ({ settings }: { readonly settings: readonly string[] }) =>
      `The folder is not trusted, so these settings have no effect: ${settings.join(", ")}.`,
    fix: "Pass --trust to check with them, or trust the folder in the window.",
  },
  "list-cut": {
    message: ({ maxEntries, maxDepth }: { readonly maxEntries: number; readonly maxDepth: number }) =>
      `The folder has more than ${maxEntries} entries, or folders more than ${maxDepth} deep. The rest was not checked.`,
    fix: "Check its folders one by one: cgi-workbench doctor DIR.",
  },
  "elsewhere-cut": {
    message: ({ files, folders }: Limits) =>
      `Routes lead to more than ${files} files or ${folders} folders outside of the folder. The others were not checked.`,
    fix: "Check them one by one: cgi-workbench doctor FILE.",
  },
  "trust-ended": {
    message: ({ path }: { readonly path: string }) => `${path} is no longer trusted.`,
    fix: "A server that has it open is not affected until it opens the folder again.",
  },
  "was-not-trusted": { message: ({ path }: { readonly path: string }) => `${path} was not trusted.` },
  "no-window": {
    message: ({ path }: { readonly path: string }) => `No running server has a window for ${path}.`,
    fix: "Start one with “cgi-workbench serve”.",
  },
  "windows-not-found": {
    message: ({ systemText }: { readonly systemText: string }) => `Running servers cannot be found: ${systemText}.`,
    fix: "Set XDG_RUNTIME_DIR to a private folder, for “cgi-workbench serve” too.",
  },
  "log-not-opened": {
    message: ({ path, systemText }: LogFailed) => `${path} cannot be opened: ${systemText}.`,
    fix: "Name a file that you may write to, in a folder that exists.",
  },
  "log-not-written": {
    message: ({ path, systemText }: LogFailed) => `${path} cannot be written: ${systemText}.`,
    fix: "Free space on its disk, then start the server again.",
  },
  "report-not-written": {
    message: ({ path, systemText }: LogFailed) => `The report ${path} is not complete: ${systemText}.`,
    fix: "Free space on its disk, then run the requests again.",
  },
  "mode-unfit": {
    message: ({ why }: { readonly why: string }) => `The outputs cannot be compared. ${why}`,
    fix: "Name a Python, Perl or Ruby script that also runs as CGI.",
  },
});

type Limits = { readonly files: number; readonly folders: number };
type LogFailed = { readonly path: string; readonly systemText: string };
