// What happens to a file by default: one table, as data. The tests check it row by row.
// path × mode bits × shebang or program × extension → action; the first row that matches decides.

import type { Message } from "../contract/message.js";
import { handlerReason } from "./messages.js";

/**
 * The kind of the first bytes: "#!", a program of this system, a byte order mark before "#!", text in UTF-16,
 * something else, or unreadable.
 */
export type Beginning = "shebang" | "program" | "bom" | "utf-16" | "other" | "unreadable";
/**
 * "script": .cgi, .fcgi and what the configuration lists as a script; "handler": an extension with a configured
 * interpreter, as .py has by default.
 */
export type ExtensionKind = "script" | "handler" | "other";

interface FileFeatures {
  /** A folder of the request's path is named cgi-bin, or the route runs every file. */
  readonly inCgiBin: boolean;
  readonly executable: boolean;
  readonly begins: Beginning;
  readonly extension: ExtensionKind;
}
/**
 * "run": the file itself is started, even if the system may refuse it; "handler": its extension's interpreter runs it;
 * "static": it is sent unchanged.
 */
export type Action = "run" | "handler" | "static";

export interface Row {
  /** A row that does not name a feature matches any value of it. */
  readonly when: {
    readonly inCgiBin?: boolean;
    readonly executable?: boolean;
    readonly begins?: readonly Beginning[];
    readonly extension?: ExtensionKind;
  };
  readonly action: Action;
  /** For "handler": why the file itself was not started. */
  readonly because: Message | null;
}

/** `isListed`: the configuration has settings for this script. */
export function extensionKind(extension: string, hasHandler: boolean, isListed: boolean): ExtensionKind {
  if (extension === ".cgi" || extension === ".fcgi") return "script";
  return hasHandler ? "handler" : isListed ? "script" : "other";
}

/** The row of a file below a route whose `run` leaves it out. */
export const sentAsIs: Row = { when: {}, action: "static", because: null };

/** The row of a file that another script gets. */
export const passedOn: Row = { when: {}, action: "handler", because: null };

export const table: readonly Row[] = [
  { when: { executable: true, begins: ["shebang", "program"] }, action: "run", because: null },
  // An interpreter cannot read an unreadable file either; an executable may still
  // start, since that needs no read permission.
  { when: { executable: true, begins: ["unreadable"], extension: "handler" }, action: "run", because: null },
  {
    when: { executable: true, begins: ["bom"], extension: "handler" },
    action: "handler",
    because: handlerReason("byte-order-mark-first"),
  },
  { when: { begins: ["utf-16"], extension: "handler" }, action: "handler", because: handlerReason("saved-as-utf-16") },
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
  // Always scripts: if they cannot run, the system reports why and the trace shows it. Their source is never sent.
  { when: { extension: "script" }, action: "run", because: null },
  { when: { inCgiBin: true }, action: "run", because: null },
  { when: {}, action: "static", because: null },
];

/** The row that decides about a file. */
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
