// Where a finding points: the tab that holds its bytes, and the mark that they get there.
import type { Finding } from "../../../server/contract/trace.js";
import type { Mark } from "../bytes/index.js";

/** The tab that shows a stream. */
export type FindingTarget = "stdin" | "stdout" | "stderr" | "response";

/** The tab that holds the finding's bytes; null when it names none (the request's head is in the X-ray itself). */
export function findingTarget(finding: Pick<Finding, "stream" | "range">): FindingTarget | null {
  return finding.range === null || finding.stream === null || finding.stream === "request" ? null : finding.stream;
}

/** The marks that findings put on a stream. An empty range marks the byte after it, so that it is visible. */
export function marksOf(findings: readonly Finding[], stream: NonNullable<Finding["stream"]>): Mark[] {
  return findings.flatMap(({ stream: of, range, severity }) =>
    of === stream && range ? [{ from: range[0], to: Math.max(range[1], range[0] + 1), severity }] : [],
  );
}
