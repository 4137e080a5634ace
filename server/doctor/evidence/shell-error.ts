// The error that a shell printed on stderr: of the script, or of a command line that the script passed to `sh -c`.
import { basename } from "node:path/posix";
import type { TraceFacts } from "../base/facts.js";
import { endOf, errorAt, isScript, type LanguageError, last } from "./error-tail.js";
import { wasInterrupted } from "./process.js";

/** How zsh and the Korn shell write the line many other programs do too, so only some of their messages are read. */
const saidByZsh =
  "(?:(?:command not found|no such file or directory|permission denied): |parse error near |\\S+: parameter)";
const saidByKsh = "\\S+: (?:inaccessible or |parameter )?not ";
const line = `(?:: (?:line )?|:(?=\\d+: ${saidByZsh})|\\[(?=\\d+\\]: ${saidByKsh}))(\\d+)\\]?: (.*)`;

/**
 * The last message, even if the script went on after it and succeeded. A shell gives a line to the commands of `sh -c`
 * too, or none at all.
 */
export function readShell(facts: TraceFacts): LanguageError | null {
  const tail = wasInterrupted(facts) ? null : endOf(facts);
  if (tail === null) return null;
  const onLine = `(${tail.own}|/\\S+|\\S*sh)(?:: eval)?${line}`;
  const withoutLine = "(?:/\\S+/)?(?:ba|da|k|a)?sh: (\\S+: (?:command )?not found)";
  const match = last(tail.text, new RegExp(`^(?:${onLine}|${withoutLine})$`, "gm"));
  const [, path = "", number, message = match?.[4] ?? ""] = match ?? [];
  const isOurs = isScript(tail, path);
  // the line is of another script, which this one started
  if (!isOurs && path.includes("/") && !path.endsWith("sh") && basename(path) !== basename(tail.file)) return null;
  // dash counts the lines of what `eval` was given
  return errorAt(tail, match, "", message, isOurs && !message.startsWith("eval: ") ? Number(number) : null);
}

interface MissingCommand {
  readonly name: string;
  /** It is a path, or the shell searched the PATH for a command or for a file that the script includes by `.`. */
  readonly as: "path" | "command" | "included";
}

/** What a shell did not find; null for another error. */
export function missingInShell({ message }: LanguageError): MissingCommand | null {
  const form =
    /^(?:(.*): )?([^\s:]+): (?:(?:command |file |inaccessible or )?not found|cannot execute: required file not found)$/;
  const namedLast = /^command not found: ([^\s:]+)$/.exec(message)?.[1]; // as zsh does
  const [, by, name = namedLast] = form.exec(message) ?? [];
  if (name === undefined) return null;
  return { name, as: by === "." ? "included" : name.includes("/") ? "path" : "command" };
}
