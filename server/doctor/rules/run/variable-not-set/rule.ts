// The script relies on a variable of the login's environment.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { foundError, readPython, readShell, unsetVariable } from "../../../evidence/language-error.js";
import { processEvidence } from "../../../evidence/output.js";

const text: RuleText = {
  stage: "run",
  severity: "error",
  title: "The script needs a variable that servers do not set",
  summary: "It works in a terminal, where the login sets the variable, and fails in a server, which does not.",
  explanation:
    'A terminal has dozens of environment variables from your login: HOME, USER, LANG and your own. A server starts a script with the variables of CGI and few others. A script that relies on one of the others works by hand and fails here. Give it a value in the script when it is missing, or set it in the configuration ("variables" in cgi-workbench.json; SetEnv in Apache).',
  reference: "RFC 3875 §7.2",
  logged: [
    { server: "Apache", message: "AH01215: stderr from S: KeyError: 'NAME'", answers: "500 Internal Server Error" },
    { server: "nginx", message: "FastCGI sent in stderr: \"...KeyError: 'NAME'\"", answers: "502 Bad Gateway" },
    { server: "lighttpd", message: null, answers: "500 Internal Server Error" },
    { server: "Apache", message: "End of script output before headers: S", answers: "500 Internal Server Error" },
    { server: "sh", message: "S: 2: HOME: parameter not set", answers: null, unproved: true },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "variable-not-set",
  text,
  when: "later",
  on: "failures",
  check: (facts) => {
    const error = [readPython(facts), readShell(facts)].find((one) => one && unsetVariable(one, facts.env) !== null);
    const name = error && unsetVariable(error, facts.env);
    if (!error || !name || processEvidence(facts).length === 0) return null;
    const found = foundError(
      facts,
      error,
      `The script expects ${name}, which this server does not set. Set it under "variables" in cgi-workbench.json, or do without.`,
      `The variable ${name} is not set`,
    );
    return { ...found, evidence: [{ kind: "variable", name, value: null }, ...(found.evidence ?? [])] };
  },
};
