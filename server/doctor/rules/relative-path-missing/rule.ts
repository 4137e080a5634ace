// A relative path is looked for in the script's folder.
import { toDisplayText } from "../../../trace/decode-text.js";
import { foundError, readPython, readShell, relativePath } from "../../language-error.js";
import { processEvidence } from "../../output.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const relativePathMissing: RuleLater = {
  id: "relative-path-missing",
  text,
  when: "later",
  on: "failures",
  look: (facts) => {
    const error = [readPython(facts), readShell(facts)].find((one) => one && relativePath(one) !== null);
    const path = error && relativePath(error);
    if (!error || !path || processEvidence(facts).length === 0) return null;
    const cwd = facts.cwd === null ? "the script's folder" : toDisplayText(facts.cwd);
    const found = foundError(facts, error, `There is no ${path} in ${cwd}, where the script runs.`);
    return { ...found, evidence: [...(found.evidence ?? []), { kind: "mode", path: `${cwd}/${path}`, mode: null }] };
  },
};
