// The language of Bruno's files: blocks of pairs (`headers { … }`), of text (`body:json { … }`) and lists (`vars:secret
// [ … ]`). https://docs.usebruno.com/bru-lang/language

import { ProblemError } from "../../base/problem.js";
import { type Message, wordsOf } from "../../contract/message.js";
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

/** Blocks whose lines are pairs. Other blocks, also unknown ones, are text. */
const ofPairs =
  /^(?:meta|http|get|post|put|delete|patch|options|head|connect|trace|grpc|ws|headers|metadata|query|params|auth|vars|assert|settings)(?::(?!secret$).*)?$|^body:(?:form-urlencoded|multipart-form|file)$/;
const ofText = /^(?:body|script|tests|docs|example)(?::.*)?$/;
/** Beside its blocks, an environment has the colour in which Bruno shows it. */
const isOutside = /^\s*$|^color:/;

type Fail = (line: number, fault: Message) => never;

/** The blocks in their order. @throws ProblemError that names the line where the file is damaged */
export function readBru({ path, text }: TextFile): readonly BruBlock[] {
  const lines = text.replace(/^\ufeff/, "").split(/\r?\n/);
  const fail: Fail = (at, { text: systemText }) => {
    throw new ProblemError(
      collectionProblem("collection-invalid", { path, systemText: wordsOf(systemText), line: at + 1 }),
    );
  };
  const binary = lines.findIndex((line) => line.includes("\0"));
  if (binary >= 0) fail(binary, bruFault("binary", { line: binary + 1 }));
  const blocks: BruBlock[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    if (isOutside.test(line)) continue;
    const [, name, open, list] = /^([A-Za-z][\w:-]*)\s*(?:([{[])|\[(.*)\]|\{\s*\})\s*$/.exec(line) ?? [];
    if (name === undefined) return fail(at, bruFault("outside", { line: at + 1 }));
    const from = at + 1;
    if (open !== undefined) at = endOf(lines, from, open);
    if (at < 0) return fail(from - 1, bruFault("no-end", { name, line: from }));
    const content = lines.slice(from, Math.max(from, at)).map(withoutIndent);
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
  const at = indexFrom(lines, from, (line) => {
    const next = /^([A-Za-z][\w:-]*)\s*[{[]\s*$/.exec(line)?.[1] ?? "";
    return isEnd.test(line) || ofPairs.test(next) || ofText.test(next);
  });
  return isEnd.test(lines[at] ?? "") ? at : -1;
}

/** The first line from `from` on that is it; -1: there is none. */
function indexFrom(lines: readonly string[], from: number, isIt: (line: string) => boolean): number {
  for (let at = from; at < lines.length; at++) if (isIt(lines[at] ?? "")) return at;
  return -1;
}

/** `from`: where the lines stand in the file; `isAll`: each of them must be a pair. */
function pairsIn(lines: readonly string[], from: number, isAll: boolean, fail: Fail): BruPair[] {
  const pairs: BruPair[] = [];
  /** The line where what begins in this line ends. */
  const closing = (at: number, what: string, isIt: (line: string) => boolean): number => {
    const end = indexFrom(lines, at + 1, isIt);
    if (end < 0 && isAll) fail(from + at, bruFault("no-end", { name: what, line: from + at + 1 }));
    return end < 0 ? lines.length : end;
  };
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    if (/^\s*@/.test(line)) {
      if (/^[^']*'{3}(?!.*'{3})/.test(line)) at = closing(at, "@", (one) => one.includes(textEnd));
      continue;
    }
    const [, off = "", quoted, plain, value = ""] =
      /^\s*(~?)(?:"((?:[^"\\]|\\.)*)"|([^:\s][^:]*|)):(.*)$/.exec(line) ?? [];
    const name = quoted === undefined ? plain?.trim() : quoted.replace(/\\(.)/g, "$1");
    if (name === undefined) {
      if (isAll && line.trim() !== "") fail(from + at, bruFault("no-colon", { line: from + at + 1 }));
      continue;
    }
    let content = value.trim();
    const isText = content.startsWith(textEnd);
    if (isText && content.indexOf(textEnd, textEnd.length) > 0) {
      content = content.replaceAll(textEnd, "");
    } else if (isText || content === "[") {
      const end = closing(at, name, (one) => (isText ? one.includes(textEnd) : one.trim().startsWith("]")));
      const first = content.slice(isText ? textEnd.length : 1);
      const whole = [...(first === "" ? [] : [first]), ...lines.slice(at + 1, end).map(withoutIndent)];
      content = whole.join("\n") + (lines[end] ?? "").trim().replace(/^(?:'{3}|\])/, ""); // an annotation of the value
      at = end;
    }
    if (off === "" && name !== "") pairs.push({ name, value: content });
  }
  return pairs;
}

const textEnd = "'''";
const withoutIndent = (line: string): string => line.replace(/^ {1,2}/, "");

const itemsIn = (lines: readonly string[]): BruPair[] =>
  lines.flatMap((line) => {
    const name = line.trim().replace(/,$/, "");
    return name === "" || name.startsWith("~") ? [] : [{ name, value: "" }];
  });
