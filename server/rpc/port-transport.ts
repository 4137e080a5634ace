// RPC over a MessagePort: the desktop app. One call for each port from the main process, one port for each load of the
// page.
import { RPCHandler } from "@orpc/server/message-port";
import type { Workbench } from "../app/workbench.js";
import { createRouter } from "./router.js";

/** The part of a port that is used: Electron's MessagePortMain has this shape. */
export interface RpcPort {
  on(event: "message", listener: (event: { readonly data: unknown }) => void): unknown;
  on(event: "close", listener: () => void): unknown;
  postMessage(message: unknown): void;
  start(): void;
}

/** A function that serves the workbench's RPC on a port until the port closes. */
export function portTransport(workbench: Workbench): (port: RpcPort) => void {
  const handler = new RPCHandler(createRouter(workbench), {
    // Any list, even an empty one, makes oRPC post the message unchanged; only structured clone carries a Uint8Array.
    experimental_transfer: ([, , payload]) => (carriesBytes(payload) ? [] : null),
  });
  const context = {
    sendFrame: () => Promise.reject(new Error("a MessagePort has no frames: bytes travel in the answer")),
  };
  return (port) => {
    handler.upgrade(
      {
        on: (event, listener) => {
          if (event === "message") port.on("message", listener);
          if (event === "close") port.on("close", () => listener());
        },
        postMessage: (message: unknown) => port.postMessage(message),
      },
      { context },
    );
    port.start(); // oRPC leaves that to its caller; nothing arrives before
  };
}

function carriesBytes(payload: unknown): boolean {
  if (typeof payload !== "object" || payload === null || !("body" in payload)) return false;
  const { body } = payload;
  return typeof body === "object" && body !== null && "json" in body && body.json instanceof Uint8Array;
}
