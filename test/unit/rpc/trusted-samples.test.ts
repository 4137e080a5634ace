// What the workbench itself creates is trusted: a copy of the examples, and a new folder. What was there before is not.
import { MessageChannel } from "node:worker_threads";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/message-port";
import type { ContractRouterClient } from "@orpc/contract";
import { afterEach, expect, test, vi } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import type { Contract } from "../../../server/contract/rpc.js";
import { portTransport } from "../../../server/rpc/port-transport.js";
import { tempFolder } from "../../support/temp-workspace.js";

afterEach(() => vi.unstubAllEnvs());

test("a copy of the examples and a new folder are trusted, a folder that was there is not", async () => {
  using folder = tempFolder();
  vi.stubEnv("XDG_DATA_HOME", folder.file("data"));
  folder.makeFolder("old");
  await using workbench = await Workbench.create().then((made) =>
    Object.assign(made, { [Symbol.asyncDispose]: () => made.dispose() }),
  );
  const { port1, port2 } = new MessageChannel();
  portTransport(workbench)({
    on: (event: string, listener: (event: { readonly data: unknown }) => void) =>
      port1.on(event, (data: unknown) => listener({ data })),
    postMessage: (message) => port1.postMessage(message),
    start: () => port1.start(),
  });
  const client: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ port: port2 }));
  port2.start();
  const trustIn = async (name: string) => {
    await client.workspace.open({ path: folder.file(name) });
    const { workspace } = await client.state.next({ since: -1, generation: null });
    return workspace?.trust.state;
  };
  await client.samples.copy({ folder: folder.file("examples") });
  await client.samples.makeFolder({ folder: folder.file("new/site") });
  await client.samples.makeFolder({ folder: folder.file("old") });
  expect(await trustIn("examples")).toBe("trusted");
  await client.samples.reset();
  expect(await trustIn("examples")).toBe("trusted");
  expect(await trustIn("new/site")).toBe("trusted");
  expect(await trustIn("old")).toBe("new");
  port2.close();
});
