// The grammar of strace's lines (`-f -ttt -T -y`): a call with its arguments, the end of a process, nothing else. The
// text is a byte string.
import type { ByteString } from "../../contract/bytes-text.js";
import { latin1 } from "../../protocol/byte-string.js";

/** A system call that has returned. */
export interface SystemCall {
  readonly kind: "call";
  readonly pid: number;
  /** Unix time, ms. */
  readonly at: number;
  readonly ms: number;
  readonly name: string;
  /** As strace writes them. */
  readonly args: readonly string[];
  /** The number it returned; null: it did not return. */
  readonly result: number | null;
  /** What `-y` writes behind a descriptor that it returned. */
  readonly opened: string | null;
  readonly errno: string | null;
}

export interface ProcessEnd {
  readonly kind: "end";
  readonly pid: number;
  readonly at: number;
  readonly exitCode: number | null;
  readonly signal: string | null;
}

/** Calls that have begun and not returned, at most. */
const maxUnfinished = 1000;
const line = /^(\d+) +(\d+\.\d+) (.*)$/s;
const resumed = /^<\.\.\. \w+ resumed>(.*)$/s;
const unfinished = / *<unfinished \.\.\.>$/;
const ended = /^\+\+\+ (?:exited with (\d+)|killed by (SIG\w+).*) \+\+\+$/;
const returned =
  /^\s*= (-?\d+|0x[0-9a-f]+|\?)(?:<(.*?)>)?(?: ([A-Z][A-Z0-9_]*))?(?: \([^)]*\))?.*?(?: <(\d+\.\d+)>)?$/s;

/** Reads the lines of one run, in order: a call that another one interrupted is two of them. */
export class StraceLines {
  readonly #begun = new Map<number, { readonly at: number; readonly text: string }>();

  /** Null: the line says nothing that counts, or is not of strace's. */
  read(text: string): SystemCall | ProcessEnd | null {
    const [, pidText, seconds, rest = ""] = line.exec(text) ?? [];
    if (pidText === undefined) return null;
    const pid = Number(pidText);
    const at = Number(seconds) * 1000;
    const end = ended.exec(rest);
    if (end) {
      const [, code, signal = null] = end;
      return { kind: "end", pid, at, exitCode: code === undefined ? null : Number(code), signal };
    }
    if (unfinished.test(rest)) {
      if (this.#begun.size < maxUnfinished) this.#begun.set(pid, { at, text: rest.replace(unfinished, "") });
      return null;
    }
    const [, more] = resumed.exec(rest) ?? [];
    if (more === undefined) return callOf(pid, at, rest);
    const begun = this.#begun.get(pid);
    this.#begun.delete(pid);
    return begun ? callOf(pid, begun.at, begun.text + more) : null;
  }
}

function callOf(pid: number, at: number, text: string): SystemCall | null {
  const [, name] = /^(\w+)\(/.exec(text) ?? [];
  if (name === undefined) return null;
  const { args, end } = argumentsOf(text, name.length + 1);
  const [, result, opened = null, errno = null, seconds] = returned.exec(text.slice(end)) ?? [];
  if (result === undefined) return null;
  const number = result === "?" ? null : Number(result);
  return {
    kind: "call",
    pid,
    at,
    ms: Number(seconds ?? 0) * 1000,
    name,
    args,
    result: number,
    opened,
    errno: number === -1 ? errno : null,
  };
}

/** `end`: behind the closing parenthesis. */
function argumentsOf(text: string, from: number): { args: readonly string[]; end: number } {
  const args: string[] = [];
  let depth = 0;
  let start = from;
  let at = from;
  const add = (): void => {
    if (at > start || args.length > 0) args.push(text.slice(start, at).trim());
  };
  for (; at < text.length; at++) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at);
    else if (character === "<")
      at = Math.max(at, text.indexOf(">", at)); // the path of a descriptor
    else if (character === "{" || character === "[" || character === "(") depth++;
    else if (character === ")" && depth === 0) break;
    else if (character === "}" || character === "]" || character === ")") depth--;
    else if (character === "," && depth === 0) {
      add();
      start = at + 1;
    }
  }
  add();
  return { args, end: at + 1 };
}

function endOfString(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at;
}

/** The bytes of each string in an argument: of a path, an argument vector, a message. */
export function stringsIn(argument: string): readonly ByteString[] {
  const found: ByteString[] = [];
  for (let at = argument.indexOf('"'); at >= 0; at = argument.indexOf('"', at + 1)) {
    const end = endOfString(argument, at);
    found.push(bytesOf(argument.slice(at + 1, end)));
    at = end;
  }
  return found;
}

/** What `-y` writes behind a descriptor; null: nothing. */
export const descriptorName = (argument: string): ByteString | null => {
  const [, name] = /^(?:-?\d+|AT_FDCWD)<(.*)>$/s.exec(argument) ?? [];
  return name === undefined ? null : bytesOf(name);
};

const controls: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", v: "\v", f: "\f" };

/** Escapes as in C become the bytes that they mean. */
const bytesOf = (text: string): ByteString =>
  latin1(
    text.replaceAll(/\\(?:([0-7]{1,3})|x([0-9a-f]{1,2})|(.))/gs, (_, octal?: string, hex?: string, sign = "") =>
      octal !== undefined
        ? String.fromCharCode(Number.parseInt(octal, 8) & 0xff)
        : hex !== undefined
          ? String.fromCharCode(Number.parseInt(hex, 16))
          : (controls[sign] ?? sign),
    ),
  );
