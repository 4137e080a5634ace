// Fixes of what a newer Perl does otherwise.
import { textFix } from "./fix.js";
import { languageOf } from "./language.js";

/**
 * Which files are beside the script is not known here: modules (`.pm`) and headers (`.ph`) are in a folder of @INC as a
 * rule, and so may be any file if the script adds folders to @INC.
 */
export const requireFromFolder = textFix(
  "require-from-folder",
  "Require the file from the script's own folder",
  ({ path, text }) => {
    if (languageOf(path, text) !== "perl" || /\buse[ \t]+lib\b|@INC\b/.test(text)) return null;
    let textEnd: string | null = null; // of a here document or of documentation
    return text
      .split("\n")
      .map((line) => {
        const plain = line.replace(/\r$/, "");
        if (textEnd !== null) {
          if (plain.trimStart() === textEnd || (textEnd === "=cut" && /^=cut\b/.test(plain))) textEnd = null;
          return line;
        }
        if (/^__(?:END|DATA)__$/.test(plain))
          textEnd = "\n"; // no line is that
        else if (/^=[a-z]/i.test(plain)) textEnd = "=cut";
        else
          textEnd =
            /^[^#]*<<~?[ \t]*(?:"(.+?)"|'(.+?)'|(?<=<|~)([A-Za-z_]\w*))/.exec(plain)?.slice(1).find(Boolean) ?? null;
        return line.replace(statement, "$1./$2");
      })
      .join("\n");
  },
);

/** Between quotes and without a folder; nothing but the end of a statement or of a condition follows it. */
const statement = new RegExp(
  String.raw`((?:^|[;{}(=&|]|\b(?:or|and|if|unless|not)\b)[ \t]*(?:require|do)\b[ \t]*\(?[ \t]*["'])` +
    String.raw`([\w-][\w.-]*\.(?:pl|lib|cgi)["'][ \t]*\)*[ \t]*\r?(?:$|[;}{]|\|\||&&|(?:or|and|if|unless)\b))`,
  "g",
);
