// A file that Perl is to require is in no folder of @INC.
import { existsSync } from "node:fs";
import { posix } from "node:path";
import { toDisplayText } from "../../../../base/decode-text.js";
import { diskPath } from "../../../../base/disk.js";
import type { Evidence } from "../../../../contract/trace.js";
import { byteString } from "../../../../protocol/byte-string.js";
import type { FactsWithFile } from "../../../base/facts.js";
import { onlyStderrLogged } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { errorOccurrence } from "../../../evidence/language-error.js";
import { missingFile, readPerl } from "../../../evidence/perl-error.js";
import { isPathOf } from "../../../evidence/stderr.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "Perl does not find a file that the script requires",
  summary: "`require` and `do` search the folders of `@INC`, and since Perl 5.26 the current folder is none of them.",
  explanation:
    'Perl searches a file without `/` before its name in the folders of `@INC`. Until Perl 5.24 the current folder, `.`, was the last of them; since 5.26 it is not, for security. So an old script that says `require "cgi-lib.pl"` no longer finds the file beside it. Write `./` before the name: a CGI script starts in its own folder.',
  logged: onlyStderrLogged,
  fixes: ["require-from-folder"],
  on: "failures",
  check: (facts) => {
    const error = readPerl(facts);
    const name = error && missingFile(error);
    if (!error || !name) return null;
    const isBeside = facts.cwd !== null && existsSync(diskPath(byteString(`${facts.cwd}/${name}`)));
    const library = error.at && libraryAt(facts, error.at);
    const found = errorOccurrence(facts, error, {
      title: `Perl does not find ${name}`,
      detail: isBeside
        ? `${name} is in the script's folder, which Perl has not searched since version 5.26. Write \`require "./${name}"\`.`
        : `${name} is in none of the folders of \`@INC\`, and not in the script's folder.`,
    });
    return {
      ...found,
      ...(library && { line: null, evidence: [library] }),
      fixes: isBeside ? ["require-from-folder"] : [],
    };
  },
};

/** The file whose line requires it, if that is not the script. */
function libraryAt(
  { cwd, file }: FactsWithFile,
  { file: path, line }: { file: string; line: number },
): Evidence | null {
  if (cwd === null || file === null || isPathOf(path, file.path)) return null;
  return { kind: "file", path: posix.resolve(toDisplayText(cwd), path), line };
}
