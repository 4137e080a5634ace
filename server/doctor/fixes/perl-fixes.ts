// Fixes of what a newer Perl does otherwise.

import { languageOf } from "../base/language.js";
import { grammars } from "../client-data/grammar.js";
import { hidden, mask } from "../client-data/mask.js";
import { textFix } from "./fix.js";

/**
 * Which files are beside the script is not known here: modules (`.pm`) and headers (`.ph`) are in a folder of @INC as a
 * rule, and so may be any file if the script adds folders to @INC.
 */
export const requireFromFolder = textFix(
  "require-from-folder",
  "Require the file from the script's own folder",
  ({ path, text }) => {
    if (languageOf(path, text) !== "perl" || /\buse[ \t]+lib\b|@INC\b/.test(text)) return null;
    const { code } = mask(text, grammars.perl);
    return text.replace(statement, (whole, before: string, name: string, at: number) =>
      code[at + before.length - 1] === hidden ? whole : `${before}./${name}`,
    );
  },
);

/** Between quotes and without a folder; nothing but the end of a statement or of a condition follows it. */
const statement = new RegExp(
  String.raw`((?:^|[;{}(=&|]|\b(?:or|and|if|unless|not)\b)[ \t]*(?:require|do)\b[ \t]*\(?[ \t]*["'])` +
    String.raw`([\w-][\w.-]*\.(?:pl|lib|cgi)["'][ \t]*\)*[ \t]*\r?(?:$|[;}{]|\|\||&&|(?:or|and|if|unless)\b))`,
  "gm",
);
