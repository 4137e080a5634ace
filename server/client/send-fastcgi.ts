// One request straight to a FastCGI application, without a gateway in between: for the command line, as cgi-fcgi does it.
import type { FastcgiAddress } from "../runners/fastcgi/address.js";
import { FastcgiClient } from "../runners/fastcgi/client.js";
import { KeptBody } from "../runners/fastcgi/kept-body.js";
import type { FastcgiRequest } from "../runners/fastcgi/request.js";
import type { RunFailure } from "../runners/runner.js";
import { CapturedStream } from "../trace/captured-stream.js";
import { FastcgiRecorder } from "../trace/fastcgi-recorder.js";

export interface FastcgiSent {
  readonly stdin: CapturedStream;
  readonly stdout: CapturedStream;
  readonly stderr: CapturedStream;
  readonly fastcgi: FastcgiRecorder;
  /** Why the application did not serve it (to its end). */
  readonly failure: RunFailure | null;
}

/** Resolves when the request is over, whatever became of it. What comes is told as it comes; each stream is kept up to `captureBytes`. */
export function sendFastcgi(
  address: FastcgiAddress,
  request: Omit<FastcgiRequest, "body">,
  body: Uint8Array,
  { captureBytes, onStdout, onStderr }: { captureBytes: number; onStdout(bytes: Uint8Array): void; onStderr(bytes: Uint8Array): void },
): Promise<FastcgiSent> {
  const zero = performance.now();
  const streams = { stdin: new CapturedStream(captureBytes), stdout: new CapturedStream(captureBytes), stderr: new CapturedStream(captureBytes) };
  const fastcgi = new FastcgiRecorder(zero, captureBytes);
  const client = new FastcgiClient({ address, connections: null });
  return new Promise((resolve) => {
    const over = (failure: RunFailure | null) => resolve({ ...streams, fastcgi, failure });
    const exchange = client.run(
      { ...request, body: body.length > 0 && request.role !== "authorizer" ? new KeptBody(request.params) : null },
      {
        started: () => {
          exchange.write(body);
          exchange.endInput();
        },
        failed: over,
        stdout: (bytes, at) => {
          streams.stdout.add(bytes, at - zero);
          onStdout(bytes);
          return true;
        },
        stderr: (bytes, at) => {
          streams.stderr.add(bytes, at - zero);
          onStderr(bytes);
        },
        stdin: (bytes, at) => streams.stdin.add(bytes, at - zero),
        stdinDrain: () => {},
        outputEnd: () => {},
        exit: () => over(null),
        recordFastcgi: () => fastcgi,
      },
    );
  });
}
