// The shell found no such command on the PATH.
import type { DeferredRule } from "../../../engine/rule.js";
import { errorOccurrence, readShell } from "../../../evidence/language-error.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "A command that the script calls is not found",
  summary:
    "The shell searched the server's `PATH`, which differs from the `PATH` of your login, and found no such program.",
  explanation:
    "A shell searches for a command in the folders that the variable `PATH` lists. Servers give scripts a short `PATH` without the folders that your login adds (`~/bin`, `/usr/local/bin`, those of a version manager). A command that works in your terminal may therefore be missing here. Write its full path, or set `PATH` at the top of the script.",
  reference: "RFC 3875 §7.2",
  logged: [
    { server: "Apache", message: "AH01215: stderr from S: ...NAME: not found", response: "500 Internal Server Error" },
    { server: "nginx", message: 'FastCGI sent in stderr: "...NAME: not found"', response: "502 Bad Gateway" },
    { server: "lighttpd", message: null, response: "500 Internal Server Error" },
    { server: "Apache", message: "End of script output before headers: S", response: "500 Internal Server Error" },
    { server: "sh", message: "NAME: command not found", response: null, unproved: true },
  ],
  when: "deferred",
  on: "failures",
  check: (facts) => {
    const error = readShell(facts);
    const name = error && /^(?:.*: )?([^\s:]+): (?:command )?not found$/.exec(error.message)?.[1];
    if (!error || !name) return null;
    const found = errorOccurrence(facts, error, {
      title: `Command ${name} not found`,
      detail: `The shell found no \`${name}\` on the \`PATH\`. Write its full path, or set \`PATH\` at the top of the script.`,
    });
    const path = facts.env?.find((variable) => variable.name === "PATH")?.value ?? null;
    return { ...found, evidence: [...(found.evidence ?? []), { kind: "variable", name: "PATH", value: path }] };
  },
};
