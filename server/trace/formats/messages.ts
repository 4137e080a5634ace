// Why a trace cannot be exported, or a file not be imported.
import type { ZodError } from "zod";
import { defineMessages, type Message, wordsOf } from "../../contract/message.js";
import { defineProblems } from "../../contract/problem.js";

type OfTrace = { readonly trace: string };

export const exportMessage = defineProblems({
  "nothing-ran": {
    message: ({ trace }: OfTrace) =>
      `No program of this folder ran for the trace ${trace}, so there is nothing to run again.`,
    fix: "Choose the trace of a request that a script served.",
  },
  "body-cut": {
    message: ({ trace, captured, bytes }: OfTrace & { readonly captured: number; readonly bytes: number }) =>
      `Only the first ${captured} of the ${bytes} bytes of the request body of ${trace} were kept.`,
    fix: "limits.captureBytes in cgi-workbench.json bounds what is kept of each stream. The store keeps no bytes of a trace that has more than 4 MiB.",
  },
  "body-not-in-file": {
    message: ({ trace, bytes }: OfTrace & { readonly bytes: number }) =>
      `The ${bytes} bytes of the request body of ${trace} are missing: the HAR file did not have them, or the trace is too large for the store.`,
    fix: "Record the request again with its body, or write the body in the composer.",
  },
  "not-a-request": {
    message: ({ trace }: OfTrace) => `The server did not read ${trace} as a request, so no such command can be made.`,
    fix: "Export it as raw HTTP.",
  },
  "not-imported": {
    message: ({ path, why }: { readonly path: string; readonly why: Message }) =>
      `${path} cannot be imported: ${wordsOf(why.text)}`,
    fix: "Import a capsule, a HAR file, or a collection of Postman, Insomnia or Bruno.",
  },
  "import-other-form": {
    message: ({ path, form }: { readonly path: string; readonly form: string }) =>
      `${path} cannot be imported: it is ${form}.`,
    fix: "Open it in Postman, Insomnia or Bruno, and export a collection from there.",
  },
  "import-too-slow": {
    message: ({ path, maxSeconds }: { readonly path: string; readonly maxSeconds: number }) =>
      `${path} cannot be imported: reading takes more than ${maxSeconds} s.`,
    fix: "Export a part of it by itself.",
  },
  "import-too-complex": {
    message: ({ path, maxValues }: { readonly path: string; readonly maxValues: number }) =>
      `${path} cannot be imported: more than ${maxValues} values take too much memory.`,
    fix: "Export a part of it by itself.",
  },
  "not-written": {
    message: ({ path, systemText }: { readonly path: string; readonly systemText: string }) =>
      `${path} cannot be written: ${systemText}.`,
    fix: "Name a file that you may write to, in a folder that exists.",
  },
});

/** What is wrong with a file that should be imported. */
export const importMessage = defineMessages({
  "file-unreadable": ({ systemText }: { readonly systemText: string }) => `it cannot be read (${systemText}).`,
  "file-over-limit": ({ maxMiB }: { readonly maxMiB: number }) => `it is larger than ${maxMiB} MiB.`,
  "file-unknown": "it is neither a capsule nor JSON nor a collection of requests.",
  "file-empty": "the file is empty.",
  "no-field-log": "it is JSON, but neither a HAR file nor a trace nor a collection of requests.",
  "newer-capsule": ({ version }: { readonly version: string }) =>
    `it is a capsule of version ${version}, which this version of CGI Workbench does not know.`,
  "no-trace-line": "the capsule’s line with the trace is missing, repeated or not JSON.",
  "no-part": ({ part }: { readonly part: string }) => `the capsule’s ${part} is missing, repeated or not base64.`,
  "not-json": ({ systemText }: { readonly systemText: string }) => `it is not JSON (${systemText}).`,
  "bad-field": ({ field, systemText }: { readonly field: string; readonly systemText: string }) =>
    `its field ${field} is not valid (${systemText}).`,
  "bad-stream": ({ stream }: { readonly stream: string }) =>
    `the lengths of its stream ${stream} contradict each other.`,
  "head-differs": "the bytes of its request are not the one request that it shows.",
  "line-end-in-header": ({ name }: { readonly name: string }) =>
    `its header “${name}” has a line end in it, which HTTP cannot carry.`,
  "too-deep": "its values lie too deep in each other.",
  "no-entries": "it has no requests.",
});

/** The first thing that a schema found. */
export function fieldMistake({ issues }: ZodError): Message {
  const [issue] = issues;
  return importMessage("bad-field", { field: issue?.path.join(".") || "(all)", systemText: issue?.message ?? "" });
}

/** Remarks of traces that were imported. */
export const importedMessage = defineMessages({
  "har-entry": "This request was imported from a HAR file: it did not come over a connection of this server.",
  "har-body-decoded": "The HAR file has the response body decoded: this header is about the body as it was sent.",
  "har-body-in-utf-8":
    "The HAR file has the response body as text and not as the bytes that were sent: here it is in UTF-8.",
});
