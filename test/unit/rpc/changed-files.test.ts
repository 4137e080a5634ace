// What the window pays for a change on disk in a large folder: noticed by the watch, asked for over a port, and only that.
import { MessageChannel } from "node:worker_threads";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/message-port";
import type { ContractRouterClient } from "@orpc/contract";
import { expect, test } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import type { Contract } from "../../../server/contract/rpc.js";
import type { FileListChange } from "../../../server/contract/workspace.js";
import { portTransport } from "../../../server/rpc/port-transport.js";
import { tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

test("one of 5,000 files is touched: its entry is sent, and that of a folder at most; another configuration sends all", async () => {
  using folder = tempFolder();
  for (let n = 0; n < 50; n++) folder.makeFolder(`d${n}`);
  for (let n = 0; n < 5000; n++) folder.write(`d${n % 50}/f${n}.py`, "x");
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
  await workbench.folder.open(folder.path, { port: 0 });
  await client.files.list({ since: null });
  await workbench.folder.workspace().watching;
  await waitFor("what changed before the watch began", () => workbench.folder.workspace().filesRev > 1);
  const settled = await client.files.list({ since: null });
  expect([settled.kind, settled.entries.length]).toEqual(["all", 5050]);

  let since = settled.version;
  const next = (what: string): Promise<FileListChange> =>
    waitFor(what, async () => {
      const change = await client.files.list({ since });
      since = change.version;
      return change.entries.length > 0 ? change : null;
    });
  folder.write("d7/f57.py", "#!/usr/bin/env python3\n");
  const change = await next("the touched file");
  expect(change).toMatchObject({ kind: "some", removed: [] });
  expect(change.entries.map(({ path }) => path).filter((path) => path !== "d7")).toEqual(["d7/f57.py"]);

  folder.write("cgi-workbench.json", JSON.stringify({ scripts: { "d1/f1.py": { mode: "fastcgi" } } }));
  const all = await waitFor("the configuration in force", async () => {
    const answer = await client.files.list({ since });
    return answer.entries.find(({ path }) => path === "d1/f1.py")?.mode === "fastcgi" ? answer : null;
  });
  expect([all.kind, all.entries.length]).toEqual(["all", 5051]);
  port2.close();
}, 100_000);
