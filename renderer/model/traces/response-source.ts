// Whose response the client got: the script's, the server's own page, or that of another path.
import type { TraceView } from "../../../server/contract/trace.js";

/**
 * "other": of the path that the script's local redirect leads to. "redirected": the trace of the redirected request
 * has it.
 */
export type ResponseSource = "script" | "nph" | "server" | "other" | "redirected" | "none";

/** After a local redirect: it was refused (a circle, or a path that is not valid), or what it led to was ended. */
const isServersPage = (outcome: TraceView["outcome"], status: number): boolean =>
  outcome === "invalid-output" ||
  ((outcome === "timeout" || outcome === "stopped") && (status === 503 || status === 504));

export function responseSource({
  script,
  response,
  parent,
  outcome,
}: Pick<TraceView, "script" | "response" | "parent" | "outcome">): ResponseSource {
  if (parent?.kind === "local-redirect") return "redirected";
  if (response === null) return "none";
  if (script?.kind === "local-redirect") return isServersPage(outcome, response.status) ? "server" : "other";
  if (script?.kind === "nph" || response.status === 0) return "nph";
  // Where a condition of the request makes it another status, 304 is made of the script's headers, and 412 is not.
  return script !== null && [script.status, 304].includes(response.status) ? "script" : "server";
}
