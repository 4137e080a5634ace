// One connection to the server, over either shell: a MessagePort that the desktop app's main process hands over, or a
// WebSocket to the page's own origin. Both speak the same contract; only a body range travels differently (structured
// clone, or a binary frame of its own before the answer).
import { type ClientLink, createORPCClient } from "@orpc/client";
import { RPCLink as PortLink } from "@orpc/client/message-port";
import { RPCLink as SocketLink } from "@orpc/client/websocket";
import type { ContractRouterClient } from "@orpc/contract";
import { portMessage, type WorkbenchBridge } from "../../server/contract/bridge.js";
import { toProblem } from "../../server/contract/problem.js";
import type { Contract } from "../../server/contract/rpc.js";
import type { StreamName } from "../../server/contract/trace.js";
import { windowClose } from "../../server/contract/window-proof.js";
import { bridge } from "./bridge.js";
import { delay } from "./delay.js";
import { windowMessage } from "./messages.js";
import { WindowProblem } from "./problem.js";
import { proveSecret } from "./prove-secret.js";
import { dropRefused, keepToken, windowSecret } from "./window-secret.js";

export type Client = ContractRouterClient<Contract>;

export interface Connection {
  readonly client: Client;
  /** Settles with a readable reason when the connection has ended. */
  readonly lost: Promise<string>;
  /** Captured bytes `[from, from + length)` of a stream, fewer at its end. At most 1 MiB a call. */
  range(id: string, stream: StreamName, from: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** The server will not have this page: waiting and trying again is of no use. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
}

/** What to do about a refused address. */
const newAddress = "Choose “Copy link to this window” in an open window, or run “cgi-workbench link” in the folder.";
const firstPauseMs = 50;
const longestPauseMs = 2000;

/** Waits until there is a server and a connection to it. Rejects with `RefusedError` when there will be none. */
export function connect(): Promise<Connection> {
  return bridge ? connectPort(bridge) : connectSocket();
}

/** The page asks and gets a port once the server is up: first load, reload and a restarted server are one path. */
async function connectPort(desktop: WorkbenchBridge): Promise<Connection> {
  const port = await new Promise<MessagePort>((resolve) => {
    const onMessage = (event: MessageEvent): void => {
      const [handed] = event.ports;
      // Only our own preload can post here with this window as the source.
      if (event.source !== window || event.origin !== location.origin || event.data !== portMessage || !handed) return;
      window.removeEventListener("message", onMessage);
      resolve(handed);
    };
    window.addEventListener("message", onMessage);
    desktop.connect();
  });
  const lost = new Promise<string>((resolve) => {
    port.addEventListener("close", () => resolve("The server process ended."), { once: true });
  });
  const client = clientOver(new PortLink({ port }), lost);
  port.start(); // oRPC listens by addEventListener, which does not start a port
  return {
    client,
    lost,
    range: (id, stream, from, length) => client.traces.bytes({ id, stream, from, length }),
  };
}

async function connectSocket(): Promise<Connection> {
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    const secret = windowSecret();
    if (secret === null)
      throw new RefusedError(`This address has no code, and only an address with a code opens a window. ${newAddress}`);
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/rpc`);
    socket.binaryType = "arraybuffer";
    const closed = new Promise<CloseEvent>((resolve) => socket.addEventListener("close", resolve, { once: true }));
    const result = await proveSecret(socket, secret, location.host);
    if (result.kind === "welcome") {
      if (result.token !== null) keepToken(result.token);
      return overSocket(socket, closed);
    }
    if (result.kind === "stranger") {
      socket.close();
      throw new RefusedError(`A different server uses this address now. ${newAddress}`);
    }
    if (result.code !== windowClose.refused) await delay(pauseMs);
    else if (!dropRefused(secret))
      throw new RefusedError(`The code in this address was used already, or it has expired. ${newAddress}`);
  }
}

function overSocket(socket: WebSocket, closed: Promise<CloseEvent>): Connection {
  const frames = new Map<number, Uint8Array<ArrayBuffer>>();
  let lastTicket = 0;
  // Before oRPC's listener, which would fail on a frame that is not its own: first byte 0, ticket, bytes.
  socket.addEventListener("message", (event: MessageEvent<unknown>) => {
    if (!(event.data instanceof ArrayBuffer) || event.data.byteLength < 5) return;
    const view = new DataView(event.data);
    if (view.getUint8(0) !== 0) return;
    event.stopImmediatePropagation();
    frames.set(view.getUint32(1), new Uint8Array(event.data, 5));
  });
  const lost = closed.then(() => "The connection to the server closed.");
  const client = clientOver(new SocketLink({ websocket: quietOnceClosed(socket) }), lost);
  return {
    client,
    lost,
    async range(id, stream, from, length) {
      lastTicket = (lastTicket + 1) >>> 0;
      const ticket = lastTicket;
      try {
        await client.traces.frame({ id, stream, from, length, ticket });
        const bytes = frames.get(ticket);
        if (!bytes) throw new Error("the response came without its bytes");
        return bytes;
      } finally {
        frames.delete(ticket);
      }
    },
  };
}

/**
 * A client whose calls reject at once when the connection has ended; left to itself
 * oRPC would wait for ever on a closed port.
 */
function clientOver(link: ClientLink<Record<never, never>>, lost: Promise<string>): Client {
  let isLost = false;
  void lost.then(() => {
    isLost = true;
  });
  const rejected = () => Promise.reject(new WindowProblem(toProblem(windowMessage("no-connection"))));
  return createORPCClient({
    call: (path, input, options) => (isLost ? rejected() : link.call(path, input, options)),
  });
}

/**
 * oRPC reports an aborted call to the server even after the socket has closed, and fails where no caller can catch it.
 */
function quietOnceClosed(
  socket: WebSocket,
): Pick<WebSocket, "addEventListener" | "removeEventListener" | "send" | "readyState"> {
  return {
    addEventListener: socket.addEventListener.bind(socket),
    removeEventListener: socket.removeEventListener.bind(socket),
    readyState: WebSocket.OPEN, // it is open when it comes here; what happens after its end is for `send`
    send: (data) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(data);
    },
  };
}
