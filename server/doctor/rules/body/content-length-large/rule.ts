// Fewer bytes than Content-Length says.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { lengthClaim } from "../../../evidence/content-length.js";
import { at } from "../../../evidence/fields.js";

const text: RuleText = {
  stage: "body",
  severity: "error",
  title: "Content-Length is larger than the page",
  summary: "The script says more bytes than it writes, so the client waits for the rest.",
  explanation:
    "Content-Length counts bytes. Here it is larger than what was written: the client waits for bytes that never come, until the connection is cut, and may throw the page away as incomplete. Perhaps line ends were counted as two and written as one, or the page changed after it was counted, or the script failed in the middle. Leave Content-Length out, or count just before you write.",
  reference: "RFC 3875 §6.3.4, RFC 9110 §8.6",
  logged: [
    { server: "Apache", message: null, answers: "200 OK with a corrected length" },
    { server: "lighttpd", message: null, answers: "200 OK, closes the connection early" },
    {
      server: "nginx",
      message: "upstream prematurely closed FastCGI stdout while reading upstream",
      answers: "200 OK, closes the connection early",
    },
  ],
  fixes: ["remove-content-length"],
};

export const rule: DeferredRule = {
  id: "content-length-large",
  text,
  when: "later",
  on: "anything",
  check: (facts) => {
    const claim = lengthClaim(facts);
    if (
      claim === null ||
      claim.declared <= claim.actual ||
      facts.outcome === "client-gone" ||
      facts.outcome === "stopped" ||
      facts.outcome === "timeout"
    )
      return null;
    const missing = claim.declared - claim.actual;
    return {
      detail: `${claim.declared} is declared and the page has ${claim.actual} bytes: ${missing === 1 ? "1 is" : `${missing} are`} missing.`,
      ...at(facts, claim.field),
    };
  },
};
