// An error about nothing: a variable that this request does not set, or a line that nobody could type.
import type { FactsWithFile } from "../engine/facts.js";
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

/** How Ruby and Lua, JavaScript, PHP and Python call it. */
const nothing = /\bnil\b|\bundefined\b|\bnull\b|NoneType|^EOF when reading|^end of file reached|^key not found/;
const asking = /\b(?:raw_)?input(?=\()|(?<![.\w])gets\b|(?:STDIN|\$stdin)\.\w+|\breadline\b|\bio\.read\b/;

export function nothingGiven(facts: FactsWithFile): NothingGiven | null {
  const { file, env } = facts;
  const error = [readPython, readRuby, readLua, readNode, readPhp]
    .map((read) => read(facts))
    .find((one) => one !== null);
  if (file === null || !error || error.line === null || !nothing.test(error.message)) return null;
  const code = codeThatMade(file.source.split("\n"), error.line - 1);
  const named = [...code.matchAll(/\b[A-Z]+(?:_[A-Z0-9]+)+\b/g)].map(([name]) => name);
  const isUnset = (name: string): boolean => whenSet(name) !== null && !env?.some((one) => one.name === name);
  return { error, variables: [...new Set(named.filter(isUnset))], asks: asking.exec(code)?.[0] ?? null };
}

/** The line, and those above it that assign to a name in it. */
function codeThatMade(lines: readonly string[], at: number): string {
  const line = lines[at] ?? "";
  const names = new Set(line.match(/[A-Za-z_]\w*/g));
  const above = lines
    .slice(0, at)
    .filter((one) => names.has(/^\s*(?:(?:local|const|let|var)\s+)?\$?(\w+)\s*=[^=]/.exec(one)?.[1] ?? ""));
  return [...above, line].join("\n");
}
