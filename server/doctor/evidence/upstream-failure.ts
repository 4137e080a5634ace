// Why a FastCGI application did not respond.
import type { TraceFacts } from "../base/facts.js";

/** The failure of the exchange with the application, if it is one of `failures`; else null. */
export function upstreamFailure(
  { outcome, notes: { failure } }: Pick<TraceFacts, "outcome" | "notes">,
  ...failures: readonly string[]
): string | null {
  return outcome === "upstream-error" && failure !== null && failures.includes(failure) ? failure : null;
}
