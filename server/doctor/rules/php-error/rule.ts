// A fatal or a parse error of PHP.
import { foundError, readPhp } from "../../language-error.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const phpError: RuleLater = {
  id: "php-error",
  text,
  when: "later",
  on: "failures",
  look: (facts) => {
    const error = readPhp(facts);
    if (!error) return null;
    return foundError(
      facts,
      error,
      `${error.kind}: ${error.message}${error.line === null ? "" : `, on line ${error.line}`}.`,
      error.kind === "Parse error" ? "PHP does not understand the script" : text.title,
    );
  },
};
