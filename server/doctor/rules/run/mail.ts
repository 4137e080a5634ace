// Rules about the mail that a script sent: a table. The key is the rule's id.

import { fromBytesText, toDisplayText } from "../../../base/decode-text.js";
import type { Mail } from "../../../contract/mail.js";
import { byteString } from "../../../protocol/byte-string.js";
import type { FactsWithFile } from "../../base/facts.js";
import { passedOnByAll } from "../../base/logged.js";
import { type DeferredRule, family, type RuleTexts } from "../../base/rule.js";
import { clientValues } from "../../evidence/client-values.js";

interface MailRule extends RuleTexts {
  /** What is wrong with a message, as a sentence; null: nothing. */
  readonly wrong: (mail: Mail, facts: FactsWithFile) => string | null;
}

const headOf = ({ head }: Mail): string => fromBytesText(head);
const hasField = ({ headers }: Mail, name: string): boolean => headers.some(([each]) => each.toLowerCase() === name);
const shown = (text: string): string => toDisplayText(byteString(text)).slice(0, 200);

const mailRules: Readonly<Record<string, MailRule>> = {
  "mail-header-injected": {
    severity: "error",
    title: "A value of the request became header fields of the mail",
    summary:
      "A value with a line break was written into the header of a mail, so whoever sends the form writes header fields.",
    explanation:
      "A field of a form ends where its line ends. If a value may have a line break, the rest of it is another header field: `Bcc: everyone@example.org` sends the mail to others, and an empty line begins another text. Robots look for such forms, and send advertising with them.\n\nRefuse a value with a carriage return or a line feed before it goes into `To`, `From`, `Subject` or any other field, or replace both by blanks.",
    reference: "CWE-93",
    wrong: (mail, facts) => injectedLine(mail, facts),
  },
  "mail-without-recipient": {
    severity: "warning",
    title: "A mail has no recipient",
    summary: "Neither the arguments of `sendmail` nor, with `-t`, the fields To, Cc and Bcc name anyone.",
    explanation:
      "`sendmail -t` reads the recipients from the header; without `-t` they are its arguments, and the header does not count. Without a recipient `sendmail` says so on standard error and sends nothing, and a script that does not look at its exit code thanks for the message all the same.\n\nAdd `-t`, or write the recipient into `To`.",
    reference: "RFC 5322 §3.6.3",
    wrong: ({ recipients, unread }) =>
      recipients.length > 0 || unread !== null ? null : "It has no recipient, so no server would deliver it.",
  },
  "mail-charset-missing": {
    severity: "warning",
    title: "A mail has non-ASCII letters and no charset",
    summary: "The body of the mail has bytes outside of ASCII, and its header does not declare their charset.",
    explanation:
      "Without a charset the body is ASCII. Mail programs guess what other bytes mean, so letters like `é` arrive as two other signs, or as none.\n\nWrite `MIME-Version: 1.0`, `Content-Type: text/plain; charset=utf-8` and `Content-Transfer-Encoding: 8bit` into the header.",
    reference: "RFC 2045 §5.2",
    wrong: (mail) => {
      const isOne = !/^multipart\//i.test(mail.headers.find(([name]) => /^content-type$/i.test(name))?.[1] ?? "");
      return mail.is8Bit && isOne && mail.charset === null ? "Its `Content-Type` declares no charset." : null;
    },
  },
  "mail-header-not-ascii": {
    severity: "warning",
    title: "A mail has non-ASCII letters in its header",
    summary: "A header field of the mail has bytes outside of ASCII that are not encoded.",
    explanation:
      "A header field is ASCII. Other letters are written as encoded words: `Subject: =?utf-8?B?w6k=?=`. Servers reject raw bytes, or remove them, and programs guess their charset.\n\nUse the encoder of the language: `Encode::encode('MIME-Header', …)` in Perl, `mb_encode_mimeheader` in PHP, `email.message.EmailMessage` in Python.",
    reference: "RFC 2047 §2",
    wrong: (mail) => {
      const line = headOf(mail)
        .split(/\r?\n/)
        .find((each) => /[\x80-\xff]/.test(each));
      return line === undefined ? null : `The line is \`${shown(line)}\`.`;
    },
  },
  "mail-line-ends-mixed": {
    severity: "warning",
    title: "A mail mixes line ends in its header",
    summary: "Some header fields of the mail end in a bare line feed, others in carriage return and line feed.",
    explanation:
      "`sendmail` takes lines that end in a line feed and writes the carriage returns itself. Some versions then write a second one after each that is there: an empty line, so the header ends early and the rest of it is shown as text. Others, and many SMTP servers, refuse a bare line feed.\n\nEnd all lines the same way: in `\\n` for `sendmail`, in `\\r\\n` for SMTP. PHP 8 writes `\\r\\n` between the fields that `mail()` adds.",
    reference: "RFC 5321 §2.3.8",
    wrong: (mail) => {
      const head = headOf(mail);
      return /\r\n/.test(head) && /(?:^|[^\r])\n/.test(head) ? "Its header has both." : null;
    },
  },
};

/** A line break of a value lies between two lines of the head. */
function injectedLine(mail: Mail, facts: FactsWithFile): string | null {
  const lines = headOf(mail).split(/\r\n|\r|\n/);
  const { query, body } = clientValues(facts);
  for (const { name, value } of [...query, ...body]) {
    const [first = "", ...rest] = value.split(/[\r\n]+/);
    const second = rest.find((line) => line !== "");
    if (second === undefined) continue;
    const at = lines.findIndex((line, index) => line.startsWith(second) && lines[index - 1]?.endsWith(first) === true);
    if (at >= 0) return `The value of \`${shown(name)}\` wrote the line \`${shown(lines[at] ?? "")}\`.`;
  }
  return null;
}

export const rules = family<MailRule, DeferredRule>(mailRules, ({ wrong, ...texts }) => ({
  ...texts,
  logged: passedOnByAll,
  on: "anything",
  check: (facts) => {
    const messages = facts.process?.mail?.messages ?? [];
    const found = messages.flatMap((mail, index) => {
      const detail = wrong(mail, facts);
      const subject = hasField(mail, "subject")
        ? mail.headers.find(([name]) => /^subject$/i.test(name))?.[1]
        : undefined;
      const quoted = { kind: "quote", of: `mail ${index + 1}`, text: subject ?? "" } as const;
      return detail === null ? [] : [{ detail, evidence: [quoted] }];
    });
    return found.slice(0, 1);
  },
}));
