// Hop-by-hop fields from a script.
import { fromBytes } from "../../../../protocol/byte-string.js";
import type { InlineRule, RuleText } from "../../../engine/rule.js";
import type { TraceFacts } from "../../../engine/subject.js";
import { at, scriptFields } from "../../../evidence/fields.js";
import { emptyLine } from "../../../evidence/output.js";

const names: readonly string[] = [
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
];

const text: RuleText = {
  stage: "head",
  severity: "hint",
  title: "The script sets a field that belongs to the server",
  summary: "Transfer-Encoding, Connection and their like are about the connection, which is the server's.",
  explanation:
    "How the bytes travel between server and browser is the server's business: whether in chunks, whether the connection stays open. A script that says Transfer-Encoding: chunked promises something it does not do itself, or chunks its output a second time, and the reader sees numbers in the page. Write the page's bytes alone; the server does the rest. This server leaves such fields out.",
  reference: "RFC 3875 §6.3.4, RFC 9110 §7.6.1",
  logged: [
    { server: "Apache", message: null, answers: "200 OK with chunks within chunks" },
    {
      server: "Apache",
      message: "AH10501: script sent Transfer-Encoding",
      answers: "502 Bad Gateway, in versions after 2.4",
      unproved: true,
    },
    { server: "lighttpd", message: null, answers: "200 OK, decodes the chunks" },
    { server: "nginx", message: null, answers: "200 OK with chunks within chunks" },
    {
      server: "nginx",
      message: 'upstream sent "Content-Length" and "Transfer-Encoding" headers at the same time',
      answers: "502 Bad Gateway, when the script sends both",
      unproved: true,
    },
  ],
  fixes: ["remove-field"],
};

export const rule: InlineRule = {
  id: "connection-field",
  text,
  when: "at-once",
  about: names,
  check: (facts) => {
    return scriptFields(facts)
      .filter(({ key }) => names.includes(key))
      .map((field) => ({
        title: `The script sets ${field.name}, which belongs to the server`,
        severity: field.key === "transfer-encoding" ? ("warning" as const) : ("hint" as const),
        detail: `${field.name} is about the connection between server and client. It was left out.${isInChunks(facts) ? " The page is cut into chunks, whose sizes are now part of it: print the page as it is." : ""}`,
        fixes: isInChunks(facts) ? [] : text.fixes, // without the field alone the page is no better
        ...at(facts, field),
      }));
  },
};

/** Whether the page begins as the chunked coding does: a size in hexadecimal digits, alone on its line. */
function isInChunks(facts: TraceFacts): boolean {
  const from = emptyLine(facts)?.to;
  return (
    from !== undefined && facts.stdout !== null && /^[0-9a-f]{1,8}\r\n/i.test(fromBytes(facts.stdout.read(from, 10)))
  );
}
