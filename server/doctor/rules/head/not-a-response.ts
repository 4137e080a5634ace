// Rules for output that is no response, by the line where its headers stop: a table. The key is the rule's id.
import { wordsOf } from "../../../contract/message.js";
import { byteString } from "../../../protocol/byte-string.js";
import { quoteBytes } from "../../../protocol/quote.js";
import { scriptMessage } from "../../../protocol/script-head-messages.js";
import type { FactsWithFile } from "../../base/facts.js";
import { apache, fcgiwrap, go, lighttpd, nginx, unproved } from "../../base/logged.js";
import { type DeferredRule, family, type Occurrence, type RuleTexts } from "../../base/rule.js";
import { fieldRange } from "../../evidence/header-fields.js";
import {
  type BadOutput,
  badOutput,
  blankLine,
  escapedLineEnd,
  hasOwnRule,
  isNotHeader,
  nameWithoutColon,
  nextCgiField,
  rangeIn,
} from "../../evidence/output.js";
import { processEvidence } from "../../evidence/process.js";

interface OutputRule extends RuleTexts {
  /** Null: something else is wrong. */
  readonly wrong: (bad: BadOutput, facts: FactsWithFile) => WrongBytes | null;
}

interface WrongBytes extends Occurrence {
  /** Offsets in stdout. */
  readonly at: readonly [from: number, to: number];
}

