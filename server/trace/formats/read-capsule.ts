// A capsule back to its trace. Nothing of it is run; the file may come from anywhere.
import { jsonOf } from "../../base/json-of.js";
import type { ProblemError } from "../../base/problem.js";
import type { Message } from "../../contract/message.js";
import type { TraceJson } from "../../contract/trace.js";
import { capsuleMark, capsuleVersion, traceMark } from "./capsule.js";
import { partBegin, partEnd } from "./capsule-shell.js";
import { fieldMistake, importMessage } from "./messages.js";
import { hasTooManyValues, isTooDeep } from "./read-trace-json.js";
import { placedTrace, restoreStreams } from "./stream-places.js";

export const isCapsule = (file: Buffer): boolean =>
  file.subarray(0, capsuleMark.length).equals(Buffer.from(capsuleMark));

/** `text`: one character for each byte. @throws ProblemError by `refuse` if it is not what a capsule is */
export function readCapsule(text: string, refuse: (why: Message) => ProblemError): TraceJson {
  const version = text.slice(capsuleMark.length, text.indexOf("\n", capsuleMark.length));
  if (version !== capsuleVersion) throw refuse(importMessage("newer-capsule", { version: version.slice(0, 20) }));
  const json = traceLine(text);
  if (json === undefined) throw refuse(importMessage("no-trace-line"));
  if (isTooDeep(json)) throw refuse(importMessage("too-deep"));
  const checked = placedTrace.safeParse(json);
  if (!checked.success) throw refuse(fieldMistake(checked.error));
  const parts: { stdin?: Buffer; stdout?: Buffer } = {};
  for (const part of ["stdin", "stdout"] as const) {
    const found = partOf(text, part);
    if (found === null) throw refuse(importMessage("no-part", { part }));
    if (found !== "none") parts[part] = found;
  }
  return restoreStreams(checked.data, parts);
}

/** The JSON in the comments at the top; undefined: there is not exactly one line of it, or it is none. */
function traceLine(text: string): unknown {
  const comments = /^(?:#[^\n]*\n)+/.exec(text)?.[0] ?? "";
  const [line = "", ...others] = comments.split("\n").filter((comment) => comment.startsWith(traceMark));
  const json = line.slice(traceMark.length);
  return others.length > 0 || hasTooManyValues(json) ? undefined : jsonOf(json);
}

/** "none": the capsule has no such part. Null: what is there is no part. */
function partOf(text: string, part: "stdin" | "stdout"): Buffer | "none" | null {
  const begin = `\n${partBegin(part)}\n`;
  const at = text.indexOf(begin);
  if (at < 0) return part === "stdin" ? "none" : null;
  const from = at + begin.length;
  const end = text.indexOf(`${partEnd(part)}\n`, from);
  const base64 = end < 0 ? "!" : text.slice(from, end).replaceAll("\n", "");
  return base64.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(base64) ? Buffer.from(base64, "base64") : null;
}
