// Rules about single headers of a response, each by its own: a table. The key is the rule's id.
import { explainField } from "../../../formats/glossary/explain-name.js";
import { fromBytes } from "../../../protocol/byte-string.js";
import { httpDate } from "../../../protocol/http-date.js";
import { quoteBytes } from "../../../protocol/quote.js";
import type { TraceFacts } from "../../base/facts.js";
import { apache, lighttpd, nginx, passedOnByAll, unproved } from "../../base/logged.js";
import { family, type InlineRule, type Occurrence, type RuleTexts } from "../../base/rule.js";
import { fieldLocation, type ScriptField, scriptFields } from "../../evidence/header-fields.js";
import { blankLine } from "../../evidence/output.js";

interface FieldRule extends RuleTexts {
  /** The names of headers, in lower case; "head": all. */
  readonly about: "head" | readonly string[];
  /** Null: nothing is wrong with it. */
  readonly wrong: (field: ScriptField, facts: TraceFacts) => Occurrence | null;
}

const fieldRules: Readonly<Record<string, FieldRule>> = {
  // Hop-by-hop headers from a script.
  "connection-field": {
    severity: "hint",
    title: "The script sets a header that belongs to the server",
    summary:
      "`Transfer-Encoding`, `Connection` and similar headers describe the connection, which the server controls.",
    explanation:
      "The server decides how bytes travel between server and browser: in chunks or not, on a kept-alive connection or not. A script that sets `Transfer-Encoding: chunked` promises an encoding that it does not write, or it chunks its output a second time, and the reader sees numbers in the page. Write only the bytes of the body; the server does the rest. CGI Workbench drops such headers.",
    reference: "RFC 3875 §6.3.4, RFC 9110 §7.6.1",
    logged: [
      apache.silent("200 OK with chunks within chunks"),
      unproved(apache.says("AH10501: script sent Transfer-Encoding", "502 Bad Gateway, in versions after 2.4")),
      lighttpd.silent("200 OK with the chunks decoded"),
      nginx.silent("200 OK with chunks within chunks"),
      unproved(nginx.logs("lengthAndCoding", "502 Bad Gateway, when the script sends both")),
    ],
    fixes: ["remove-field"],
    about: ["connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"],
    wrong: ({ name, key }, facts) => {
      const inChunks = key === "transfer-encoding" && isInChunks(facts);
      return {
        title: `The script sets ${name}, a header that belongs to the server`,
        severity: key === "transfer-encoding" ? "warning" : "hint",
        detail: `\`${name}\` describes the connection between server and client, so CGI Workbench dropped it.${inChunks ? " The body is chunked, and the chunk sizes are now part of it. Print the body without chunks." : ""}`,
        ...(inChunks && { fixes: [] }), // removing the header alone would leave the chunk sizes in the body
      };
    },
  },
  // Expires, Last-Modified or Sunset with anything but an HTTP date.
  "date-invalid": {
    severity: "warning",
    title: "A date in the headers is not an HTTP date",
    summary: "A date in a header has one form: `Sun, 06 Nov 1994 08:49:37 GMT`.",
    explanation:
      'Clients ignore a date that they cannot parse: `Expires` then means “already stale”, and `Last-Modified` is lost. The form is always the same: weekday, day with two digits, month in English, year, time in GMT. In Python: `email.utils.formatdate(usegmt=True)`. In Perl: `HTTP::Date::time2str`. In PHP: `gmdate("D, d M Y H:i:s") . " GMT"`. In a shell: `LC_ALL=C date -u "+%a, %d %b %Y %H:%M:%S GMT"`.',
    reference: "RFC 9110 §5.6.7",
    logged: [
      apache.silent("200 OK without the header"),
      lighttpd.silent("200 OK, passed on"),
      nginx.silent("200 OK, passed on"),
    ],
    about: ["last-modified", "expires", "sunset"],
    wrong: ({ name, key, value }) => {
      // "0" and "-1" are the usual way to write "already stale".
      const why = key === "expires" && /^-?\d{1,2}$/.test(value) ? null : httpDateProblem(value);
      if (why === null) return null;
      return {
        // Git and gitweb send dates that can be read all the same, and clients accept them.
        severity: Number.isNaN(Date.parse(value)) ? "warning" : "hint",
        title: `${name} is not an HTTP date`,
        detail: `${quoteBytes(value)}: ${why}.`,
      };
    },
  },
  // Bytes above 0x7f in a header's value.
  "header-not-ascii": {
    severity: "warning",
    title: "A header value has non-ASCII characters",
    summary: "Bytes above `7f` in a header have no defined encoding.",
    explanation:
      "Only ASCII is safe in a header. The encoding of other bytes is undefined, and clients decode them as Latin-1 or UTF-8, or drop them. A file name in `Content-Disposition` has its own form: `filename*=UTF-8''Gr%C3%BC%C3%9Fe.txt`. In `Location` and in cookies use percent-encoding.",
    reference: "RFC 9110 §5.5",
    logged: [
      apache.silent("200 OK, passed on; the browser shows Latin-1"),
      lighttpd.silent("200 OK, passed on"),
      nginx.silent("200 OK, passed on"),
    ],
    about: "head",
    wrong: ({ name, key, value }) =>
      key === "set-cookie" || !/[\x80-\xff]/.test(value)
        ? null
        : {
            title: `${name} has non-ASCII characters`,
            detail: `Clients decode ${quoteBytes(value)} in different ways.${key === "content-disposition" ? " Write the file name as `filename*=UTF-8''…` with percent-encoding." : " Percent-encode these characters, or remove them."}`,
          },
  },
  // “Warning: …”: a word and a colon make a header of any message.
  "message-as-header": {
    severity: "warning",
    title: "A message was printed and parsed as a header",
    summary: "A line such as `Warning: …` is among the headers. It has a colon, so servers parse it as a header.",
    explanation:
      "The script, or a command that it runs, printed a message before or among the headers. A colon follows its first word, so every server parses it as a header of that name and passes it on. The message is not on the page, and no error appears. Write messages to standard error: `>&2` in a shell script, `print(…, file=sys.stderr)` in Python, `warn` in Perl, `error_log` in PHP.",
    reference: "RFC 3875 §6.3",
    logged: passedOnByAll,
    about: "head",
    wrong: ({ name, key, value }) => {
      const isMessage = messageWords.test(key);
      const isText = value.trim().split(/\s+/).length > 2 && /^[a-z]+$/.test(key) && explainField(key) === null;
      if (!(isMessage && !/^\d{3} /.test(value)) && !isText) return null;
      return {
        severity: isMessage ? "warning" : "hint",
        detail: `${name}: ${quoteBytes(value)} looks like a message, not a header. The client received it as a header.`,
      };
    },
  },
};

