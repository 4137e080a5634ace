// Why a file is left out of a conversion, or of its undo.
import { defineMessages } from "../../contract/message.js";
import { defineProblems } from "../../contract/problem.js";

export const conversionMessage = defineMessages({
  gone: "The file no longer exists.",
  "not-text": "The file is not text.",
  mixed: "The file has valid UTF-8 sequences and other bytes above 0x7F. Open it, and correct one of the two by hand.",
  undecodable: ({ encoding, line }: { readonly encoding: string; readonly line: number }) =>
    `${encoding} cannot decode line ${line}.`,
  "declares-unknown": ({ charset, line }: { readonly charset: string; readonly line: number }) =>
    `Line ${line} declares the encoding ${charset}, which the workbench does not know.`,
  "declares-other": ({ encoding, line }: { readonly encoding: string; readonly line: number }) =>
    `Line ${line} declares ${encoding}, and the file was not read as that. Open it, and choose its encoding.`,
  "nothing-to-change": "The file is UTF-8 already.",
  changed: "The file has changed since the preview.",
  "changed-since": "The file has changed since the conversion.",
  failed: ({ problem }: { readonly problem: string }) => problem,
});

export const conversionProblem = defineProblems({
  "conversion-not-kept": { code: "not-found", message: "This conversion can no longer be undone." },
});
