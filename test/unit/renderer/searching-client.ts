// A window's connection to a store that answers searches as a test says: real calls over a message channel.
import { MessageChannel } from "node:worker_threads";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/message-port";
import { implement } from "@orpc/server";
import { RPCHandler } from "@orpc/server/message-port";
import { afterAll } from "vitest";
import type { Client } from "../../../renderer/rpc/connection.js";
import { useServer } from "../../../renderer/rpc/store.js";
import { contract } from "../../../server/contract/rpc.js";

type Handler = Parameters<ReturnType<typeof implement<typeof contract.traces.search>>["handler"]>[0];

/** Connects the window for the tests of a file. */
export function connectToSearch(handler: Handler): void {
  const { port1, port2 } = new MessageChannel();
  afterAll(() => port2.close());
  new RPCHandler({ traces: { search: implement(contract.traces.search).handler(handler) } }).upgrade(port1);
  port1.start();
  const client: Client = createORPCClient(new RPCLink({ port: port2 }));
  port2.start();
  useServer.setState({ connection: "connected", client });
}