const messageWords =
  /^(?:warning|notice|deprecated|error|debug|info|fatal|trace|traceback|exception|note|hint|usage|perl|sh|bash|php)$/;

/** Why the value is not an HTTP date, as the end of a sentence; null if it is one. */
function httpDateProblem(value: string): string | null {
  const date = httpDate(value);
  if (date === "no-date") {
    if (/[+-]\d{4}$/.test(value)) return "it has a time zone, but HTTP dates are in GMT";
    if (/^\d+$/.test(value)) return "it is a number";
    if (/^\d{4}-\d{2}-\d{2}/.test(value)) return "it has the ISO 8601 form";
    return Number.isNaN(Date.parse(value)) ? "it is not a date" : "it does not have the form of an HTTP date";
  }
  if (date === "no-such") return "this day or time does not exist";
  const weekday = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][date.getUTCDay()] ?? "";
  return value.startsWith(weekday) ? null : `this day is a ${weekday}`;
}

/** Whether the body begins like the chunked coding: a size in hexadecimal digits on a line of its own. */
function isInChunks(facts: TraceFacts): boolean {
  const from = blankLine(facts)?.to;
  return (
    from !== undefined && facts.stdout !== null && /^[0-9a-f]{1,8}\r\n/i.test(fromBytes(facts.stdout.read(from, 10)))
  );
}

export const rules = family<FieldRule, InlineRule>(fieldRules, ({ wrong, ...rule }) => ({
  ...rule,
  check: (facts) =>
    scriptFields(facts).flatMap((field) => {
      const found = rule.about === "head" || rule.about.includes(field.key) ? wrong(field, facts) : null;
      return found === null ? [] : [{ ...found, ...fieldLocation(facts, field) }];
    }),
}));
