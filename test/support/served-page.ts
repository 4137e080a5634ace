// A page of component tests that is connected to a real server in the same
// process, as the desktop app connects its window.
import { MessageChannel } from "node:worker_threads";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/message-port";
import { followWorkspace } from "../../renderer/model/folder/workspace-store.js";
import type { Client } from "../../renderer/rpc/connection.js";
import { useServer } from "../../renderer/rpc/store.js";
import { Workbench } from "../../server/app/workbench.js";
import { portTransport } from "../../server/rpc/port-transport.js";
import { likeElectrons } from "./electron-port.js";
import { type TempFolder, tempFolder } from "./temp-workspace.js";

export interface ServedPage extends AsyncDisposable {
  readonly workbench: Workbench;
  readonly folder: TempFolder;
  /** Writes a shell script. */
  script(name: string, text: string): void;
}

/** A workbench with an empty folder open; the page's stores know its client. */
export async function servePage(): Promise<ServedPage> {
  const folder = tempFolder();
  const workbench = await Workbench.create();
  await workbench.folder.open(folder.path, { port: 0 });
  const { port1, port2 } = new MessageChannel();
  portTransport(workbench)(likeElectrons(port1));
  const client: Client = createORPCClient(new RPCLink({ port: port2 }));
  port2.start();
  const state = await client.state.next({ since: -1, generation: null });
  followWorkspace();
  useServer.setState({ connection: "connected", generation: state.generation, state, client });
  return {
    workbench,
    folder,
    script: (name, text) => {
      folder.write(name, `#!/bin/sh\n${text}\n`);
      folder.makeExecutable(name);
    },
    [Symbol.asyncDispose]: async () => {
      useServer.setState({ connection: "lost", client: null });
      port2.close();
      await workbench.dispose();
      folder[Symbol.dispose]();
    },
  };
}
