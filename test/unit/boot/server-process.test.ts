// What both shells' servers do for their parent process.
import { afterAll, expect, test } from "vitest";
import type { FromServer } from "../../../server/boot/messages.js";
import { openSoon, serveWorkbench } from "../../../server/boot/server-process.js";
import { copyWorkspace } from "../../support/temp-workspace.js";

const posted: FromServer[] = [];
const { workbench, open } = await serveWorkbench((message) => posted.push(message));
const workspace = copyWorkspace("basic");
afterAll(async () => {
  await workbench.dispose();
  workspace[Symbol.dispose]();
});

test("a folder is open before a page comes, which so never shows the first page", async () => {
  await openSoon({ open }, { path: workspace.path, port: null }, 60_000);
  const { workspace: opened, server } = await workbench.states.next(-1, AbortSignal.timeout(5000));
  expect([opened?.root, server.status]).toEqual([workspace.path, "serving"]);
});

test("a folder that takes long to open holds a page up for a while only", async () => {
  await openSoon({ open: () => new Promise(() => undefined) }, { path: workspace.path, port: null }, 10);
});

test("the parent gets the problem of a folder that cannot be opened, and the previous folder stays open", async () => {
  await open({ path: workspace.file("none"), port: null });
  expect(posted.filter(({ kind }) => kind === "not-opened")).toMatchObject([{ problem: { code: expect.anything() } }]);
  expect(workbench.folder.current?.root).toBe(workspace.path);
});
