// Windows as the server sees them: connections that speak the contract, over the desktop app's ports (Node's in place
// of Electron's) or over WebSockets to the window's origin.
import { MessageChannel, type MessagePort } from "node:worker_threads";
import { createORPCClient } from "@orpc/client";
import { RPCLink as PortLink } from "@orpc/client/message-port";
import { RPCLink as SocketLink } from "@orpc/client/websocket";
import type { ContractRouterClient } from "@orpc/contract";
import type { Workbench } from "../../server/app/workbench.js";
import type { Contract } from "../../server/contract/rpc.js";
import { portTransport } from "../../server/rpc/port-transport.js";
import { socketTransport } from "../../server/rpc/socket-transport.js";
import { serveUi } from "../../server/window/ui-origin.js";
import { likeElectrons } from "./electron-port.js";
import { tempFolder } from "./temp-workspace.js";
import { likeABrowsers, tokenSecret, windowSocket } from "./window-socket.js";

export type RpcClient = ContractRouterClient<Contract>;
export interface RpcWindow {
  readonly client: RpcClient;
  /** As a closed tab does. */
  close(): void;
}
export interface RpcWindows extends AsyncDisposable {
  open(): Promise<RpcWindow>;
}

export const transports = ["port", "socket"] as const;

export function rpcWindows(workbench: Workbench, transport: (typeof transports)[number]): Promise<RpcWindows> {
  return transport === "port" ? portWindows(workbench) : socketWindows(workbench);
}

async function portWindows(workbench: Workbench): Promise<RpcWindows> {
  const serve = portTransport(workbench);
  const ports: MessagePort[] = [];
  return {
    open: async () => {
      const { port1, port2 } = new MessageChannel();
      ports.push(port2);
      serve(likeElectrons(port1));
      const client: RpcClient = createORPCClient(new PortLink({ port: port2 }));
      port2.start();
      return { client, close: () => port2.close() };
    },
    [Symbol.asyncDispose]: async () => {
      for (const port of ports) port.close();
    },
  };
}

async function socketWindows(workbench: Workbench): Promise<RpcWindows> {
  const root = tempFolder();
  const ui = await serveUi({ onSocket: socketTransport(workbench), root: root.path, port: 0, token: "token" });
  const { host } = new URL(ui.link(null));
  return {
    open: async () => {
      const socket = await windowSocket(host, tokenSecret("token"));
      const client: RpcClient = createORPCClient(new SocketLink({ websocket: likeABrowsers(socket) }));
      return { client, close: () => socket.terminate() };
    },
    [Symbol.asyncDispose]: async () => {
      await ui.close();
      root[Symbol.dispose]();
    },
  };
}
