// Bytes that a server in this process reads by themselves, before what is sent after them.
import { vi } from "vitest";
import { Connection } from "../../server/http/front/connection.js";
import type { Client } from "./gateway.js";
import { waitFor } from "./wait-for.js";

const { mock } = vi.spyOn(Connection.prototype, "received");
const readsFrom = (port: number | undefined): number =>
  mock.contexts.filter((one) => one instanceof Connection && one.facts.remotePort === port).length;

/** Resolves when the server has read from this client again. */
export async function sendAlone(client: Client, bytes: string | Uint8Array): Promise<void> {
  const { localPort } = client.socket;
  const before = readsFrom(localPort);
  client.send(bytes);
  await waitFor("the server has read what was sent", async () => {
    await new Promise((resolve) => setImmediate(resolve)); // nearly always it has then
    return readsFrom(localPort) > before;
  });
}