const outputRules: Readonly<Record<string, OutputRule>> = {
  // The Status header does not begin with three digits (RFC 3875 §6.3.3).
  "bad-status": {
    severity: "error",
    title: "The Status header is not a valid status",
    summary: "`Status` must be three digits between 200 and 599, a space and a reason phrase.",
    explanation:
      "A script sets the HTTP status with the header `Status: 404 Not Found`. Its value must begin with three digits from 200 to 599, followed by a space and a reason phrase of your choice. This value does not, so the server has no status to send.",
    reference: "RFC 3875 §6.3.3",
    logged: [
      apache.logs("badStatus", 500, { TEXT: "abc" }),
      nginx.logs("badStatus", 502, { TEXT: "abc" }),
      lighttpd.silent(502),
      go.logs("badStatus", "200 OK with an empty body", { TEXT: "abc" }),
    ],
    wrong: (_, facts) => {
      const { script } = facts;
      if (!script || blankLine(facts) === null) return null;
      const index = script.headers.findLastIndex(([name]) => name.toLowerCase() === "status");
      const value = script.headers[index]?.[1];
      const at = fieldRange(facts, index);
      if (value === undefined || at === null || /^[2-5]\d\d(?:[ \t]|$)/.test(value)) return null;
      return {
        detail: `${quoteBytes(value)} is not a valid status. Write three digits from 200 to 599, a space and a reason phrase, as in \`Status: 404 Not Found\`.`,
        at,
        evidence: processEvidence(facts),
      };
    },
  },
  // EF BB BF before the first header.
  "byte-order-mark-in-output": {
    severity: "error",
    title: "A byte order mark comes before the headers",
    summary:
      "The output begins with the bytes `ef bb bf`, an invisible mark that some editors write at the start of UTF-8 text.",
    explanation:
      "The output must begin with the name of the first header. Here three invisible bytes come first: a byte order mark, which an editor wrote at the start of the script or of a file that it prints. With it, the first line is not a valid header. Save the script and the files that it prints as “UTF-8 without BOM”. In Python write with `utf-8`, not `utf-8-sig`.",
    reference: "RFC 3875 §6.2",
    logged: [
      apache.logs("invalidName", 500, { TEXT: "\\xef\\xbb\\xbfContent-Type" }),
      lighttpd.silent("200 OK, Content-Type is lost"),
      nginx.silent("200 OK, Content-Type is lost"),
    ],
    fixes: ["remove-byte-order-mark"],
    wrong: ({ stopped, head }) =>
      stopped.from === 0 && head.startsWith("\xef\xbb\xbf")
        ? { detail: "The output begins with `ef bb bf`, which cannot be part of a header.", at: [0, 3] }
        : null,
  },
  // Line endings that were converted twice: CR CR LF.
  "carriage-return-doubled": {
    severity: "error",
    title: "Lines end in two carriage returns",
    summary: "The lines of the headers end in CR CR LF: the line endings were converted twice.",
    explanation:
      "The script writes `\\r\\n` itself, and then the language or the system converts each `\\n` to `\\r\\n` again. This happens when standard output is in text mode, mostly on Windows. It damages images and archives too. Write `\\n` alone, or set standard output to binary mode: `binmode(STDOUT)` in Perl, `sys.stdout.buffer` in Python, `_setmode(1, _O_BINARY)` in C.",
    reference: "RFC 3875 §7.2",
    logged: [
      apache.silent("200 OK, passed on with these line endings"),
      lighttpd.silent("200 OK with the whole output as the body, or 500 Internal Server Error"),
      nginx.silent("200 OK, passed on with these line endings"),
    ],
    fixes: ["binary-output"],
    wrong: ({ stopped, head }) => {
      const twice = head.indexOf("\r\r\n", stopped.from);
      if (twice < 0 || twice > stopped.to) return null;
      return {
        detail:
          "The line ends in `0d 0d 0a` instead of `0a` or `0d 0a`. Standard output is in text mode; set it to binary mode.",
        at: [twice, twice + 3],
      };
    },
  },
  // Line endings of the classic Mac OS, or a stray carriage return within a header.
  "carriage-return-only": {
    severity: "error",
    title: "Lines end in a carriage return alone",
    summary: "The lines of the headers end in CR without LF, so all of it is one line.",
    explanation:
      "A line ends in LF (`\\n`) or CRLF (`\\r\\n`). Here a carriage return is alone, as on Macs before 2001, so the server sees one endless line and no blank line. Write `\\n`. Within a value a carriage return is damage: remove Windows line endings from text before you put it into a header.",
    reference: "RFC 3875 §7.2",
    logged: [
      apache.logs("noOutput", 500),
      lighttpd.silent("200 OK with the whole output as the body, or 500 Internal Server Error"),
      nginx.logs("ended", 502),
    ],
    wrong: ({ stopped, head }) => {
      const alone = stopped.text.indexOf("\r");
      const at = stopped.from + alone;
      // "…\r\r\n" is a doubled line ending, which another rule explains.
      if (alone < 0 || !/^[\w-]+:/.test(stopped.text) || head.startsWith("\r\r\n", at)) return null;
      return {
        detail: "The line has a carriage return (`0d`) where a line feed (`0a`) is expected.",
        at: [at, at + 1],
      };
    },
  },
  // Content-Type text/html
  "colon-missing": {
    severity: "error",
    title: "A header has no colon",
    summary: "A line of the headers is the name of a header and its value, without the colon between them.",
    explanation:
      "A header is a name, a colon and a value, as in `Content-Type: text/html`. Here something else stands behind the name: a space, a semicolon or an equals sign. Servers refuse the whole response, or lose the header.",
    reference: "RFC 3875 §6.3",
    logged: [
      apache.logs("badHeader", 500, { TEXT: "Content-Type text/plain" }),
      lighttpd.silent("200 OK with everything as the body, or 500 Internal Server Error"),
      nginx.logs("badHeader", 502, { TEXT: "Content-Type\\x20" }),
      unproved(go.logs("bogusLine", 500, { TEXT: "Content-Type text/plain" })),
    ],
    wrong: ({ stopped: { text, from, to } }, facts) => {
      const [before, name] = nameWithoutColon.exec(text) ?? [];
      if (before === undefined || name === undefined) return null;
      return {
        detail: `${quoteBytes(text)} has no colon. Write ${quoteBytes(byteString(`${name}: ${text.slice(before.length)}`))}.`,
        at: [from, to],
        line: facts.file === null ? null : writtenLine(facts.file.source, text),
      };
    },
  },
  // The output begins with the blank line that should end the headers.
  "empty-line-first": {
    severity: "error",
    title: "A blank line comes before the headers",
    summary: "The first line is blank, which ends the headers before they begin. The headers become part of the body.",
    explanation:
      "A blank line ends the headers. If it comes first, there are no headers, and everything after it, including the intended headers, is the body. A `print` without arguments, a line break before the first header, or a blank line before `<?php` causes this.",
    reference: "RFC 3875 §6.2",
    logged: [
      apache.silent("200 OK with the headers in the body"),
      lighttpd.silent("200 OK with the headers in the body"),
      fcgiwrap.logs("blankFirst", 502),
    ],
    wrong: ({ head }, facts) => {
      if ((facts.script?.headers.length ?? 0) > 0 || !/^\r?\n/.test(head)) return null;
      return {
        detail:
          "The output begins with a blank line, so it has no headers, and everything after it is the body. Print the headers first.",
        at: [0, head.indexOf("\n") + 1],
        evidence: processEvidence(facts),
      };
    },
  },
  // Valid headers without the blank line that ends them.
  "empty-line-missing": {
    severity: "error",
    title: "The blank line after the headers is missing",
    summary: "A blank line must follow the headers. Here the body follows directly, or nothing.",
    explanation:
      'A CGI response is the headers, a blank line, and the body. The blank line marks the end of the headers. Here it is missing, so the server parses the body as more headers, or waits for more.\n\nUsually one line break is missing. In Python, `print("Content-Type: text/html")` ends the header, and a second `print()` writes the blank line. In Perl and C it is `\\n\\n` after the last header.',
    reference: "RFC 3875 §6.2",
    logged: [
      apache.logs("badHeader", 500),
      unproved(apache.logs("noBlankLine", "500 Internal Server Error, in versions before 2.4")),
      lighttpd.silent("200 OK with the headers in the body, or 500 Internal Server Error"),
      nginx.logs("ended", 502),
      unproved(go.logs("noHeaders", 500)),
    ],
    fixes: ["add-empty-line"],
    wrong: (bad, facts) => {
      const { stopped, stdout } = bad;
      const hasHeaders = (facts.script?.headers.length ?? 0) > 0;
      if (!hasHeaders || escapedLineEnd(facts) !== null || hasOwnRule(stopped.text) || blankLine(facts) !== null)
        return null;
      const evidence = processEvidence(facts);
      if (stopped.from >= stdout.captured) {
        // the output broke off, which another rule explains, or its end was not kept
        if (evidence.length > 0 || stdout.captured < stdout.bytes) return null;
        return {
          detail: "The output ended after the last header. Print a blank line there, then the body.",
          at: [stdout.bytes - 1, stdout.bytes],
        };
      }
      if (nextCgiField(bad) !== null || !isNotHeader(stopped.text)) return null;
      return {
        detail: `${quoteBytes(stopped.text)} comes straight after the headers. Print a blank line first.`,
        at: [stopped.from, stopped.to],
        evidence,
      };
    },
  },
  // A header line that begins with white space: folding, which CGI does not have.
  "header-folded": {
    severity: "error",
    title: "A header continues on the next line",
    summary: "A line of the headers begins with a space or a tab, as if it continued the previous one.",
    explanation:
      "E-mail allows a long header to continue on the next line, which then begins with a space. CGI does not: each header is one line. Often a value contains an unnoticed line break: text from a form, a wrapped cookie, a base64 value broken after 76 characters. Write the value on one line.",
    reference: "RFC 3875 §6.3",
    logged: [
      apache.logs("badHeader", 500, { TEXT: " b" }),
      lighttpd.silent("200 OK, the continuation is dropped"),
      nginx.logs("badHeader", 502, { TEXT: "\\x20" }),
    ],
    wrong: ({ stopped: { text, from, to } }) =>
      from > 0 && /^[ \t]+\S/.test(text)
        ? { detail: `${quoteBytes(text)} begins with white space. Append it to the previous line.`, at: [from, to] }
        : null,
  },
  // A body without any headers.
  "header-missing": {
    severity: "error",
    title: "The script wrote a body without headers",
    summary: "A CGI response begins with headers and a blank line. This one begins with the body itself.",
    explanation:
      "A CGI script must write headers first: at least the line `Content-Type: text/html` (or another type), then a blank line. Only then comes the body. The headers tell the server and the browser what the body is. Without them a server cannot tell a page from an image or an error message. Apache and nginx refuse such output; lighttpd sends it and lets the browser guess.\n\nAny command that was not written for CGI causes this. Print the headers first.",
    reference: "RFC 3875 §6.2",
    logged: [
      apache.logs("badHeader", 500, { TEXT: "hello" }),
      lighttpd.silent("200 OK with everything as the body, or 500 Internal Server Error"),
      nginx.logs("ended", 502),
      unproved(nginx.logs("badHeader", "502 Bad Gateway, when the text has spaces", { TEXT: "hello\\x20" })),
      unproved(go.logs("bogusLine", 500, { TEXT: "hello" })),
    ],
    fixes: ["add-content-type"],
    wrong: (bad, facts) => {
      const { text, from, to } = bad.stopped;
      if (from !== 0 || text === "" || nextCgiField(bad) !== null || hasOwnRule(text)) return null;
      const binary = /[\0\x01-\x08\x0e-\x1a]/.test(text);
      return {
        detail: `The output begins with ${quoteBytes(text)}${binary ? ", which is binary data" : ""}. Print \`Content-Type: text/html\` and a blank line first.`,
        at: [0, to],
        line: facts.file === null ? null : writtenLine(facts.file.source, text),
        evidence: processEvidence(facts),
      };
    },
  },
  // No blank line within the size that any server accepts as headers.
  "header-too-large": {
    severity: "error",
    title: "The headers are too large",
    summary: "Servers limit the size of the headers. These exceed the limit, or never end.",
    explanation:
      "Every server limits the size of the headers: nginx to 4 or 8 KiB in total, Apache to 8 KiB per line, Go to 1 KiB per line, lighttpd to 64 KiB in total. It refuses anything larger. Large cookies, long lists of cache tags and warnings printed as headers are the usual causes. A script that writes a body without any blank line looks the same.",
    reference: "RFC 3875 §8.1",
    logged: [
      nginx.logs("tooBig", 502),
      lighttpd.logs("headersTooLarge", 502),
      apache.logs("noOutput", 500),
      unproved(go.logs("longLine", 500)),
    ],
    wrong: ({ stopped, stdout }, facts) => {
      const reason = facts.script?.reasons.find((one) => scriptMessage.is(one, "head-too-large", "too-many-fields"));
      if (!reason) return null;
      return {
        detail: `${wordsOf(reason.text)} nginx accepts 4 or 8 KiB, Apache 8 KiB per line, lighttpd 64 KiB.`,
        at: [stopped.from, Math.min(stdout.bytes, 64 << 10)],
        evidence: [
          { kind: "quote", of: "headers", text: `${stdout.bytes} bytes without a blank line` },
          ...processEvidence(facts),
        ],
      };
    },
  },
  // HTML before the headers: a page, or an error report such as cgitb's.
  "markup-before-header": {
    severity: "error",
    title: "Markup was printed before the headers",
    summary: "HTML comes before the headers. `cgitb` and similar helpers print a comment before any header.",
    explanation:
      "The output begins with HTML, and the headers come only later. Python's `cgitb.enable()` causes this when an error happens before the headers are printed: it writes an HTML comment and its own headers. Print the headers before anything that may fail, or send errors to standard error.",
    reference: "RFC 3875 §6.3",
    logged: [
      apache.logs("invalidName", 500, { TEXT: "<!-- TEXT" }),
      lighttpd.silent("200 OK with that line among the headers"),
      nginx.logs("badHeader", 502, { TEXT: "<!--" }),
    ],
    wrong: (bad, facts) => {
      const { text, from, to } = bad.stopped;
      const field = text.trimStart().startsWith("<") ? nextCgiField(bad) : null;
      if (field === null) return null;
      return {
        detail: `${quoteBytes(text)} is markup. The headers ${from === 0 ? "begin" : "continue"} ${field - from} bytes later. Print the headers first.`,
        at: [from, to],
        evidence: processEvidence(facts),
      };
    },
  },
  // White space between a name and its colon.
  "space-before-colon": {
    severity: "error",
    title: "A header name has a space before its colon",
    summary: "There is a space between the name of a header and its colon.",
    explanation:
      "A header is a name, a colon and a value, with nothing between name and colon: `Content-Type: text/html`, not `Content-Type : text/html`. Servers refuse the whole response or lose the header.",
    reference: "RFC 3875 §6.3, RFC 9112 §5.1",
    logged: [
      apache.logs("invalidName", 500, { TEXT: "Content-Type " }),
      lighttpd.silent("200 OK without the header"),
      nginx.logs("badHeader", 502, { TEXT: "Content-Type\\x20" }),
    ],
    wrong: ({ stopped }) => {
      const [, name, spaces = ""] = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+)([ \t]+):/.exec(stopped.text) ?? [];
      if (name === undefined) return null;
      const from = stopped.from + name.length;
      return {
        detail: `Write ${quoteBytes(byteString(`${name}:`))} without the space.`,
        at: [from, from + spaces.length],
      };
    },
  },
  // Two bytes per character: with a byte order mark, or letters with NUL bytes between them.
  "utf-16-output": {
    severity: "error",
    title: "The output is UTF-16",
    summary: "The output has two bytes per character, so the server cannot parse any header.",
    explanation:
      "Headers are ASCII: one byte per character. This output is UTF-16, where every letter has a second byte, 00. PowerShell and some Windows programs write it. Make the script write UTF-8.",
    reference: "RFC 3875 §6.3",
    logged: [
      apache.logs("badHeader", 500, { TEXT: "\\xff\\xfeC" }),
      lighttpd.silent("200 OK with everything as the body, or 500 Internal Server Error"),
      nginx.logs("badHeader", 502, { TEXT: "TEXT\\x00" }),
    ],
    wrong: ({ stopped, head }) =>
      stopped.from === 0 && /^(?:\xff\xfe|\xfe\xff|(?:[A-Za-z-]\0){4}|(?:\0[A-Za-z-]){4})/.test(head)
        ? { detail: "Each letter has a second byte, `00`. Write UTF-8 instead.", at: [0, 2] }
        : null,
  },
};

/** The line of the script that holds the words which came first; a message on stderr may be about a later one. */
function writtenLine(source: string, written: string): number | null {
  const words = written.trim().slice(0, 20);
  const at = words.length < 3 ? -1 : source.indexOf(words);
  return at < 0 ? null : source.slice(0, at).split("\n").length;
}

export const rules = family<OutputRule, DeferredRule>(outputRules, ({ wrong, ...texts }) => ({
  ...texts,
  on: "failures",
  check: (facts) => {
    const bad = badOutput(facts);
    const found = bad && wrong(bad, facts);
    if (!found) return null;
    const { at, ...occurrence } = found;
    return { stream: "stdout", range: rangeIn(bad.stdout, ...at), ...occurrence };
  },
}));
