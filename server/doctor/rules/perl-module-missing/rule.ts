// Perl cannot find a module.
import { foundError, readPerl } from "../../language-error.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const perlModuleMissing: RuleLater = {
  id: "perl-module-missing",
  text,
  when: "later",
  on: "failures",
  look: (facts) => {
    const error = readPerl(facts);
    const name = error && /^Can't locate (\S+)\.pm in @INC/.exec(error.message)?.[1]?.replaceAll("/", "::");
    if (!error || !name) return null;
    return foundError(
      facts,
      error,
      `Perl found no ${name} in the folders of @INC. Install it, or name its folder with "use lib".`,
      `There is no Perl module ${name}`,
    );
  },
};
