// A relative path is looked for in the script's folder.
import { toDisplayText } from "../../../../base/decode-text.js";
import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { foundError, readPython, readShell, relativePath } from "../../../evidence/language-error.js";
import { processEvidence } from "../../../evidence/output.js";

const text: RuleText = {
  stage: "run",
  severity: "error",
  title: "A file that the script opens is not there",
  summary: "The path is relative, and is looked for in the folder in which servers start scripts: the script's own.",
  explanation:
    "A path that does not begin with / is looked for in the current folder. In a terminal that is where you are; a CGI script is started in the folder it lies in. A file that opens by hand from another folder is not found here. Build the path from the script's own place (in Python, pathlib.Path(__file__).parent), or write it whole.",
  reference: "RFC 3875 §7.2",
  logged: [
    {
      server: "Apache",
      message: "AH01215: stderr from S: FileNotFoundError: [Errno 2] No such file or directory: 'PATH'",
      answers: "500 Internal Server Error",
    },
    {
      server: "nginx",
      message: "FastCGI sent in stderr: \"...FileNotFoundError: [Errno 2] No such file or directory: 'PATH'\"",
      answers: "502 Bad Gateway",
    },
    { server: "lighttpd", message: null, answers: "500 Internal Server Error" },
    { server: "Apache", message: "End of script output before headers: S", answers: "500 Internal Server Error" },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "relative-path-missing",
  text,
  when: "later",
  on: "failures",
  check: (facts) => {
    const error = [readPython(facts), readShell(facts)].find((one) => one && relativePath(one) !== null);
    const path = error && relativePath(error);
    if (!error || !path || processEvidence(facts).length === 0) return null;
    const cwd = facts.cwd === null ? "the script's folder" : toDisplayText(facts.cwd);
    const found = foundError(facts, error, `There is no ${path} in ${cwd}, where the script runs.`);
    return { ...found, evidence: [...(found.evidence ?? []), { kind: "mode", path: `${cwd}/${path}`, mode: null }] };
  },
};
