// The error that ended a program in JavaScript, Lua, Tcl, Octave, Go or Rust: first the cause, then the calls.
import type { FactsWithFile } from "../base/facts.js";
import { errorAt, inTail, isScript, type LanguageError, last, type Tail } from "./error-tail.js";
import { nodeStack, readPhp, readPython, readRuby } from "./language-error.js";
import { readPerl } from "./perl-error.js";
import { readShell } from "./shell-error.js";
import { isNamedAt, scriptLine } from "./stderr.js";

const first = (text: string, form: RegExp): RegExpMatchArray | undefined => text.match(form) ?? undefined;

export const readNode = inTail((tail) => {
  if (!nodeStack.test(tail.text)) return null;
  const fatal = last(tail.text, fatalBlock);
  if (fatal) return fatalIn(tail, fatal, fatal.index ?? 0);
  // of those that were caught and printed the last one
  const match = last(tail.text, /^(?:Uncaught )?((?:[A-Z]\w*)?(?:Error|Exception))(?: \[\w+\])?: (.*)$/gm);
  const line = firstLine(tail.text.slice(match?.index), tail.file);
  return errorAt(tail, match, match?.[1] ?? "", match?.[2] ?? "", line ?? undefined);
});

/** What Node prints before it ends: the place, the line, carets below it, and then what was thrown. */
const fatalBlock = /^(\S.*:\d+\n.*\n[ \t]*\^+\n\n?(?:Uncaught:?\n)?)(.+)$/gm;

function fatalIn(tail: Tail, [block, place = "", thrown = ""]: RegExpMatchArray, at: number): LanguageError | null {
  const hasStack = /^ {4}at /m.test(tail.text.slice(at + block.length));
  const named = hasStack ? /^([\w$.]+)(?: \[\w+\])?(?:: (.*))?$/.exec(thrown) : null;
  const [, kind = "", message = thrown] = named ?? [];
  return errorAt(
    tail,
    { index: at + place.length, 0: thrown },
    kind,
    message,
    firstLine(tail.text.slice(at), tail.file),
  );
}

export const readLua = inTail((tail) => {
  const match = first(
    tail.text,
    new RegExp(`^(?:\\S*/)?lua(?:jit)?[\\d.]*: (?:(${tail.own}|\\S+?):(\\d+): )?(.*)$`, "m"),
  );
  return errorAt(tail, match, "", match?.[3] ?? "", isScript(tail, match?.[1]) ? Number(match?.[2]) : undefined);
});

export const readTcl = inTail((tail) => {
  const match = first(tail.text, /^(\S[^\n]*)(?=\n {4}(?:while executing|while compiling|invoked from within)$)/m);
  return errorAt(tail, match, "", match?.[1] ?? "", scriptLine(tail.text, tail.file) ?? undefined);
});

/** Octave alone says only “error: ”, as many programs do. */
export const readOctave = inTail((tail, { file }: FactsWithFile) => {
  const { shebang = null } = file ?? {};
  if (!/\/octave[^/]*$/.test(shebang?.searchedFor ?? shebang?.program ?? "")) return null;
  const match = first(tail.text, /^error: (.*)$/m);
  return errorAt(tail, match, "error", match?.[1] ?? "");
});

/** Go's begins the list of goroutines; Rust's has its place in the source before the message, in old ones behind it. */
const panic = new RegExp(
  [
    "^(?:panic|fatal error): (.+)(?:\\n(?!goroutine ).*){0,20}\\n\\n(?:goroutine |runtime stack:)",
    "^thread '.*' (?:\\(\\d+\\) )?panicked at (?:'(.*)', (\\S+:\\d+):\\d+$|(\\S+:\\d+):\\d+:\\n(.+))",
  ].join("|"),
  "gm",
);

/** What Go and Rust print behind a panic: calls and their places, lists, registers, notes. */
const behindPanic =
  /^(?:|\s.*|[^\s(]\S*\(.*\)|goroutine .*|runtime stack:|created by .*|\[signal .*|\.\.\.additional frames elided\.\.\.|\w+ +0x[\da-f]+|exit status \d+|note: .*|stack backtrace:|fatal runtime error: .*|thread (?:caused|panicked) .*)$/;

/** The message may go on up to Rust's note. */
const rustNote = /^[\s\S]*?\nnote: run with `RUST_BACKTRACE=.*/;

/** The last call of the program's own in Go's list is the first one there. */
const goPlace = /^main\..*\n\t(?:\S*\/)?(\S+\.go:\d+)/m;

export const readPanic = inTail((tail) => {
  const match = last(tail.text, panic);
  if (!match) return null;
  const [whole, go, old, oldPlace, now, said] = match;
  if (/ \[recovered\]$/m.test(whole) && !whole.includes("\n\tpanic: ")) return null; // it did not end the program
  const rest = tail.text.slice((match.index ?? 0) + whole.length);
  const calls = go === undefined ? rest.replace(rustNote, "") : `goroutine ${rest}`;
  if (!calls.split("\n").every((line) => behindPanic.test(line))) return null;
  const place = go === undefined ? (oldPlace ?? now) : goPlace.exec(tail.text.slice(match.index))?.[1];
  const message = go?.replace(/ \[recovered.*$/, "") ?? old ?? said ?? "";
  return errorAt(tail, match, "panic", `${message}${place === undefined ? "" : ` (${place})`}`, null);
});

/** Stderr, or the page, holds an error of some language. */
export const hasErrorText = (facts: FactsWithFile): boolean =>
  [readPython, readPerl, readRuby, readPhp, readShell, readNode, readLua, readTcl, readPanic].some(
    (read) => read(facts) !== null,
  ) || readOctave(facts) !== null;

/** The line of the script that is named first: where the error was thrown. */
function firstLine(text: string, file: string): number | null {
  const name = file.slice(file.lastIndexOf("/") + 1);
  for (let at = text.indexOf(`${name}:`); at >= 0 && name !== ""; at = text.indexOf(`${name}:`, at + 1)) {
    const number = /^:(\d{1,9})\b/.exec(text.slice(at + name.length, at + name.length + 12))?.[1];
    if (number !== undefined && isNamedAt(text, at, file)) return Number(number);
  }
  return null;
}
