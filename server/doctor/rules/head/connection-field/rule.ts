// Hop-by-hop headers from a script.

import { fromBytes } from "../../../../protocol/byte-string.js";
import type { TraceFacts } from "../../../base/facts.js";
import { apache, lighttpd, nginx, unproved } from "../../../base/logged.js";
import type { InlineRule } from "../../../base/rule.js";
import { fieldLocation, scriptFields } from "../../../evidence/header-fields.js";
import { blankLine } from "../../../evidence/output.js";

const names: readonly string[] = [
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
];

export const rule: InlineRule = {
  severity: "hint",
  title: "The script sets a header that belongs to the server",
  summary: "`Transfer-Encoding`, `Connection` and similar headers describe the connection, which the server controls.",
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
  about: names,
  check: (facts) => {
    return scriptFields(facts)
      .filter(({ key }) => names.includes(key))
      .map((field) => ({ field, inChunks: field.key === "transfer-encoding" && isInChunks(facts) }))
      .map(({ field, inChunks }) => ({
        title: `The script sets ${field.name}, a header that belongs to the server`,
        severity: field.key === "transfer-encoding" ? ("warning" as const) : ("hint" as const),
        detail: `\`${field.name}\` describes the connection between server and client, so CGI Workbench dropped it.${inChunks ? " The body is chunked, and the chunk sizes are now part of it. Print the body without chunks." : ""}`,
        ...(inChunks && { fixes: [] }), // removing the header alone would leave the chunk sizes in the body
        ...fieldLocation(facts, field),
      }));
  },
};

/** Whether the body begins like the chunked coding: a size in hexadecimal digits on a line of its own. */
function isInChunks(facts: TraceFacts): boolean {
  const from = blankLine(facts)?.to;
  return (
    from !== undefined && facts.stdout !== null && /^[0-9a-f]{1,8}\r\n/i.test(fromBytes(facts.stdout.read(from, 10)))
  );
}
