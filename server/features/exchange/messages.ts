// How the response to a repeated request differs from the recorded one, and why a version of its script cannot run.
import { defineMessages } from "../../contract/message.js";
import type { Mode } from "../../contract/modes.js";
import { defineProblems } from "../../contract/problem.js";

type Differs = { readonly was: string; readonly now: string };

export const responseMessage = defineMessages({
  "response-status": ({ was, now }: Differs) => `The status is ${now}. It was ${was}.`,
  "response-header": ({ name, was, now }: Differs & { readonly name: string }) =>
    `The header ${name} is ${now}. It was ${was}.`,
  "response-body": ({ offset, was, now }: Differs & { readonly offset: number }) =>
    `The body differs from byte ${offset} on: ${now}. It was: ${was}.`,
  "response-length": ({ was, now }: Differs) => `The body has ${now} bytes. It had ${was}.`,
  "same-version": "The script has not changed since then.",
  "no-version-ran": "Neither request ran the script, so its versions were not compared.",
  "not-compared": ({ bytes }: { readonly bytes: number }) =>
    `Of the body ${bytes === 1 ? "1 byte was" : `${bytes} bytes were`} not compared, because not all of it was kept.`,
});

type AtMost = { readonly maxMiB: number };

/** Why a request cannot be sent to an earlier version of its script. */
export const replayProblem = defineProblems({
  "no-version-of-trace": {
    message: ({ seq, maxMiB }: AtMost & { readonly seq: number }) =>
      `#${seq} ran no script of this folder, or one of more than ${maxMiB} MiB, of which no version is kept.`,
  },
  "version-not-stored-then": {
    code: "not-found",
    message: "The version of the script that ran then is not kept.",
    fix: ({ maxMiB }: AtMost) =>
      `Versions are kept with the stored traces of a folder, if the script has at most ${maxMiB} MiB. Store traces on disk.`,
  },
  "version-of-application": {
    message: ({ mode }: { readonly mode: Mode }) =>
      `An earlier version runs as CGI, in a process of its own, and a script of the mode “${mode}” is not a CGI script.`,
    fix: "Restore the earlier file, then send the request again.",
  },
  "version-not-written": {
    message: ({ systemText }: { readonly systemText: string }) =>
      `The earlier version of the script could not be written to the user’s data folder: ${systemText}.`,
    fix: "Check the folder, its permissions and the free space on its disk.",
  },
  "script-folder-unreadable": {
    message: ({ folder, systemText }: { readonly folder: string; readonly systemText: string }) =>
      `The folder ${folder} cannot be read: ${systemText}. What lies in it cannot be linked beside the earlier version.`,
    fix: "Make it readable, then send the request again.",
  },
  "version-among-many": {
    message: ({ maxLinks }: { readonly maxLinks: number }) =>
      `The script lies among more than ${maxLinks} files, so its earlier version cannot be run apart from them.`,
    fix: "Restore the earlier file, then send the request again.",
  },
});
