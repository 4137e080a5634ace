// UnicodeDecodeError on stderr.

import type { TraceFacts } from "../../../base/facts.js";
import { apache, lighttpd, nginx } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { errorOccurrence, readPython, readRuby } from "../../../evidence/language-error.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "Python could not decode its input",
  summary: "`UnicodeDecodeError`: the input is in another encoding than Python expected.",
  explanation:
    'The script decoded bytes as UTF-8, and they are not UTF-8: a form sent as Latin-1, a file in windows-1252, or binary data such as an uploaded image. Read bytes as bytes (`sys.stdin.buffer`, `open(…, "rb")`) and decode them where you know the encoding: `data.decode("windows-1252")`. For forms, let the page declare `charset=utf-8` and the form `accept-charset="utf-8"`.',
  reference: "RFC 3875 §4.2",
  logged: [
    apache.logs("stderr", 500, {
      TEXT: "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xfc in position 1: invalid start byte",
    }),
    nginx.logs("stderr", 502, {
      TEXT: "...UnicodeDecodeError: 'utf-8' codec can't decode byte 0xfc in position 1: invalid start byte",
    }),
    apache.logs("noOutput", 500),
    lighttpd.silent("400 Bad Request: rejects a URL that is not UTF-8"),
  ],
  fixes: ["set-encoding-environment"],
  on: "failures",
  explains: ["ruby-error"],
  check: (facts) => {
    const ruby = readRuby(facts);
    if (ruby !== null && readAsAscii.test(ruby.message) && !hasLocale(facts))
      return {
        ...errorOccurrence(facts, ruby, {
          title: "Ruby read the text as US-ASCII, since no locale is set",
          detail: `${ruby.message}. The script's environment has no \`LANG\`, so Ruby takes every file for US-ASCII. Set \`LANG\` to \`C.UTF-8\` under \`variables\`, or name the encoding: \`File.read(name, encoding: "UTF-8")\`.`,
        }),
        fixes: ["set-encoding-environment"],
      };
    const error = readPython(facts);
    if (error?.kind !== "UnicodeDecodeError") return null;
    const [, codec = "text", byte = ""] =
      /^'([\w-]+)' codec can't decode bytes? (0x[0-9a-f]+)?/.exec(error.message) ?? [];
    return errorOccurrence(facts, error, {
      detail: `${byte === "" ? "Some bytes are" : `The byte ${byte} is`} not valid ${codec}. The input came from a form, a file or another program that uses another encoding.`,
    });
  },
};

const readAsAscii = /\bUS-ASCII\b/;
/** An application elsewhere has an environment that is not known. */
const hasLocale = ({ env }: TraceFacts): boolean =>
  env?.some(({ name, value }) => /^(?:LANG|LC_ALL|LC_CTYPE)$/.test(name) && value !== "") !== false;
