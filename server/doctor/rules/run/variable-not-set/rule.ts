// The script relies on an environment variable of the login.
import { endedByErrorLogged, sh, unproved } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { errorOccurrence, readPython, unsetVariable } from "../../../evidence/language-error.js";
import { endedByError } from "../../../evidence/process.js";
import { whenSet } from "../../../evidence/request-variables.js";
import { readShell } from "../../../evidence/shell-error.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The script needs a variable that servers do not set",
  summary: "A login sets the variable in a terminal. A server does not, so the script fails here.",
  explanation:
    "A terminal has dozens of environment variables from your login: `HOME`, `USER`, `LANG` and your own. A server starts a script with the CGI variables and few others. A script that relies on another variable works in a terminal and fails here. Give the variable a default value in the script, or set it in the configuration (`variables` in cgi-workbench.json; `SetEnv` in Apache).",
  reference: "RFC 3875 §7.2",
  logged: [...endedByErrorLogged("KeyError: 'NAME'"), unproved(sh.says("S: 2: HOME: parameter not set", null))],
  on: "failures",
  check: (facts) => {
    const error = [readPython(facts), readShell(facts)].find((one) => one && unsetVariable(one, facts.env) !== null);
    const name = error && unsetVariable(error, facts.env);
    if (!error || !name || whenSet(name) !== null || !endedByError(facts)) return null;
    const found = errorOccurrence(facts, error, {
      title: `Variable ${name} is not set`,
      detail: `The script needs \`${name}\`, which this server does not set. Set it under \`variables\` in cgi-workbench.json, or change the script to work without it.`,
    });
    return { ...found, evidence: [{ kind: "variable", name, value: null }, ...(found.evidence ?? [])] };
  },
};
