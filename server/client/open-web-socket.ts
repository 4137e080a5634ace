// Opens a WebSocket over a connection of the server's own client, as the composer does: what is known of the request
// beside it belongs to that connection. What the script sends is in the trace, so it is not read here.
import { type ClientOptions, WebSocket } from "ws";
import { errorText } from "../base/error-text.js";
import { ProblemError } from "../base/problem.js";
import { hostField } from "../protocol/missing-headers.js";
import type { TraceRecord } from "../trace/trace-record.js";
import { sendingMessage } from "./messages.js";
import {
  claimSocket,
  type Destination,
  firstOf,
  type OutgoingRequest,
  openSocket,
  type RequestDecisions,
  type SendOptions,
} from "./send-request.js";

/** The fields of the handshake, which the library writes. */
const ownFields = /^(?:connection|upgrade|sec-websocket-(?:key|version|extensions|protocol))$/i;

/**
 * Resolves with the trace when the connection is closed. `onOpen`: messages can be sent from now on. Rejects if the
 * request got no trace: with the signal's reason when that aborted.
 */
export async function openWebSocket(
  to: Destination,
  { target, headers }: Pick<OutgoingRequest, "target" | "headers">,
  override: RequestDecisions,
  {
    signal,
    onTrace,
    onOpen,
  }: Pick<SendOptions, "signal" | "onTrace"> & { readonly onOpen: (socket: WebSocket) => void },
): Promise<TraceRecord> {
  signal?.throwIfAborted();
  const connection = await openSocket(to);
  const { traces, release } = claimSocket(connection, to, override, { signal, onTrace });
  try {
    const own = headers.filter(([name]) => !ownFields.test(name));
    const protocols = headers.flatMap(([name, value]) =>
      /^sec-websocket-protocol$/i.test(name) ? value.split(",").map((protocol) => protocol.trim()) : [],
    );
    const socket = made(`ws://${hostField(to.host, to.port)}${target}`, protocols, {
      headers: Object.fromEntries(own),
      createConnection: () => connection,
      perMessageDeflate: false,
    });
    await new Promise<void>((resolve) => {
      socket.once("open", () => onOpen(socket));
      socket.on("error", () => {}); // "close" follows, and the trace says why
      socket.once("close", () => resolve());
    });
  } finally {
    connection.destroy();
    release();
  }
  return firstOf(traces, signal);
}

/** @throws ProblemError if there is no such URL or header */
function made(url: string, protocols: string[], options: ClientOptions): WebSocket {
  try {
    return new WebSocket(url, protocols, options);
  } catch (error) {
    throw new ProblemError(sendingMessage("not-for-web-socket", { systemText: errorText(error) }));
  }
}
