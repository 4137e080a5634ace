// RPC over a WebSocket: browser mode. Called for a socket that has proved that it knows the token. A page that calls
// without end, or that never reads its responses, must not fill this process's memory: calls and waiting bytes have
// bounds.
import type { Socket } from "node:net";
import { ORPCError } from "@orpc/server";
import { StandardRPCHandler } from "@orpc/server/standard";
import { createServerPeerHandleRequestFn } from "@orpc/server/standard-peer";
import { ServerPeer } from "@orpc/standard-server-peer";
import type { WebSocket } from "ws";
import type { Workbench } from "../app/workbench.js";
import { createRouter } from "./router.js";

/** Calls that one connection may have under way. The window has a few dozen. */
const maxCalls = 96;
/** Bytes waiting to be sent above which the socket is not read: no further calls begin. */
const pauseAboveBytes = 1 << 20;
/** Bytes waiting to be sent above which the socket is cut: twice the largest response. */
const maxWaitingBytes = 64 << 20;
/** How long a page whose socket is not read may take to accept some of the waiting bytes. */
const defaultStallMs = 15_000;

const tooManyCalls = new ORPCError("TOO_MANY_REQUESTS", {
  message: `A connection has at most ${maxCalls} calls under way. Wait until some of them have ended.`,
});

/** A function that serves the workbench's RPC on a socket, which speaks on the connection, until the socket closes. */
export function socketTransport(
  workbench: Workbench,
  { stallMs = defaultStallMs }: { readonly stallMs?: number } = {},
): (socket: WebSocket, connection: Socket) => void {
  const handler = new StandardRPCHandler(createRouter(workbench), {});
  return (socket, connection) => {
    const send = sender(socket, connection, stallMs);
    const handle = createServerPeerHandleRequestFn(handler, { context: { sendFrame: send } });
    const peer = new ServerPeer(send);
    let calls = 0;
    socket.on("message", (data, isBinary) => {
      let counted = false;
      const message = isBinary && Buffer.isBuffer(data) ? data : String(data);
      peer
        .message(message, (request) => {
          if (calls >= maxCalls)
            return Promise.resolve({ status: tooManyCalls.status, headers: {}, body: { json: tooManyCalls.toJSON() } });
          counted = true; // also after it was aborted: its work goes on until it settles
          calls++;
          return handle(request);
        })
        .catch((error: unknown) => console.error("A call of the window failed.", error))
        .finally(() => {
          if (counted) calls--;
        });
    });
    socket.on("close", () => peer.close());
  };
}

/**
 * Sends on the socket. The promise settles when the system accepted the bytes: oRPC awaits that, so a page
 * that does not read delays its own calls.
 */
function sender(
  socket: WebSocket,
  connection: Socket,
  stallMs: number,
): (data: Parameters<WebSocket["send"]>[0]) => Promise<void> {
  // Node's timeout counts each part of a message that the system accepts; `bufferedAmount` counts whole messages.
  connection.on("timeout", () => socket.terminate());
  return (data) =>
    new Promise((resolve) => {
      // An error means that the page has closed. "close" ends its calls.
      if (socket.readyState !== socket.OPEN) return resolve();
      socket.send(data, () => {
        if (socket.isPaused && socket.readyState === socket.OPEN && socket.bufferedAmount <= pauseAboveBytes) {
          connection.setTimeout(0);
          socket.resume();
        }
        resolve();
      });
      if (socket.bufferedAmount > maxWaitingBytes) return socket.terminate();
      if (socket.isPaused || socket.bufferedAmount <= pauseAboveBytes) return;
      socket.pause();
      connection.setTimeout(stallMs);
    });
}
