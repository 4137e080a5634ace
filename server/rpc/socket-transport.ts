// RPC over a WebSocket: browser mode. Called for a socket that has sent its token.
import { RPCHandler } from "@orpc/server/ws";
import type { WebSocket } from "ws";
import type { Workbench } from "../app/workbench.js";
import { createRouter } from "./router.js";

/** A function that serves the workbench's RPC on a socket until the socket closes. */
export function socketTransport(workbench: Workbench): (socket: WebSocket) => void {
  const handler = new RPCHandler(createRouter(workbench));
  return (socket) => {
    // oRPC awaits the result of `send`. A promise that settles when the system accepted the bytes makes a page that does not
    // read delay its own calls, instead of filling this process's memory.
    const send = (data: Parameters<WebSocket["send"]>[0]): Promise<void> =>
      new Promise((resolve) => {
        // An error means that the page has closed. "close" ends its calls.
        if (socket.readyState === socket.OPEN) socket.send(data, () => resolve());
        else resolve();
      });
    const addEventListener: WebSocket["addEventListener"] = socket.addEventListener.bind(socket);
    // settles at once: it only adds listeners
    void handler.upgrade({ addEventListener, send }, { context: { sendFrame: send } });
  };
}
