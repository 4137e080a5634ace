// The error that a shell printed on stderr: of the script, or of a command line that the script passed to `sh -c`.
import { basename } from "node:path/posix";
import type { TraceFacts } from "../engine/facts.js";
import { errorAt, isScript, type LanguageError, last, tailOf } from "./error-tail.js";

/** The last message. A shell gives a line to the commands of `sh -c` too, or none at all. */
export function readShell(facts: TraceFacts): LanguageError | null {
  const tail = tailOf(facts);
  if (tail === null) return null;
  const onLine = `(${tail.own}|/\\S+|\\S*sh): (?:line )?(\\d+): (.*)`;
  const withoutLine = "(?:/\\S+/)?(?:ba|da|k|z|a)?sh: (\\S+: (?:command )?not found)";
  const match = last(tail.text, new RegExp(`^(?:${onLine}|${withoutLine})$`, "gm"));
  const [, path = "", line, message = match?.[4] ?? ""] = match ?? [];
  const isOurs = isScript(tail, path);
  // the line is of another script, which this one started
  if (!isOurs && path.includes("/") && !path.endsWith("sh") && basename(path) !== basename(tail.file)) return null;
  return errorAt(tail, match, "", message, isOurs ? Number(line) : null);
}

interface MissingCommand {
  readonly name: string;
  /** It is a path, or the shell searched the PATH for a command or for a file that the script includes by `.`. */
  readonly as: "path" | "command" | "included";
}

/** What a shell did not find; null for another error. */
export function missingInShell({ message }: LanguageError): MissingCommand | null {
  const form = /^(?:(.*): )?([^\s:]+): (?:(?:command |file )?not found|cannot execute: required file not found)$/;
  const [, by, name] = form.exec(message) ?? [];
  if (name === undefined) return null;
  return { name, as: by === "." ? "included" : name.includes("/") ? "path" : "command" };
}
