// RPC over a WebSocket: browser mode. Called for a socket that has shown its token.
import { RPCHandler } from "@orpc/server/ws";
import type { WebSocket } from "ws";
import type { Workbench } from "../app/workbench.js";
import { createRouter } from "./router.js";

/** A function that serves the workbench's RPC on a socket until the socket closes. */
export function socketTransport(workbench: Workbench): (socket: WebSocket) => void {
  const handler = new RPCHandler(createRouter(workbench));
  return (socket) => {
    // oRPC awaits what `send` returns. A promise that settles when the system took the bytes makes a page that does not read
    // hold up its own calls, instead of filling this process's memory.
    const send = (data: Parameters<WebSocket["send"]>[0]): Promise<void> =>
      new Promise((resolve) => {
        // A failure means that the page has gone, and with it whoever waits for this answer. "close" ends its calls.
        if (socket.readyState === socket.OPEN) socket.send(data, () => resolve());
        else resolve();
      });
    const addEventListener: WebSocket["addEventListener"] = socket.addEventListener.bind(socket);
    void handler.upgrade({ addEventListener, send }, { context: { sendFrame: send } }); // settles at once: it only adds listeners
  };
}
