// How the gateway and the script took a probe.
import type { Probed } from "../../contract/command-output.js";
import { isServerError } from "../../contract/failure.js";
import { isAsExpected, type Probe, type ProbeSettings } from "../../formats/probes/probe.js";
import type { TraceRecord } from "../../trace/trace-record.js";

export function probedOf(
  probe: Probe,
  settings: ProbeSettings,
  traces: readonly TraceRecord[],
  tookMs: number,
): Probed {
  const requests = traces.map((trace) => ({
    isRefused: isRefused(trace),
    status: trace.response?.status ?? null,
    outcome: trace.outcome ?? "ok",
    cause: trace.cause,
    findings: [...trace.findings],
  }));
  const expected = [...probe.expected(settings)];
  const reached = requests.filter((request) => !request.isRefused);
  const passed = reached.every(
    ({ status, findings }) => !isServerError(status) && findings.every(({ severity }) => severity !== "error"),
  );
  return {
    id: probe.id,
    group: probe.group,
    title: probe.title,
    expected,
    asExpected: isAsExpected(
      expected,
      requests.map(({ cause, ...rest }) => ({ ...rest, code: cause?.code ?? null })),
    ),
    scriptPassed: reached.length === 0 ? null : passed,
    tookMs,
    requests,
  };
}

/** The gateway answered in the script's place: no script ran, or it was stopped because of the request. */
export const isRefused = ({ outcome, env }: TraceRecord): boolean => env === null || outcome === "bad-request";
