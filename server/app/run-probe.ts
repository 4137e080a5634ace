// Sends one probe to a script of the open folder, and says how the gateway and the script took it.
import type { ByteString } from "../contract/bytes-text.js";
import type { Probed } from "../contract/command-output.js";
import { isServerError } from "../contract/failure.js";
import { isAsExpected, type Probe, type ProbeSettings } from "../formats/probes/probe.js";
import { toBytes } from "../protocol/byte-string.js";
import { hostField } from "../protocol/missing-headers.js";
import type { TraceRecord } from "../trace/trace-record.js";
import type { Workbench } from "./workbench.js";

type ProbeParts = Pick<Workbench, "folder" | "server" | "sender" | "doctor">;

/**
 * Resolves when the connection is closed and the doctor has examined each request. @throws ProblemError
 * while nothing is served, the signal's reason
 */
export async function runProbe(
  { folder, server, sender, doctor }: ProbeParts,
  probe: Probe,
  target: ByteString,
  signal: AbortSignal,
): Promise<Probed> {
  const { host, port } = server.servingAddress();
  const { policy, limits } = folder.workspace().config;
  const settings: ProbeSettings = { policy, requestBodyBytes: limits.requestBodyBytes };
  const bytes = toBytes(probe.bytes({ target, host: hostField(host, port) }));
  const startedMs = performance.now();
  const sending = { bytes, halfClose: probe.halfClose, pacing: probe.pacing };
  const ended = await sender.deliverRaw(sending, { from: "cli" }, { signal });
  signal.throwIfAborted();
  const tookMs = Math.round((performance.now() - startedMs) * 10) / 10;
  const traces = await Promise.all(ended.map((trace) => doctor.examined(trace)));
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
    ...{ id: probe.id, group: probe.group, title: probe.title },
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
const isRefused = ({ outcome, env }: TraceRecord): boolean => env === null || outcome === "bad-request";
