// What happened to the stored traces, for the log and for the command line.
import { ProblemError } from "../base/problem.js";
import { defineProblems } from "../contract/problem.js";

type OfFile = { readonly path: string };
type Failed = OfFile & { readonly systemText: string };

export const storeMessage = defineProblems({
  "store-newer": {
    message: ({ path }: OfFile) => `A newer version of CGI Workbench wrote the stored traces in ${path}.`,
    fix: "Traces are kept in memory only. Update this version, or move the file.",
  },
  "store-earlier": {
    message: ({ path }: OfFile) =>
      `An earlier version of CGI Workbench wrote the stored traces, and this one cannot read them. The file is now ${path}.`,
    fix: "A new file was begun.",
  },
  "store-damaged": {
    message: ({ path }: OfFile) => `The file with the stored traces was damaged. It is now ${path}.`,
    fix: "A new file was begun.",
  },
  "store-damaged-trace": {
    message: ({ path }: OfFile) => `Traces in ${path} are damaged and cannot be read.`,
    fix: "All others can be read.",
  },
  "store-full": {
    message: ({ path }: OfFile) => `There is no space left for traces in ${path}.`,
    fix: "Traces are kept in memory only until there is space.",
  },
  "store-goes-on": {
    message: ({ path, lost }: OfFile & { readonly lost: number }) =>
      `Traces are stored again in ${path}. ${lost} ${lost === 1 ? "was" : "were"} not stored.`,
  },
  "store-failed": {
    message: ({ path, systemText }: Failed) => `Traces cannot be stored in ${path}: ${systemText}.`,
    fix: "Traces are kept in memory only.",
  },
  "store-behind": {
    message: ({ lost, shortened }: { readonly lost: number; readonly shortened: number }) =>
      `Requests came faster than their traces could be stored: ${shortened} were stored without their streams, ${lost} not at all.`,
  },
  "store-locked": {
    message: ({ path, lost, shortened }: OfFile & { readonly lost: number; readonly shortened: number }) =>
      `While ${path} was locked, ${shortened} traces were stored without their streams, ${lost} not at all.`,
  },
  "store-too-large": {
    message: ({ tooLarge, maxMiB }: { readonly tooLarge: number; readonly maxMiB: number }) =>
      `${tooLarge} ${tooLarge === 1 ? "trace has" : "traces have"} more than ${maxMiB} MiB and ${
        tooLarge === 1 ? "was" : "were"
      } stored without the bytes of the streams.`,
    fix: "limits.captureBytes in cgi-workbench.json bounds what is kept of each stream.",
  },
  "store-unreadable": {
    message: ({ path, systemText }: Failed) => `The stored traces in ${path} cannot be read: ${systemText}.`,
    fix: "Check the file and its folder.",
  },
  "store-settings-unreadable": {
    message: ({ systemText }: Pick<Failed, "systemText">) =>
      `The settings for stored traces cannot be read: ${systemText}.`,
    fix: "The default settings apply. Set them again in the settings.",
  },
  "store-settings-not-written": {
    message: ({ systemText }: Pick<Failed, "systemText">) => `The settings were not saved: ${systemText}.`,
    fix: "Check the data folder and its permissions.",
  },
  "store-not-deleted": {
    message: ({ path, systemText }: Failed) => `The stored traces in ${path} were not deleted: ${systemText}.`,
    fix: "Close other programs that use the file, then try again.",
  },
  "store-not-purged": {
    message: ({ path, systemText }: Failed) => `The bytes of deleted traces are still in ${path}: ${systemText}.`,
    fix: "They are removed the next time the folder is opened.",
  },
  "searches-not-saved": {
    message: ({ systemText }: Pick<Failed, "systemText">) => `The searches were not saved: ${systemText}.`,
    fix: "Check the data folder and its permissions.",
  },
  "searches-unreadable": {
    message: ({ systemText }: Pick<Failed, "systemText">) => `The saved searches cannot be read: ${systemText}.`,
    fix: "Correct or delete the file.",
  },
  "too-many-searches": {
    message: ({ most }: { readonly most: number }) => `${most} searches are saved already.`,
    fix: "Remove one first.",
  },
  "version-not-stored": {
    message: ({ path, systemText }: Failed) => `A version of a script was not stored in ${path}: ${systemText}.`,
    fix: "Its traces cannot be run again against that version later.",
  },
  "trace-not-stored": {
    code: "not-found",
    message: ({ trace }: { readonly trace: string }) => `No trace ${trace} is stored for this folder.`,
    fix: "cgi-workbench traces lists the ones that are.",
  },
});

/** Whether a trace could not be read because its stored bytes are damaged. */
export const isDamagedTrace = (error: unknown): boolean =>
  error instanceof ProblemError && error.problem.code === "store-damaged-trace";
