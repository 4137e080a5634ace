// One request straight to a FastCGI application, without a gateway in between:
// for the command line, as cgi-fcgi does it.
import type { Writable } from "node:stream";
import type { Message } from "../contract/message.js";
import type { Outcome } from "../contract/trace.js";
import { addressText, type FastcgiAddress } from "../routing/fastcgi-address.js";
import { FastcgiClient } from "../runners/fastcgi/client.js";
import { fastcgiMessage } from "../runners/fastcgi/messages.js";
import { ReplayableBody } from "../runners/fastcgi/replayable-body.js";
import type { FastcgiRequest } from "../runners/fastcgi/request.js";
import { CapturedStream } from "../trace/captured-stream.js";
import { FastcgiRecorder } from "../trace/fastcgi-recorder.js";

export interface FastcgiSent {
  readonly stdin: CapturedStream;
  readonly stdout: CapturedStream;
  readonly stderr: CapturedStream;
  readonly fastcgi: FastcgiRecorder;
  /** Why the application did not serve it (to its end). */
  readonly failure: { readonly outcome: Outcome; readonly why: Message } | null;
}

interface SendFastcgiOptions {
  /** So much of each stream is kept. */
  readonly captureBytes: number;
  /** Without a word for this long the request is aborted; null: never. ms. */
  readonly silenceMs: number | null;
  /** Where stdout goes as it comes, no faster than it is taken there; the request is aborted once nobody takes it. */
  readonly into: Writable | null;
  readonly onStdout: (bytes: Uint8Array) => void;
  readonly onStderr: (bytes: Uint8Array) => void;
}

/** Resolves when the request is over, whatever became of it. */
export function sendFastcgi(
  address: FastcgiAddress,
  request: Omit<FastcgiRequest, "body">,
  body: Uint8Array,
  { captureBytes, silenceMs, into, onStdout, onStderr }: SendFastcgiOptions,
): Promise<FastcgiSent> {
  const t0Ms = performance.now();
  const streams = {
    stdin: new CapturedStream(captureBytes),
    stdout: new CapturedStream(captureBytes),
    stderr: new CapturedStream(captureBytes),
  };
  const fastcgi = new FastcgiRecorder(t0Ms, captureBytes);
  const client = new FastcgiClient({ address, from: "command-line", connections: null });
  return new Promise((resolve) => {
    let isSilent = false;
    const silence =
      silenceMs === null
        ? null
        : setTimeout(() => {
            if (into?.writableNeedDrain) {
              silence?.refresh(); // it is not the application's fault
              return;
            }
            isSilent = true;
            exchange.stop();
          }, silenceMs);
    const stop = (): void => exchange.stop();
    const resume = (): void => exchange.resume();
    into?.on("drain", resume).on("error", stop);
    const over = (failure: FastcgiSent["failure"]): void => {
      if (silence) clearTimeout(silence);
      into?.off("drain", resume).off("error", stop);
      resolve({ ...streams, fastcgi, failure: isSilent ? silent(address, silenceMs ?? 0) : failure });
    };
    const exchange = client.run(
      {
        ...request,
        body: body.length > 0 && request.role !== "authorizer" ? new ReplayableBody(request.params) : null,
      },
      {
        started: () => {
          exchange.write(body);
          exchange.endInput();
        },
        failed: over,
        stdout: (bytes, at) => {
          silence?.refresh();
          streams.stdout.add(bytes, at - t0Ms);
          onStdout(bytes);
          return into === null || into.write(bytes);
        },
        stderr: (bytes, at) => {
          silence?.refresh();
          streams.stderr.add(bytes, at - t0Ms);
          onStderr(bytes);
        },
        stdin: (bytes, at) => streams.stdin.add(bytes, at - t0Ms),
        stdinDrain: () => {},
        outputEnd: () => {},
        exit: () => over(null),
        recordFastcgi: () => fastcgi,
      },
    );
  });
}

const silent = (address: FastcgiAddress, ms: number): FastcgiSent["failure"] => ({
  outcome: "timeout",
  why: fastcgiMessage("silent-application", { address: addressText(address), limitMs: ms }),
});
