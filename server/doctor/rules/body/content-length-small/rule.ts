// More bytes than Content-Length says.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { lengthClaim } from "../../../evidence/content-length.js";
import { at } from "../../../evidence/fields.js";

const text: RuleText = {
  stage: "body",
  severity: "error",
  title: "Content-Length is smaller than the page",
  summary: "The script says fewer bytes than it writes, so the end of the page is cut off.",
  explanation:
    'Content-Length counts bytes. Here it is smaller than what was written, and clients stop reading there: the end of the page is missing. Mostly characters were counted instead of bytes: "ü" is one character and two bytes in UTF-8. Count the encoded text: len(page.encode("utf-8")) in Python, length(encode_utf8($page)) in Perl, Buffer.byteLength(page) in Node. Or leave Content-Length out: the server sees to it.',
  reference: "RFC 3875 §6.3.4, RFC 9110 §8.6",
  logged: [
    { server: "Apache", message: null, answers: "200 OK with the whole page and a corrected length" },
    { server: "lighttpd", message: null, answers: "200 OK, cut off" },
    {
      server: "nginx",
      message: 'upstream sent more data than specified in "Content-Length" header while reading upstream',
      answers: "200 OK, cut off",
    },
  ],
  fixes: ["content-length-in-bytes", "remove-content-length"],
};

export const rule: DeferredRule = {
  id: "content-length-small",
  text,
  when: "later",
  on: "anything",
  check: (facts) => {
    const claim = lengthClaim(facts);
    if (claim === null || claim.declared >= claim.actual) return null;
    const lost = claim.actual - claim.declared;
    return {
      title: claim.isInCharacters
        ? "Content-Length counts characters, not bytes"
        : "Content-Length is smaller than the page",
      detail: `${claim.declared} is declared and the page has ${claim.actual} bytes${claim.isInCharacters ? `, which are ${claim.declared} characters` : ""}: a client that believes it loses the last ${lost === 1 ? "byte" : `${lost} bytes`}.`,
      ...at(facts, claim.field),
    };
  },
};
