// A shell looked for a command and found none.
import { foundError, readShell } from "../../language-error.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const commandNotFound: RuleLater = {
  id: "command-not-found",
  text,
  when: "later",
  on: "failures",
  look: (facts) => {
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
