// The server's user may not open a file.
import { foundError, readPython } from "../../language-error.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const fileNotPermitted: RuleLater = {
  id: "file-not-permitted",
  text,
  when: "later",
  on: "failures",
  look: (facts) => {
    const error = readPython(facts);
    if (error?.kind !== "PermissionError") return null;
    return foundError(facts, error, `${error.message}. The server's user needs permission for it.`);
  },
};
