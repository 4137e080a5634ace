// A recorded request once more: its head as it came over the wire, its body as it was kept, over a
// plain socket. The new trace says which one it repeats. Nothing is parsed and written anew, so what
// was odd or malformed about it is so again.

import { toDisplayText } from "../base/decode-text.js";
import { ProblemError } from "../base/problem.js";
import type { ByteString } from "../contract/bytes-text.js";
import { traitsOf } from "../contract/modes.js";
import { bodyFrame } from "../formats/export/body-frame.js";
import { madeHead } from "../formats/export/made-head.js";
import { latin1, toBytes } from "../protocol/byte-string.js";
import { hostField, missingHeaders } from "../protocol/missing-headers.js";
import { type EarlierVersion, earlierMode } from "../routing/earlier-version.js";
import type { TraceLog } from "../trace/trace-log.js";
import type { TraceRecord } from "../trace/trace-record.js";
import { sendingMessage } from "./messages.js";
import { claimSocket, type Destination, openSocket, type SendOptions } from "./send-request.js";

interface ReplayOptions extends Pick<SendOptions, "signal" | "onTrace"> {
  /** The script runs as it once was; null: as it is now. */
  readonly version?: EarlierVersion | null;
}

/**
 * Sends the request of `trace` again and resolves with the new trace when that exchange is over. @throws
 * ProblemError when it cannot be the same request
 */
export async function replay(
  to: Destination,
  traces: TraceLog,
  trace: TraceRecord,
  { signal, onTrace, version = null }: ReplayOptions = {},
): Promise<TraceRecord> {
  const variables = composedVariables(trace);
  const parent = { id: trace.id, kind: "replay" } as const;
  const decided = { from: "replay", mode: version && earlierMode, variables, parent, version } as const;
  if (trace.response?.status === 101 && traitsOf(trace.route.mode)?.webSocket) {
    const { replayWebSocket } = await import("./replay-web-socket.js");
    const again = await replayWebSocket(to, trace, decided, { signal, onTrace });
    await traces.whenEnded(again);
    return again;
  }
  const bytes = requestBytes(trace, to);
  signal?.throwIfAborted();
  const socket = await openSocket(to);
  let release = (): void => {};
  try {
    const again = await new Promise<TraceRecord>((resolve, reject) => {
      release = claimSocket(socket, to, decided, { signal, onTrace: resolve }).release;
      // Once the trace has begun, a reset is an end like any other, which the trace tells.
      socket
        .on("error", reject)
        .once("close", () => reject(new Error("the server closed the connection without reading the request")));
      socket.resume();
      socket.end(bytes);
    });
    onTrace?.(again);
    await traces.whenEnded(again);
    return again;
  } finally {
    socket.destroy();
    release();
  }
}

/** @throws ProblemError if a stranger chose them: BASH_ENV or PERL5OPT would run what it names */
function composedVariables({ env, notes }: TraceRecord): ReadonlyMap<ByteString, ByteString> {
  const variables = new Map(
    (env ?? []).flatMap(({ name, value, source }) => (source === "composer" ? [[name, value] as const] : [])),
  );
  if (notes.imported && variables.size > 0)
    throw new ProblemError(sendingMessage("variables-from-file", { names: [...variables.keys()].map(toDisplayText) }));
  return variables;
}

/** The request as it goes over the wire. @throws ProblemError when not all of it is known */
export function requestBytes(
  { request, seq }: Pick<TraceRecord, "request" | "seq">,
  { host, port }: Pick<Destination, "host" | "port">,
): Uint8Array {
  const { body } = request;
  if (body.captured < body.bytes)
    throw new ProblemError(sendingMessage("body-not-kept", { seq, captured: body.captured, bytes: body.bytes }));
  const bytes = body.read(0, body.captured);
  if (request.head === "") {
    const { before: added } = missingHeaders(request.headers, hostField(host, port), null);
    const headers = [...added.map(({ name, value }) => [latin1(name), latin1(value)] as const), ...request.headers];
    return Buffer.concat([toBytes(madeHead({ ...request, headers }, bytes.length)), bytes]);
  }
  const [before, after] = bodyFrame(request.headers, bytes.length);
  return Buffer.concat([toBytes(request.head), toBytes(before), bytes, toBytes(after)]);
}
