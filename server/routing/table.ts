// What becomes of a file when nothing is configured: the one table, as data. The tests go through it row by row.
// path × mode bits × shebang or program × extension → action; the first row that matches decides.

import type { Message } from "../contract/message.js";
import { handlerReason } from "./messages.js";

/** What the first bytes are: "#!", a program of this system, a byte order mark before "#!", something else, or not to be read. */
export type Beginning = "shebang" | "program" | "bom" | "other" | "unreadable";
/** "script": .cgi and .fcgi; "handler": one that has an interpreter configured, as .py has by default. */
export type ExtensionKind = "script" | "handler" | "other";

export interface FileFeatures {
  /** A folder of the request's path is named cgi-bin. */
  readonly inCgiBin: boolean;
  readonly executable: boolean;
  readonly begins: Beginning;
  readonly extension: ExtensionKind;
}
/** "run": started as itself, whatever the system says to that; "handler": given to its extension's interpreter; "static": sent as it is. */
export type Action = "run" | "handler" | "static";

export interface Row {
  /** A feature that is left out may be anything. */
  readonly when: {
    readonly inCgiBin?: boolean;
    readonly executable?: boolean;
    readonly begins?: readonly Beginning[];
    readonly extension?: ExtensionKind;
  };
  readonly action: Action;
  /** For "handler": why the file was not started as itself. */
  readonly because: Message | null;
}

export const table: readonly Row[] = [
  { when: { executable: true, begins: ["shebang", "program"] }, action: "run", because: null },
  // Something unreadable cannot be given to an interpreter either; an executable may still start, since that needs no reading.
  { when: { executable: true, begins: ["unreadable"], extension: "handler" }, action: "run", because: null },
  {
    when: { executable: true, begins: ["bom"], extension: "handler" },
    action: "handler",
    because: handlerReason("byte-order-mark-first"),
  },
  { when: { executable: true, extension: "handler" }, action: "handler", because: handlerReason("no-shebang") },
  { when: { begins: ["program"], extension: "handler" }, action: "run", because: null },
  {
    when: { begins: ["shebang", "unreadable"], extension: "handler" },
    action: "handler",
    because: handlerReason("not-executable"),
  },
  {
    when: { begins: ["bom"], extension: "handler" },
    action: "handler",
    because: handlerReason("not-executable-byte-order-mark"),
  },
  { when: { extension: "handler" }, action: "handler", because: handlerReason("not-executable-no-shebang") },
  // Always scripts: what keeps them from running is for the system to say and for the trace to show, never a reason to send their source.
  { when: { extension: "script" }, action: "run", because: null },
  { when: { inCgiBin: true }, action: "run", because: null },
  { when: {}, action: "static", because: null },
];

/** The row that decides over a file. */
export function decide(features: FileFeatures): Row {
  const row = table.find(
    ({ when }) =>
      (when.inCgiBin === undefined || when.inCgiBin === features.inCgiBin) &&
      (when.executable === undefined || when.executable === features.executable) &&
      (when.begins === undefined || when.begins.includes(features.begins)) &&
      (when.extension === undefined || when.extension === features.extension),
  );
  if (row === undefined) throw new Error("the table's last row must match everything");
  return row;
}
