// How the gateway and the script took a probe, where that is not what it must be.
import { isServerError } from "../../contract/failure.js";
import { wordsOf } from "../../contract/message.js";
import type { VariedRow } from "../../contract/variations-contract.js";
import { expectedText, isAsExpected, outcomeText, type Probe, type ProbeSettings } from "../../formats/probes/probe.js";
import type { TraceRecord } from "../../trace/trace-record.js";
import { brokenMessage } from "./messages.js";

export function brokenByProbe(
  probe: Probe,
  settings: ProbeSettings,
  traces: readonly TraceRecord[],
): VariedRow["broken"] {
  const statusOf = ({ response }: TraceRecord): number | null => response?.status ?? null;
  const outcomes = traces.map((trace) => ({
    isRefused: isRefused(trace),
    status: statusOf(trace),
    code: trace.cause?.code ?? null,
  }));
  const broken: VariedRow["broken"] = [];
  if (!isAsExpected(probe.expected(settings), outcomes)) {
    const expected = expectedText(probe, settings);
    const got = outcomeText(outcomes);
    const message = brokenMessage("varied-unexpected", { expected, got });
    broken.push({ expectation: "as-expected", message });
  }
  const reached = traces.filter((trace) => !isRefused(trace));
  const found = reached.flatMap(({ findings }) => findings).find(({ severity }) => severity === "error");
  const status = reached.map(statusOf).find(isServerError);
  if (found)
    broken.push({
      expectation: "no-finding",
      message: brokenMessage("varied-finding", { title: wordsOf(found.title) }),
    });
  else if (status) broken.push({ expectation: "no-5xx", message: brokenMessage("varied-status", { status }) });
  return broken;
}

/** The gateway answered in the script's place: no script ran, or it was stopped because of the request. */
export const isRefused = ({ outcome, env }: TraceRecord): boolean => env === null || outcome === "bad-request";
