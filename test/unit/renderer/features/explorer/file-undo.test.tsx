// An undo belongs to the folder in which something was done to a file.
import { createORPCClient } from "@orpc/client";
import { afterAll, expect, test } from "vitest";
import { moveFilesTo, removeFiles } from "../../../../../renderer/features/explorer/file-actions.js";
import { canUndo, undoLast } from "../../../../../renderer/features/explorer/file-undo.js";
import { useWorkspace } from "../../../../../renderer/model/folder/workspace-store.js";
import { useNotices } from "../../../../../renderer/platform/notices.js";
import type { Client } from "../../../../../renderer/rpc/connection.js";
import { useServer } from "../../../../../renderer/rpc/store.js";

const calls: string[] = [];
const client: Client = createORPCClient({
  call: async ([, name], input) => {
    calls.push(name === "restore" ? name : `${name} ${JSON.stringify(input)}`);
    return { token: "kept", path: "cgi-bin/b.py" };
  },
});
useServer.setState({ connection: "connected", client });
afterAll(() => useServer.setState({ client: null }));

const open = (root: string): void => useWorkspace.setState({ workspace: { root, name: "a" } });
const notices = () => useNotices.getState().notices;

test("the Undo of a notice does nothing in another folder, and is possible again in its own", async () => {
  open("/srv/a");
  await moveFilesTo(["cgi-bin/a.py"], "old");
  await removeFiles(["cgi-bin/b.py"]);
  const undos = notices().flatMap(({ action }) => action ?? []);
  expect(undos).toHaveLength(2);
  open("/srv/other");
  calls.length = 0;
  for (const { run } of undos) run();
  expect(canUndo()).toBe(false);
  await undoLast();
  expect(calls).toEqual([]);
  expect(notices().at(-1)?.text).toContain("/srv/a");
  open("/srv/a");
  await undoLast();
  await undoLast();
  expect(calls).toEqual(["restore", 'move {"from":"old/a.py","to":"cgi-bin/a.py"}']);
  expect(canUndo()).toBe(false);
});
