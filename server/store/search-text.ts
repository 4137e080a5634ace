// What the store searches of a trace: text in columns. Bytes that are not UTF-8 are U+FFFD there, and NUL is U+2400,
// since SQLite ends a text at a NUL; the exact bytes are in the trace.
import { createHash } from "node:crypto";
import { toDisplayText } from "../base/decode-text.js";
import type { ByteString } from "../contract/bytes-text.js";
import { foldAscii } from "../contract/fold-ascii.js";
import { headersOf } from "../protocol/http1/head-grammar.js";
import type { SharedContext } from "../trace/codec/shared-contexts.js";
import { applicationOf } from "../trace/trace-row.js";
import { versionKey } from "./version-key.js";

export const searchText = (text: string): string => text.replaceAll("\0", "\u2400");
const shown = (text: ByteString): string => searchText(toDisplayText(text)).replaceAll("\n", "\u240a");

/** Marks of a line: a request header, a response header, a variable. */
export const lineMark = { request: ">", response: "<", variable: "$" } as const;
const marks = Object.values(lineMark).join("");

/** `LIKE` may find such a text where only the mark of a line is. */
export const beginsLikeMark = (text: string): boolean => marks.includes(text.charAt(0));

const markedLine = new RegExp(`\n[${marks}]`, "g");
/** For SQLite: whether the text is in the lines without their marks. Null: there are no lines. */
export const unmarkedHave = (lines: string | null, text: string): number =>
  lines !== null && foldAscii(lines.replace(markedLine, "\n")).includes(foldAscii(text)) ? 1 : 0;

/** Before the path of an external application, in place of a script's: no script's begins so. */
export const applicationMark = "=";

/** What is searched of a context. */
export type ContextText = ReturnType<typeof contextText>;

export function contextText({ request, response, env, route, outcome, client, parent, held }: SharedContext) {
  const application = applicationOf(route);
  const lines: string[] = [];
  for (const [name, value] of headersOf(request.head)) lines.push(`${lineMark.request}${shown(name)}: ${shown(value)}`);
  for (const [name, value] of response?.headers ?? [])
    lines.push(`${lineMark.response}${shown(name)}: ${shown(value)}`);
  for (const { name, value } of env ?? []) lines.push(`${lineMark.variable}${shown(name)}=${shown(value)}`);
  return {
    method: shown(request.method),
    target: shown(request.target),
    /** On disk, or of an external application, with its mark. */
    script: application !== null ? applicationMark + searchText(application) : route.file && shown(route.file),
    mode: route.mode,
    status: response?.status ?? null,
    outcome: outcome ?? "ok",
    sender: client.from,
    kind: route.kind,
    parent: parent?.kind ?? null,
    /** The script that ran; null: none did, or it has no hash. */
    version: route.scriptHash === null ? null : versionKey(route.scriptHash),
    /** A person's time is in the time of the request. */
    isHeld: held !== undefined,
    /** One header or variable each, with its mark. */
    lines,
  };
}

/** The lines as texts of their own; null: there are none. */
export interface SplitLines {
  readonly common: string | null;
  readonly own: string | null;
}

const maxRemembered = 8192;

/** Finds the lines that many requests have in common: they are stored once, and a row has only its own. */
export class CommonLines {
  #seen = new Map<string, number>();

  split(lines: readonly string[]): SplitLines {
    let common = "";
    let own = "";
    for (const line of lines) {
      const times = (this.#seen.get(line) ?? 0) + 1;
      if (this.#seen.size > maxRemembered) this.#seen = new Map();
      this.#seen.set(line, times);
      if (times > 2) common += `\n${line}`;
      else own += `\n${line}`;
    }
    return { common: common === "" ? null : `${common}\n`, own: own === "" ? null : `${own}\n` };
  }
}

export const hashOf = (text: string): Buffer => createHash("sha256").update(text).digest();
