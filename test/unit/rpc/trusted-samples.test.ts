// What the workbench itself creates is trusted: a copy of the examples, and a new folder. What was there before is not.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import { Samples } from "../../../server/samples/samples.js";
import { repositoryRoot } from "../../support/repository.js";
import { rpcWindows } from "../../support/rpc-windows.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

afterEach(() => vi.unstubAllEnvs());

async function newWorkbench() {
  const made = await Workbench.create();
  return Object.assign(made, { [Symbol.asyncDispose]: () => made.dispose() });
}

/** A user for whom nothing is trusted yet, with an untrusted copy of the examples, one of them edited. */
async function withExamples(): Promise<TempFolder> {
  const folder = tempFolder();
  vi.stubEnv("XDG_DATA_HOME", folder.file("data"));
  await new Samples({ folder: join(repositoryRoot, "server/samples") }).copy(folder.file("examples"));
  folder.write("examples/cgi-bin/sum.sh", "#!/bin/sh\n");
  return folder;
}
const recorded = "data/cgi-workbench/trusted-folders.json";

test("a copy of the examples and a new folder are trusted, a folder that was there is not", async () => {
  using folder = tempFolder();
  vi.stubEnv("XDG_DATA_HOME", folder.file("data"));
  folder.makeFolder("old");
  await using workbench = await newWorkbench();
  await using windows = await rpcWindows(workbench, "port");
  const { client } = await windows.open();
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
});

test("a reset records no trust that was for the run alone", async () => {
  using folder = await withExamples();
  await using workbench = await newWorkbench();
  await using windows = await rpcWindows(workbench, "port");
  const { client } = await windows.open();
  await workbench.folder.open(folder.file("examples"), { port: 0, run: { host: null } });
  expect(await client.samples.reset()).toEqual({ restored: 1 });
  expect(workbench.folder.workspace().isTrusted).toBe(true);
  expect(existsSync(folder.file(recorded))).toBe(false);
  await workbench.folder.open(folder.file("examples"), { port: 0 });
  expect(workbench.folder.workspace().isTrusted).toBe(false);
});

test("a reset beside another configuration is complete, and leaves the trust in that one", async () => {
  using folder = await withExamples();
  folder.write("other.json", JSON.stringify({ links: ["/etc"] }));
  await using workbench = await newWorkbench();
  await using windows = await rpcWindows(workbench, "port");
  const { client } = await windows.open();
  const root = folder.file("examples");
  await workbench.folder.open(root, { port: 0, configFile: folder.file("other.json") });
  await workbench.folder.trust(root, workbench.folder.workspace().trust.fingerprint);
  const before = folder.read(recorded);
  expect(await client.samples.reset()).toEqual({ restored: 1 });
  expect(workbench.folder.workspace().trust.state).toBe("trusted");
  expect(folder.read(recorded)).toBe(before);
});
