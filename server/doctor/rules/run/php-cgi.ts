// Rules for pages in which php-cgi or php-fpm says that it ran nothing: a table. The key is the rule's id.
import { toDisplayText } from "../../../base/decode-text.js";
import type { ByteString } from "../../../contract/bytes-text.js";
import { traitsOf } from "../../../contract/modes.js";
import { fromBytes } from "../../../protocol/byte-string.js";
import type { FactsWithFile } from "../../base/facts.js";
import { apache, nginx, php, unproved } from "../../base/logged.js";
import { type DeferredRule, family, type RuleTexts } from "../../base/rule.js";
import { variableOf } from "../../evidence/client-values.js";
import { rangeIn } from "../../evidence/output.js";

interface PageRule extends RuleTexts {
  /** What the page says. */
  readonly words: RegExp;
  /** The variable that PHP takes it from. */
  readonly variable: string;
  /** Null: something else printed the words. `value`: of the variable. */
  readonly detail: (facts: FactsWithFile, words: string, value: ByteString | null) => string | null;
}

const maxBytes = 4096;

const pageRules: Readonly<Record<string, PageRule>> = {
  // php-cgi refuses to run without REDIRECT_STATUS.
  "php-cgi-direct-access": {
    severity: "error",
    title: "PHP refuses to run: REDIRECT_STATUS is missing",
    summary:
      "`php-cgi` runs a script only if `REDIRECT_STATUS` is set. Apache sets it; other servers need a setting for it.",
    explanation:
      "Visitors could once misuse `php-cgi` by requesting its own URL. To prevent that, it refuses to run (“Security Alert! The PHP CGI cannot be accessed directly.”) unless the variable `REDIRECT_STATUS` is set. Apache sets it when it passes a `.php` file to PHP. Configure any other server to set `REDIRECT_STATUS=200`.",
    logged: [php.says("Security Alert! The PHP CGI cannot be accessed directly.", "the alert as a page")],
    words: /Security Alert!(?:<\/b>)? The PHP CGI cannot be accessed directly/,
    variable: "REDIRECT_STATUS",
    detail: () => "`REDIRECT_STATUS` did not reach `php-cgi`. Set it to 200 where `php-cgi` is started.",
  },
  // php-cgi or php-fpm cannot find the script.
  "php-no-input-file": {
    severity: "error",
    title: "PHP cannot find the script that it should run",
    summary: "`SCRIPT_FILENAME` is missing, or names a file that PHP cannot access.",
    explanation:
      "`php-cgi` and `php-fpm` take the file to run from the variable `SCRIPT_FILENAME`. The variable may be missing, or the file may not exist for PHP: it is in another container or document root, or PHP's user cannot read it. Then `php-cgi` responds “No input file specified.”, and `php-fpm` responds “File not found.” and logs “Primary script unknown”. Compare the path with the files that PHP can access.",
    reference: "RFC 3875 §4.1",
    logged: [
      php.says("No input file specified.", 404),
      unproved(nginx.logs("stderr", "404 File not found.", { TEXT: "Primary script unknown" })),
      unproved(apache.says("AH01071: Got error 'Primary script unknown'", "404 File not found.")),
    ],
    words: /(?<=\n\r?\n)(?:No input file specified|File not found)\.\s*$/,
    variable: "SCRIPT_FILENAME",
    detail: ({ response, stderr, route }, words, value) => {
      if (response?.status !== 404) return null;
      // Any program may say of a file that it was not found.
      const isFpms = stderr !== null && fromBytes(stderr.read(0, maxBytes)).includes("Primary script unknown");
      if (words.startsWith("File") && !isFpms) return null;
      if (value === null) return "`SCRIPT_FILENAME` is not set, so PHP has no script to run.";
      // A CGI script may have passed another value to PHP. Only for a pooled php-cgi
      // is the recorded value what PHP received.
      const { file, mode } = route;
      const other =
        traitsOf(mode)?.sharesProcess && file !== null && value !== file
          ? ` The script is ${toDisplayText(file)}, but the configuration sets \`SCRIPT_FILENAME\` to another value. Remove that setting.`
          : "";
      return `PHP did not find ${toDisplayText(value)}.${other}`;
    },
  },
};

export const rules = family<PageRule, DeferredRule>(pageRules, ({ words, variable: name, detail, ...texts }) => ({
  ...texts,
  on: "anything",
  check: (facts) => {
    const { stdout } = facts;
    if (!stdout || stdout.bytes > maxBytes) return null;
    const match = words.exec(fromBytes(stdout.read(0, maxBytes)));
    if (match === null) return null;
    const value = variableOf(facts, name);
    const told = detail(facts, match[0], value);
    if (told === null) return null;
    return {
      detail: told,
      stream: "stdout",
      range: rangeIn(stdout, match.index, match.index + match[0].length),
      evidence: [{ kind: "variable", name, value: value && toDisplayText(value) }],
    };
  },
}));
