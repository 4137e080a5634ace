// A window of the built server that serves a folder, with its calls over a WebSocket as in a browser.
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import { type Serving, serve } from "./command-line.js";
import type { RpcClient } from "./rpc-windows.js";
import { type TempFolder, tempFolder } from "./temp-workspace.js";
import { likeABrowsers, secretOf, windowSocket } from "./window-socket.js";

export interface ServedWindow extends AsyncDisposable {
  readonly server: Serving;
  readonly client: RpcClient;
}

/** The folders of a test: the one that is served, with scripts that can be run, and the user's data. */
export function servedFolders(scripts: Readonly<Record<string, string>>): { folder: TempFolder; data: TempFolder } {
  const [folder, data] = [tempFolder(), tempFolder()];
  folder.makeFolder("cgi-bin");
  for (const [name, text] of Object.entries(scripts)) {
    folder.write(`cgi-bin/${name}`, `#!/bin/sh\n${text}\n`);
    folder.makeExecutable(`cgi-bin/${name}`);
  }
  return { folder, data };
}

/** Starts the server. It ends with the window. */
export async function servedWindow(folder: TempFolder, data: TempFolder, ...more: string[]): Promise<ServedWindow> {
  const server = await serve([folder.path, "--port", "0", ...more], {
    env: { ...process.env, XDG_DATA_HOME: data.path },
  });
  const link = server.ready.ui ?? "";
  const socket = await windowSocket(new URL(link).host, secretOf(link));
  const client: RpcClient = createORPCClient(new RPCLink({ websocket: likeABrowsers(socket) }));
  return {
    ...{ server, client },
    [Symbol.asyncDispose]: async () => {
      socket.terminate();
      await server.stop();
    },
  };
}
