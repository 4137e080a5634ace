// Hop-by-hop fields from a script.
import { fromBytes } from "../../../protocol/byte-string.js";
import { at, scriptFields } from "../../fields.js";
import { emptyLine } from "../../output.js";
import type { RuleAtOnce } from "../../rule.js";
import type { TraceFacts } from "../../subject.js";
import { text } from "./text.js";

const names: readonly string[] = ["connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"];

export const connectionField: RuleAtOnce = {
  id: "connection-field",
  text,
  when: "at-once",
  about: names,
  look: (facts) => {
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
  return from !== undefined && facts.stdout !== null && /^[0-9a-f]{1,8}\r\n/i.test(fromBytes(facts.stdout.read(from, 10)));
}
