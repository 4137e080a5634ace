// Errors about a value that is not there: a variable that this request does not set, or a line from a keyboard.
import type { FactsWithFile } from "../base/facts.js";
import type { LanguageError } from "./error-tail.js";
import { readPhp, readPython, readRuby } from "./language-error.js";
import { readLua, readNode } from "./other-languages.js";
import { whenSet } from "./request-variables.js";

interface NothingGiven {
  readonly error: LanguageError;
  /** The variables of a request that are not set, and the call that asks on a keyboard, in the code that made it. */
  readonly variables: readonly string[];
  readonly asks: string | null;
}

/** Ruby and Lua, JavaScript, PHP and Python name the missing value so; a missing function has other words. */
const nothing =
  /\bfor nil\b|\bnil (?:into|can't)\b|(?<!\bcall )a nil value|of (?:undefined|null)\b|\bon null\b|\bnull given\b|NoneType|^EOF when reading|^end of file reached|^key not found/;
const asking =
  /\b(?:raw_)?input(?=\()|(?<![.\w])gets\b|(?:STDIN|\$stdin)\.(?:gets|readlines?)\b|\breadline\b|\bio\.read\b/;
const stringsAndComments = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|(?:#|--|\/\/).*$/gm;
/** The value is another one where the variable is not set. */
const hasDefault = /\|\||\?\?|\?:|\bor\b|\b(?:get|getenv|fetch)\s*\([^()]*,|\bfetch\([^()]*\)\s*\{/;

export function nothingGiven(facts: FactsWithFile): NothingGiven | null {
  const { file, env } = facts;
  const error = [readPython, readRuby, readLua, readNode, readPhp]
    .map((read) => read(facts))
    .find((one) => one !== null);
  if (file === null || !error || error.line === null || !nothing.test(error.message)) return null;
  const code = codeThatMade(file.source.split("\n"), error.line - 1, error.message);
  const named =
    code
      .filter((line) => !hasDefault.test(line))
      .join("\n")
      .match(/\b[A-Z]+(?:_[A-Z0-9]+)+\b/g) ?? [];
  const isUnset = (name: string): boolean => whenSet(name) !== null && !env?.some((one) => one.name === name);
  const withoutWords = code.join("\n").replace(stringsAndComments, '""'); // in texts “gets” and “input” are words
  return { error, variables: [...new Set(named.filter(isUnset))], asks: asking.exec(withoutWords)?.[0] ?? null };
}

/**
 * What the message complains of, which is a member's receiver or the whole line, and the lines above that assign to a
 * name in it.
 */
function codeThatMade(lines: readonly string[], at: number, message: string): string[] {
  const whole = (lines[at] ?? "").slice(0, 1000);
  const line = receiverIn(whole, message) ?? whole;
  const names = new Set(line.match(/[A-Za-z_]\w*/g));
  const above = lines
    .slice(0, at)
    .filter((one) => names.has(/^\s*(?:(?:local|const|let|var)\s+)?\$?(\w+)\s*=[^=]/.exec(one)?.[1] ?? ""));
  return [...above, line];
}

function receiverIn(line: string, message: string): string | null {
  const named = /\((?:local|global|upvalue|field) '(\w+)'\)/.exec(message)?.[1]; // as Lua does
  if (named !== undefined) return new RegExp(`[\\w.]*\\b${named}\\b`).exec(line)?.[0] ?? null;
  if (message.includes("not subscriptable")) return line.match(/[\w.]+(?=\[)/g)?.join(" ") ?? null;
  const member = /(?:method|attribute|reading|member function) [`'‘]?(\w+)/.exec(message)?.[1];
  if (member === undefined) return null;
  const before = new RegExp(`((?:[\\w$.]|\\([^()]*\\)|\\[[^\\][]*\\])+)(?:\\.|->)${member}\\b`);
  return before.exec(line)?.[1] ?? null;
}
