// Hop-by-hop fields from a script.
import { at, scriptFields } from "../../fields.js";
import type { RuleAtOnce } from "../../rule.js";
import { text } from "./text.js";

const names: ReadonlySet<string> = new Set(["connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"]);

export const connectionField: RuleAtOnce = {
  id: "connection-field",
  text,
  when: "at-once",
  look: (facts) => {
    return scriptFields(facts)
      .filter(({ key }) => names.has(key))
      .map((field) => ({
        title: `The script sets ${field.name}, which belongs to the server`,
        severity: field.key === "transfer-encoding" ? ("warning" as const) : ("hint" as const),
        detail: `${field.name} is about the connection between server and client. It was left out.`,
        ...at(facts, field),
      }));
  },
};
