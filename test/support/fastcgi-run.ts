// One request straight through the FastCGI client, without a gateway: for roles that no route has.
import { parseAddress } from "../../server/runners/fastcgi/address.js";
import { FastcgiClient } from "../../server/runners/fastcgi/client.js";
import type { FastcgiRequest } from "../../server/runners/fastcgi/exchange.js";
import type { RunFailure } from "../../server/runners/runner.js";
import { FastcgiRecorder } from "../../server/trace/fastcgi-recorder.js";

export interface RunResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly failure: RunFailure | null;
  readonly recorder: FastcgiRecorder;
}

/** Resolves when the request is over, whatever became of it. */
export function runRequest(address: string, request: FastcgiRequest, body: readonly Uint8Array[] = []): Promise<RunResult> {
  const parsed = parseAddress(address, "/");
  if (!parsed) throw new Error(`no address: ${address}`);
  const client = new FastcgiClient({ address: parsed, maxConnections: 1, keepConnections: false });
  const recorder = new FastcgiRecorder(performance.now(), 1 << 20);
  let stdout = "";
  let stderr = "";
  return new Promise((resolve) => {
    const over = (failure: RunFailure | null) => resolve({ stdout, stderr, failure, recorder });
    const exchange = client.run(request, {
      started: () => {
        for (const bytes of body) exchange.write(bytes);
        exchange.endInput();
      },
      failed: over,
      stdout: (bytes) => {
        stdout += Buffer.from(bytes).toString("latin1");
        return true;
      },
      stderr: (bytes) => {
        stderr += Buffer.from(bytes).toString("latin1");
      },
      stdin: () => {},
      stdinDrain: () => {},
      outputEnd: () => {},
      exit: () => over(null),
      recordFastcgi: () => recorder,
    });
  });
}
