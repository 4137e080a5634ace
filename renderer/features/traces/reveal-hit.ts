// Shows what a search found at its place in the inspector.
import type { SearchHit } from "../../../server/contract/traces-contract.js";
import { showTab, showVariable } from "../../model/traces/inspector-state.js";

export function revealHit(traceId: string, { part, name, at }: SearchHit): void {
  if (part === "variable" && name !== null) showVariable("env", { traceId, name });
  else if (part === "request-body") showTab("stdin", at === null ? null : { traceId, at });
  else if (part === "stderr") showTab("stderr", at === null ? null : { traceId, at });
  else if (part === "response-body") showTab("response", at === null ? null : { traceId, at });
  else if (part === "response-header") showTab("response");
  else showTab("xray");
}
