// A shell looked for a command and found none.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { foundError, readShell } from "../../../evidence/language-error.js";

const text: RuleText = {
  stage: "run",
  severity: "error",
  title: "A command that the script calls is not found",
  summary: "The shell looked along PATH, the server's and not your login's, and found no such program.",
  explanation:
    "A shell looks for a command in the folders that the variable PATH lists. Servers give scripts a short PATH, without the folders that your login adds (~/bin, /usr/local/bin, a version manager's). A command that works in your terminal may therefore be missing here. Write its whole path, or set PATH at the top of the script.",
  reference: "RFC 3875 §7.2",
  logged: [
    { server: "Apache", message: "AH01215: stderr from S: ...NAME: not found", answers: "500 Internal Server Error" },
    { server: "nginx", message: 'FastCGI sent in stderr: "...NAME: not found"', answers: "502 Bad Gateway" },
    { server: "lighttpd", message: null, answers: "500 Internal Server Error" },
    { server: "Apache", message: "End of script output before headers: S", answers: "500 Internal Server Error" },
    { server: "sh", message: "NAME: command not found", answers: null, unproved: true },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "command-not-found",
  text,
  when: "later",
  on: "failures",
  check: (facts) => {
    const error = readShell(facts);
    const name = error && /^(?:.*: )?([^\s:]+): (?:command )?not found$/.exec(error.message)?.[1];
    if (!error || !name) return null;
    const found = foundError(
      facts,
      error,
      `The shell found no ${name} along PATH. Write its whole path, or set PATH at the top of the script.`,
      `The command ${name} is not found`,
    );
    const path = facts.env?.find((variable) => variable.name === "PATH")?.value ?? null;
    return { ...found, evidence: [...(found.evidence ?? []), { kind: "variable", name: "PATH", value: path }] };
  },
};
