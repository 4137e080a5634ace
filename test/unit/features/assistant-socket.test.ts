// How an assistant joins the server that has its folder open: the limits of the joining end with it.
import { expect, test } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import { joinServer, welcomeAssistants } from "../../../server/features/assistant/assistant-socket.js";
import { tempFolder } from "../../support/temp-workspace.js";

test("no limit of the joining counts on once it is over, and no other folder's server is joined", async () => {
  using folder = tempFolder();
  const workbench = await Workbench.create({ store: "never" });
  try {
    await workbench.folder.open(folder.path, { port: 0 });
    await welcomeAssistants(workbench);
    expect(await joinServer({ root: `${folder.path}/other`, isTools: false })).toBeNull();
    const socket = await joinServer({ root: folder.path, isTools: false });
    // Both sides wait for the other's line with the same function.
    expect([socket?.timeout, socket?.listenerCount("timeout")]).toEqual([0, 0]);
    socket?.destroy();
  } finally {
    await workbench.dispose();
  }
});
