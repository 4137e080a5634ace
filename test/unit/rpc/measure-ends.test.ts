// A workbench that ends while a page measures a script beside another version: its
// end waits for that, and no version is left.
import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import { loadHere } from "../../support/load-here.js";
import { rpcWindows, transports } from "../../support/rpc-windows.js";
import { tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

const text = "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nhello'\n";

test.each(transports)("over a %s", async (transport) => {
  using folder = tempFolder();
  folder.makeFolder("cgi-bin");
  folder.write("cgi-bin/x.sh", text);
  folder.makeExecutable("cgi-bin/x.sh");
  const workbench = await Workbench.create({ startLoad: loadHere });
  await workbench.folder.open(folder.path, { port: 0, run: { host: null } });
  await using windows = await rpcWindows(workbench, transport);
  const { client } = await windows.open();
  const steps = await client.measure.compare({
    ...{ path: "cgi-bin/x.sh", target: "/cgi-bin/x.sh", mode: "cgi", connections: 1, rate: null, seconds: 600 },
    against: { kind: "unsaved", text, bom: false, encoding: "utf-8" },
  });
  const compared = (async () => {
    for await (const _ of steps);
  })();
  const ended = expect(compared).rejects.toThrow();
  const scripts = () => readdirSync(folder.file("cgi-bin"));
  await waitFor("the version beside the script", () => scripts().length === 2);
  await workbench.dispose();
  expect(scripts()).toEqual(["x.sh"]);
  await ended;
});
