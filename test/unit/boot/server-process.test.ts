// What both shells' servers do for their parent process.
import { afterAll, expect, test } from "vitest";
import type { FromServer } from "../../../server/boot/messages.js";
import { serveWorkbench } from "../../../server/boot/server-process.js";
import { copyWorkspace } from "../../support/temp-workspace.js";

const posted: FromServer[] = [];
const { workbench, open } = await serveWorkbench((message) => posted.push(message));
const workspace = copyWorkspace("basic");
afterAll(async () => {
  await workbench.dispose();
  workspace[Symbol.dispose]();
});

test("`open` resolves when the folder is served: a page that comes then never sees the first page", async () => {
  await open({ path: workspace.path, port: null });
  const { workspace: opened, server } = await workbench.states.next(-1, AbortSignal.timeout(5000));
  expect([opened?.root, server.status]).toEqual([workspace.path, "serving"]);
});

test("a folder that cannot be opened is told to the parent, and the one before stays open", async () => {
  await open({ path: workspace.file("none"), port: null });
  expect(posted.filter(({ kind }) => kind === "not-opened")).toMatchObject([{ problem: { code: expect.anything() } }]);
  expect(workbench.folder.current?.root).toBe(workspace.path);
});
