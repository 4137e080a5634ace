// What the window pays for a change on disk in a large folder: noticed by the
// watch, asked for over a port, and only that.
import { expect, test } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import type { FileListChange } from "../../../server/contract/workspace.js";
import { rpcWindows } from "../../support/rpc-windows.js";
import { tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

test("one of 5,000 files is touched: its entry is sent, and that of a folder at most; another configuration sends all", async () => {
  using folder = tempFolder();
  for (let n = 0; n < 50; n++) folder.makeFolder(`d${n}`);
  for (let n = 0; n < 5000; n++) folder.write(`d${n % 50}/f${n}.py`, "x");
  await using workbench = await Workbench.create().then((made) =>
    Object.assign(made, { [Symbol.asyncDispose]: () => made.dispose() }),
  );
  await using windows = await rpcWindows(workbench, "port");
  const { client } = await windows.open();
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
}, 100_000);
