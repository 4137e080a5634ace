// What the workbench itself creates is trusted: a copy of the examples, and a new folder. What was there before is not.
import { afterEach, expect, test, vi } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import { rpcWindows } from "../../support/rpc-windows.js";
import { tempFolder } from "../../support/temp-workspace.js";

afterEach(() => vi.unstubAllEnvs());

test("a copy of the examples and a new folder are trusted, a folder that was there is not", async () => {
  using folder = tempFolder();
  vi.stubEnv("XDG_DATA_HOME", folder.file("data"));
  folder.makeFolder("old");
  await using workbench = await Workbench.create().then((made) =>
    Object.assign(made, { [Symbol.asyncDispose]: () => made.dispose() }),
  );
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
