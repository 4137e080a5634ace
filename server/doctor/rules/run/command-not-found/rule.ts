// The shell, or Python's subprocess, found no such command on the PATH.
import { apacheSays } from "../../../../servers/sentences.js";
import type { FactsWithFile } from "../../../base/facts.js";
import type { DeferredRule } from "../../../base/rule.js";
import type { LanguageError } from "../../../evidence/error-tail.js";
import { errorOccurrence, readPython } from "../../../evidence/language-error.js";
import { missingInShell, readShell } from "../../../evidence/shell-error.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "A command that the script calls is not found",
  summary: "The server's `PATH` differs from the `PATH` of your login, and no folder in it has such a program.",
  explanation:
    "A shell, and Python's `subprocess`, search for a command in the folders that the variable `PATH` lists. Servers give scripts a short `PATH` without the folders that your login adds (`~/bin`, `/usr/local/bin`, those of a version manager). A command that works in your terminal may therefore be missing here. Write its full path, or set `PATH` at the top of the script.",
  reference: "RFC 3875 §7.2",
  logged: [
    { server: "Apache", message: "AH01215: stderr from S: ...NAME: not found", response: "500 Internal Server Error" },
    { server: "nginx", message: 'FastCGI sent in stderr: "...NAME: not found"', response: "502 Bad Gateway" },
    { server: "lighttpd", message: null, response: "500 Internal Server Error" },
    { server: "Apache", message: apacheSays.noOutput, response: "500 Internal Server Error" },
    { server: "sh", message: "NAME: command not found", response: null, unproved: true },
  ],
  when: "deferred",
  on: "failures",
  check: (facts) => {
    const missing = missingFor(facts) ?? missingInPython(facts);
    if (!missing) return null;
    const { error, name, advice } = missing;
    const found = errorOccurrence(facts, error, { title: `Command ${name} not found`, detail: advice });
    if (name.includes("/")) return found;
    const path = facts.env?.find((variable) => variable.name === "PATH")?.value ?? null;
    return { ...found, evidence: [...(found.evidence ?? []), { kind: "variable", name: "PATH", value: path }] };
  },
};

interface Missing {
  readonly error: LanguageError;
  readonly name: string;
  readonly advice: string;
}

const onPath = (who: string, name: string): string =>
  `${who} found no \`${name}\` on the \`PATH\`. Write its full path, or set \`PATH\` at the top of the script.`;

/** The line of a script that passed a command line to a shell is in what its own language printed. */
function missingFor(facts: FactsWithFile): Missing | null {
  const error = readShell(facts);
  const missing = error && missingInShell(error);
  if (!missing) return null;
  const { name } = missing;
  const advice = {
    command: onPath("The shell", name),
    path: `\`${name}\` does not exist, or its first line names an interpreter that does not exist.`,
    included: `The shell searches the \`PATH\` for a file that \`.\` includes by its name alone. Write \`. ./${name}\`.`,
  }[missing.as];
  return { error: { ...error, line: error.line ?? readPython(facts)?.line ?? null }, name, advice };
}

function missingInPython(facts: FactsWithFile): Missing | null {
  const error = readPython(facts);
  const name = error?.missingCommand;
  if (!error || name === undefined) return null;
  const advice = /\s/.test(name)
    ? `Python searched the \`PATH\` for one program of the name \`${name}\`. Pass the command as a list: the program, then each argument.`
    : onPath("Python", name);
  return { error, name, advice };
}
