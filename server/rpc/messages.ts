// Why a call of the window cannot do its work, where the reason lies in the call itself.
import { maxScriptVersionBytes, maxScriptVersionsBytes, maxStoredVersionsBytes } from "../contract/limits.js";
import { type Message, wordsOf } from "../contract/message.js";
import { defineProblems } from "../contract/problem.js";

const mib = (bytes: number): string => `${bytes >> 20} MiB`;

type Trace = { readonly trace: string };

export const callMessage = defineProblems({
  "not-on-loopback": {
    message: ({ url }: { readonly url: string }) =>
      `The preview needs a loopback address, but scripts are served at ${url}.`,
    fix: "Open it in a browser.",
  },
  "other-folder": {
    message: ({ root }: { readonly root: string }) => `Nothing was changed: the folder ${root} was opened meanwhile.`,
    fix: "Open the previous folder again first.",
  },
  "version-not-kept": {
    code: "not-found",
    message: "That version of the script is no longer kept.",
    fix: `The workbench keeps the newest versions, up to ${mib(maxScriptVersionsBytes)} in memory and ${mib(maxStoredVersionsBytes)} with stored traces, and none of a script of more than ${mib(maxScriptVersionBytes)}.`,
  },
  "trace-not-kept": {
    code: "not-found",
    message: ({ trace }: Trace) => `The trace ${trace} is no longer kept.`,
    fix: "Newer traces replace older ones within the memory budget.",
  },
  "request-not-held": { code: "not-found", message: (_: Trace) => "This request is not held any more." },
  "request-ended": { code: "not-found", message: (_: Trace) => "This request has already ended." },
  "request-runs": {
    message: (_: Trace) => "This request has not ended yet.",
    fix: "Wait for its end, or stop it.",
  },
  "file-too-large": {
    message: ({ maxMiB }: { readonly maxMiB: number }) => `The file would be larger than ${maxMiB} MiB.`,
    fix: "Export the trace with the command line.",
  },
  "store-not-settable": {
    message: "The command line decides whether traces are stored.",
    fix: "Start the server without --store, --no-store and --no-traces to use the settings.",
  },
  "not-pinned-in-store": {
    message: ({ trace }: Trace) => `The stored trace ${trace} cannot be pinned while traces are not stored.`,
    fix: "Turn on “Store traces on disk” in the settings.",
  },
  "not-restored": {
    code: "not-found",
    message: "The deleted traces are no longer there.",
    fix: "A deletion can be undone for half a minute.",
  },
  "query-not-valid": { message: "The search is not valid.", fix: "Correct the filter first." },
  "hold-query-mistake": {
    code: "hold-query",
    message: ({ mistake }: { readonly mistake: Message }) => `No request is held: ${wordsOf(mistake.text)}`,
  },
  "hold-query-too-early": {
    code: "hold-query",
    message: "No request is held: the search asks for what is not known then.",
    fix: "Search for a method, a path, a file, a mode or a sender; after the headers also for a status.",
  },
  "too-many-hold-rules": {
    message: ({ limit }: { readonly limit: number }) => `${limit} searches hold requests already.`,
    fix: "Stop holding requests first.",
  },
  "too-many-pinned": {
    message: ({ maxPinned }: { readonly maxPinned: number }) => `${maxPinned} traces are pinned already.`,
    fix: "Unpin one first.",
  },
});
