// A command that the script called and that does not exist: as a shell or the script's language reported it, or as the
// list of what the script touched has it.
import { fromBytesText, toDisplayText } from "../../base/decode-text.js";
import { commandName } from "../../contract/recorded-answers.js";
import type { Touch } from "../../contract/touched.js";
import { byteString } from "../../protocol/byte-string.js";
import type { FactsWithFile } from "../base/facts.js";
import { endOf, errorAt, type LanguageError, last } from "./error-tail.js";
import { readPython, readRuby } from "./language-error.js";
import { readNode, readTcl } from "./other-languages.js";
import { missingInShell, readShell } from "./shell-error.js";

export interface MissingCommand {
  /** Null: nothing printed it. */
  readonly error: LanguageError | null;
  readonly name: string;
  /** Who looked for it; null: what is written is a path, or a file that a shell includes. */
  readonly by: string | null;
  readonly as: "command" | "path" | "included";
  /** The command with its arguments, as far as known; `*` matches any. */
  readonly line: string;
}

export function missingCommand(facts: FactsWithFile): MissingCommand | null {
  const found = inShell(facts) ?? inLanguage(facts) ?? inTouched(facts);
  return found && { ...found, line: found.line ?? `${found.name} *` };
}

type Found = Omit<MissingCommand, "line"> & { readonly line: string | null };

/** The line of a script that passed a command line to a shell is in what its own language printed. */
function inShell(facts: FactsWithFile): Found | null {
  const error = readShell(facts);
  const missing = error && missingInShell(error);
  if (!missing) return null;
  const at = error.line ?? readPython(facts)?.line ?? null;
  const by = missing.as === "command" ? "The shell" : null;
  return { ...missing, by, error: { ...error, line: at }, line: writtenAt(facts, missing.name, at) };
}

function inLanguage(facts: FactsWithFile): Found | null {
  const python = readPython(facts);
  const named = (by: string, error: LanguageError | null, name: string | undefined): Found | null =>
    error && name !== undefined && !name.includes("/")
      ? { by, error, name, as: "command", line: writtenAt(facts, name, error.line) }
      : null;
  const from = (by: string, error: LanguageError | null, form: RegExp): Found | null =>
    named(by, error, form.exec(error?.message ?? "")?.[1]);
  return (
    named("Python", python, python?.missingCommand) ??
    from("Perl", readPerlWarning(facts), /^Can't exec "([^"]+)"/) ??
    from("Ruby", readRuby(facts), /^No such file or directory - (\S+)$/) ??
    from("Node", readNode(facts), /\bspawn(?:Sync)? (\S+) ENOENT$/) ??
    from("Tcl", readTcl(facts), /^couldn't execute "([^"]+)": no such file/)
  );
}

/** Perl goes on: it is a warning. */
function readPerlWarning(facts: FactsWithFile): LanguageError | null {
  const tail = endOf(facts);
  const match = tail && last(tail.text, /^.*?(Can't exec ".*": No such file or directory) at .* line \d+\.$/gm);
  return tail && errorAt(tail, match, "", match?.[1] ?? "");
}

function inTouched({ process }: FactsWithFile): Found | null {
  const isMissing = ({ did, errno, own }: Touch): boolean => did === "started" && errno === "ENOENT" && own !== true;
  const touch = process?.touched?.touches.find((each) => isMissing(each) && each.places !== undefined);
  if (!touch) return null;
  const shown = (text: Touch["name"]): string => toDisplayText(fromBytesText(text));
  const path = shown(touch.name);
  const name = path.slice(path.lastIndexOf("/") + 1);
  const words = touch.args?.slice(1).map(shown) ?? [];
  return { by: "The script", error: null, name, as: "command", line: [name, ...words].join(" ") };
}

/** The command with its arguments, where the line of a shell script has no more than words. */
function writtenAt({ file }: FactsWithFile, name: string, line: number | null): string | null {
  const text = line === null || !file ? undefined : file.source.split("\n")[line - 1];
  if (text === undefined || !commandName.test(name)) return null;
  const end = "(?:$|[;|&)`\\r]|[\"'](?!\\s*,)|[12]?>)";
  const words = `${name.replaceAll(/[.+]/g, "\\$&")}(?: [\\w./:=@,%+-]+)*`;
  const written = new RegExp(`(?:^|[\\s(\`"'])(${words}) *${end}`);
  return toDisplayText(byteString(written.exec(text)?.[1] ?? "")) || null;
}
