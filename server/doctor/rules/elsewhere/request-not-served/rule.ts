// The request failed before any script ran, and no other rule explains why.
import { routeMessage } from "../../../../routing/messages.js";
import type { TraceFacts } from "../../../base/facts.js";
import type { DeferredRule } from "../../../base/rule.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The server could not serve the request",
  summary: "The server, its configuration or another program caused the error, not the script.",
  explanation:
    "Something between the client and the script failed: a missing password file, an application with an invalid response, an error in the configuration. The finding says which.",
  on: "fallback",
  withoutScript: true,
  check: (facts) =>
    facts.outcome === "upstream-error" || isMisconfigured(facts) ? { detail: facts.cause?.text ?? rule.summary } : null,
};

const isMisconfigured = ({ cause }: TraceFacts): boolean =>
  cause !== null && routeMessage.is(cause, "interpreter-missing", "routed-file-unusable", "action-unusable");
