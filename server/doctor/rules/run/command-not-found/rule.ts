// The shell, or the script's language, found no such command on the PATH.

import { answersFolder, commandName } from "../../../../contract/recorded-answers.js";
import { endedByErrorLogged, sh, unproved } from "../../../base/logged.js";
import type { DeferredRule, Occurrence } from "../../../base/rule.js";
import { variableOf } from "../../../evidence/client-values.js";
import { errorOccurrence, severityOf } from "../../../evidence/language-error.js";
import { type MissingCommand, missingCommand } from "../../../evidence/missing-command.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "A command that the script calls is not found",
  summary: "The server's `PATH` differs from the `PATH` of your login, and no folder in it has such a program.",
  explanation: `A shell, and every language that starts programs, searches for a command in the folders that the variable \`PATH\` lists. Servers give scripts a short \`PATH\` without the folders that your login adds (\`~/bin\`, \`/usr/local/bin\`, those of a version manager). A command that works in your terminal may therefore be missing here. Write its full path, or set \`PATH\` at the top of the script.\n\nA command that only the target has, such as \`uci\` of a router, can have recorded answers here: text files in \`${answersFolder}\`.`,
  reference: "RFC 3875 §7.2",
  logged: [
    ...endedByErrorLogged("...NAME: not found", "...NAME: not found"),
    unproved(sh.says("NAME: command not found", null)),
  ],
  on: "anything",
  check: (facts) => {
    const missing = facts.stderr?.bytes || facts.process?.touched ? missingCommand(facts) : null;
    if (!missing) return null;
    const { error, name, as, line } = missing;
    const found: Occurrence = error
      ? errorOccurrence(facts, error, { title: `Command ${name} not found`, detail: adviceFor(missing) })
      : { title: `Command ${name} not found`, severity: severityOf(facts), detail: adviceFor(missing) };
    if (as === "path") return found;
    const path = variableOf(facts, "PATH");
    const evidence = [...(found.evidence ?? []), { kind: "variable", name: "PATH", value: path } as const];
    return as === "command" && commandName.test(name)
      ? { ...found, evidence: [...evidence, { kind: "quote", of: "command", text: line }] }
      : { ...found, evidence };
  },
};

function adviceFor({ name, by, as }: MissingCommand): string {
  if (as === "path") return `\`${name}\` does not exist, or its first line names an interpreter that does not exist.`;
  if (as === "included")
    return `The shell searches the \`PATH\` for a file that \`.\` includes by its name alone. Write \`. ./${name}\`.`;
  if (/\s/.test(name))
    return `${by} searched the \`PATH\` for one program of the name \`${name}\`. Pass the command as a list: the program, then each argument.`;
  return `${by} found no \`${name}\` on the \`PATH\`. Write its full path, or set \`PATH\` at the top of the script.`;
}
