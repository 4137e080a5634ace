// Fixes of what a newer Perl does otherwise.
import { textFix } from "./fix.js";
import { languageOf } from "./language.js";

export const requireFromFolder = textFix(
  "require-from-folder",
  "Require the file from the script's own folder",
  ({ path, text }) =>
    languageOf(path, text) === "perl"
      ? text.replace(/\b(require|do)(\s*\(?\s*)(["'])(?![./~$@])([^"'\n]+\.(?!pm\b)\w+)\3/g, "$1$2$3./$4$3")
      : null,
);
