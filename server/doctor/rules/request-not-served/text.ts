// What the rule request-not-served says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "elsewhere",
  severity: "error",
  title: "The request could not be served",
  summary: "The server, its configuration or another program is at fault, not the script.",
  explanation:
    "Something between the client and the script failed: a password file that is not there, an application that answers wrongly, a mistake in the configuration. The finding says which.",
  reference: null,
  logged: [],
  fixes: [],
};
