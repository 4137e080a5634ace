// Why a command of the folder gives no answer.
import { maxCommandBytes, maxCommandMs } from "../../contract/own-commands-contract.js";
import { defineProblems } from "../../contract/problem.js";

type Command = { readonly file: string };
type Because = Command & { readonly why: string };
const maxMiB = maxCommandBytes >> 20;

export const commandProblem = defineProblems({
  "commands-not-trusted": {
    message: "The folder’s own commands wait until the folder is trusted.",
    fix: "Trust the folder first.",
  },
  "commands-behind-link": {
    message: ".cgi-workbench/commands is behind a link.",
    fix: "Make it, and the folder above it, a folder of its own.",
  },
  "command-missing": {
    code: "not-found",
    message: ({ file }: Command) => `There is no command ${file} in .cgi-workbench/commands.`,
    fix: "A command is a CGI script of its own there, not a link. Check its name, its first line and its permissions.",
  },
  "command-description": {
    message: ({ file, why }: Because) => `The description of ${file} is mistaken: ${why}`,
    fix: "It may have title, menus, trace and secrets: docs/configuration.md, “Commands of your own”.",
  },
  "command-input-large": {
    message: ({ bytes }: { readonly bytes: number }) =>
      `The command would get ${bytes} bytes. It may get at most ${maxMiB} MiB.`,
  },
  "command-input-cut": {
    message: ({ captured, bytes }: { readonly captured: number; readonly bytes: number }) =>
      `Only ${captured} of ${bytes} bytes were kept.`,
    fix: "Raise limits.captureBytes, then send the request again.",
  },
  "command-not-started": { message: ({ file, why }: Because) => `${file} could not be started: ${why}` },
  "command-mail-caught": {
    message: ({ file, recipients }: Command & { readonly recipients: string }) =>
      `${file} sent mail, which was caught and went nowhere${recipients === "" ? "" : `. It was for ${recipients}`}.`,
  },
  "command-slow": {
    message: ({ file }: Command) => `${file} was ended after ${maxCommandMs / 1000} seconds.`,
  },
  "command-answer-large": { message: ({ file }: Command) => `${file} wrote more than ${maxMiB} MiB, and was ended.` },
  "command-stopped": { message: ({ file }: Command) => `${file} was stopped.` },
  "command-failed": {
    message: ({ file, why, stderr }: Because & { readonly stderr: string }) =>
      `${file} gave no answer: ${why}${stderr === "" ? "" : ` It wrote to stderr: ${stderr}`}`,
    fix: "It answers as a CGI script does: Content-Type, an empty line, then the answer.",
  },
});
