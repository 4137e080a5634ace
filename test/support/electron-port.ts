// A MessagePort of Node's in place of Electron's.
import type { MessagePort } from "node:worker_threads";
import type { RpcPort } from "../../server/rpc/port-transport.js";

/** Electron's ports wrap what they receive in an event. */
export function likeElectrons(own: MessagePort): RpcPort {
  return {
    on: (event: string, listener: (event: { readonly data: unknown }) => void) =>
      own.on(event, (data: unknown) => listener({ data })),
    postMessage: (message) => own.postMessage(message),
    start: () => own.start(),
  };
}
