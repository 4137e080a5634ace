// Checks of a script's text before any request: what a visitor may inject, and encodings that the language misreads.
import { toDisplayText } from "../../base/decode-text.js";
import type { ByteString } from "../../contract/bytes-text.js";
import { clientDataFlows } from "../client-data/flows.js";
import type { ScannedLanguage } from "../client-data/grammar.js";
import { flowDetail, sinkTexts } from "../client-data/words.js";
import { shiftJisTrouble } from "../evidence/shift-jis.js";
import { type Diagnostic, onLine } from "./markers.js";

export interface Source {
  /** The file's bytes. */
  readonly text: ByteString;
  readonly language: ScannedLanguage;
}
export interface SourceChecker {
  /** Rejects when it fails or takes too long. */
  checkSource(source: Source): Promise<readonly Diagnostic[]>;
}

export const checkSource = ({ text, language }: Source): Diagnostic[] => [
  ...clientData(text, language),
  ...shiftJis(text, language),
];

/** A line is named once, by what is worst there. */
const clientData = (text: ByteString, language: ScannedLanguage): Diagnostic[] =>
  clientDataFlows(text, language).map((flow) => {
    const { rule, title } = sinkTexts[flow.kind];
    const detail = flowDetail(flow, text);
    return onLine(toDisplayText(text), flow.line, { rule, severity: "warning", title, detail });
  });

/** Python reports it itself; no request runs a source in C. */
function shiftJis(text: ByteString, language: ScannedLanguage): Diagnostic[] {
  const trouble = language === "python" || language === "c" ? null : shiftJisTrouble(text, "backslash");
  if (trouble === null) return [];
  return [
    onLine(toDisplayText(text), trouble.line, {
      rule: "shift-jis-source",
      severity: "hint",
      title: `The second byte of “${trouble.character}” is a backslash`,
      detail:
        "The script is written in Shift_JIS, and the language reads it byte by byte: in a string in double quotes, this backslash changes the meaning of the next sign. Save the script as UTF-8, and declare `charset=utf-8` in `Content-Type`.",
    }),
  ];
}
