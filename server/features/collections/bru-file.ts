// The language of Bruno's files: blocks of pairs (`headers { … }`), of text (`body:json { … }`) and lists (`vars:secret
// [ … ]`). https://docs.usebruno.com/bru-lang/language

import { ProblemError } from "../../base/problem.js";
import type { Message } from "../../contract/message.js";
import type { TextFile } from "./collection.js";
import { bruFault, collectionProblem } from "./messages.js";

export interface BruPair {
  readonly name: string;
  readonly value: string;
}
export interface BruBlock {
  /** "get", "body:json", "vars:secret". */
  readonly name: string;
  /** Without those that are switched off (`~name: value`). */
  readonly pairs: readonly BruPair[];
  /** Without the two spaces before each line. */
  readonly text: string;
}
export interface BlockFile {
  /** With `/`, in the folder of the collection. */
  readonly path: string;
  readonly blocks: readonly BruBlock[];
}

/** Blocks whose lines are pairs. Others are read as text, as all that Bruno may add. */
const ofPairs =
  /^(?:meta|http|get|post|put|delete|patch|options|head|connect|trace|grpc|ws|headers|metadata|query|params|auth|vars|assert|settings)(?::(?!secret$).*)?$|^body:(?:form-urlencoded|multipart-form|file)$/;
const ofText = /^(?:body|script|tests|docs|example)(?::.*)?$/;
/** No text has these control characters. */
const isBinary = /[^\P{Cc}\t\n\r\x1b\x7f-\x9f]/u;

type Fail = (line: number, fault: Message) => never;

/** The blocks in their order. @throws ProblemError that names the line where the file is damaged */
export function readBru({ path, text }: TextFile): readonly BruBlock[] {
  const lines = text.replace(/^\ufeff/, "").split(/\r?\n/);
  const fail: Fail = (at, { text: systemText }) => {
    throw new ProblemError(collectionProblem("collection-invalid", { path, systemText, line: at + 1 }));
  };
  const binary = lines.findIndex((line) => isBinary.test(line));
  if (binary >= 0) fail(binary, bruFault("binary", { line: binary + 1 }));
  const blocks: BruBlock[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    if (line.trim() === "") continue;
    const [, name, open, list] = /^([A-Za-z][\w:-]*)\s*(?:([{[])|\[(.*)\]|\{\s*\})\s*$/.exec(line) ?? [];
    if (name === undefined) return fail(at, bruFault("outside", { line: at + 1 }));
    const from = at + 1;
    if (open !== undefined) at = endOf(lines, from, open);
    if (at < 0) return fail(from - 1, bruFault("no-end", { name, line: from }));
    const content = lines.slice(from, Math.max(from, at)).map((one) => one.replace(/^ {1,2}/, ""));
    const isList = open === "[" || list !== undefined;
    const pairs = isList ? itemsIn(list?.split(",") ?? content) : pairsIn(content, from, ofPairs.test(name), fail);
    blocks.push({ name, pairs, text: content.join("\n") });
  }
  if (blocks.length === 0) fail(0, bruFault("empty"));
  return blocks;
}

/** The line that closes a block; -1 where the file, or another block, comes before. */
function endOf(lines: readonly string[], from: number, open: string): number {
  const isEnd = open === "{" ? /^\}\s*$/ : /^\s*\]\s*$/;
  const at = lines.findIndex((line, index) => {
    const next = /^([A-Za-z][\w:-]*)\s*[{[]\s*$/.exec(line)?.[1] ?? "";
    return index >= from && (isEnd.test(line) || ofPairs.test(next) || ofText.test(next));
  });
  return isEnd.test(lines[at] ?? "") ? at : -1;
}

/** `from`: where the lines stand in the file; `isAll`: each of them must be a pair. */
function pairsIn(lines: readonly string[], from: number, isAll: boolean, fail: Fail): BruPair[] {
  const pairs: BruPair[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    const [, off = "", quoted, plain = "", value = ""] =
      /^\s*(~?)(?:"((?:[^"\\]|\\.)*)"|([^:\s][^:]*)):(.*)$/.exec(line) ?? [];
    if (quoted === undefined && plain === "") {
      if (isAll && !/^\s*(?:@.*)?$/.test(line)) fail(from + at, bruFault("no-colon", { line: from + at + 1 }));
      continue;
    }
    let content = value.trim();
    const closes = content.startsWith("'''") ? "'''" : content === "[" ? "]" : null;
    if (closes !== null) {
      const end = lines.findIndex((one, index) => index > at && one.trim().startsWith(closes));
      if (end < 0 && isAll) fail(from + at, bruFault("no-end", { name: plain.trim(), line: from + at + 1 }));
      const last = end < 0 ? lines.length : end;
      content = lines
        .slice(at + 1, last)
        .map((one) => one.replace(/^ {1,2}/, ""))
        .join("\n");
      content += (lines[last] ?? "").trim().slice(closes.length); // an annotation of the value
      at = last;
    }
    const name = quoted === undefined ? plain.trim() : quoted.replace(/\\(.)/g, "$1");
    if (off === "") pairs.push({ name, value: content });
  }
  return pairs;
}

const itemsIn = (lines: readonly string[]): BruPair[] =>
  lines.flatMap((line) => {
    const name = line.trim().replace(/,$/, "");
    return name === "" || name.startsWith("~") ? [] : [{ name, value: "" }];
  });
