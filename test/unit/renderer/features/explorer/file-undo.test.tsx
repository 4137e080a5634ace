// What is done to files belongs to the folder that was shown when it began, and so does its undo.
import { createORPCClient, ORPCError } from "@orpc/client";
import { afterAll, beforeEach, expect, test } from "vitest";
import { moveFilesTo, removeFiles, removeForGood } from "../../../../../renderer/features/explorer/file-actions.js";
import { canUndo, undoLast } from "../../../../../renderer/features/explorer/file-undo.js";
import { useDocuments } from "../../../../../renderer/model/documents/document-store.js";
import { useWorkspace } from "../../../../../renderer/model/folder/workspace-store.js";
import { useNotices } from "../../../../../renderer/platform/notices.js";
import type { Client } from "../../../../../renderer/rpc/connection.js";
import { useServer } from "../../../../../renderer/rpc/store.js";

const calls: string[] = [];
/** Called before a call is answered. */
let during: () => void = () => undefined;
const client: Client = createORPCClient({
  call: async ([, name], input) => {
    calls.push(name === "restore" ? name : `${name} ${JSON.stringify(input)}`);
    during();
    return { token: "kept", path: "cgi-bin/b.py" };
  },
});
useServer.setState({ connection: "connected", client });
afterAll(() => useServer.setState({ client: null }));
beforeEach(() => {
  calls.length = 0;
  useNotices.setState({ notices: [] });
});

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
  expect(calls).toEqual(["restore", 'move {"root":"/srv/a","from":"old/a.py","to":"cgi-bin/a.py"}']);
  expect(canUndo()).toBe(false);
});

test.each([
  ["because its folder is a file now, can be tried again", "not-found", true],
  ["because the file is no longer kept, is over", "removed-not-kept", false],
])("an Undo that fails %s", async (_, code, isLeft) => {
  open("/srv/a");
  await removeFiles(["lib/db.py"]);
  during = () => {
    throw new ORPCError("NOT_FOUND", { data: { code, message: "It failed.", fix: null } });
  };
  await undoLast();
  expect(canUndo()).toBe(isLeft);
  during = () => undefined;
  await undoLast();
  expect(canUndo()).toBe(false);
});

test.each([
  ["removed", () => removeFiles(["a.py", "b.py", "c.py"]), "remove"],
  ["moved", () => moveFilesTo(["a.py", "b.py", "c.py"], "old"), "move"],
  ["removed for good", () => removeForGood(["a.py", "b.py", "c.py"]), "remove"],
] as const)("another folder is opened while files are %s: its own stay as they are", async (_, change, name) => {
  open("/srv/a");
  const opened = [{ kind: "unread", path: "a.py", isDirty: false } as const];
  useDocuments.setState({ root: "/srv/a", open: opened });
  during = () => {
    if (calls.length === 1) {
      open("/srv/other");
      useDocuments.setState({ root: "/srv/other" });
    } else
      throw new ORPCError("NOT_POSSIBLE", { data: { code: "other-folder", message: "It is not open.", fix: null } });
  };
  await change();
  during = () => undefined;
  expect(calls).toEqual([1, 2].map(() => expect.stringMatching(`^${name} {"root":"/srv/a"`)));
  expect(useDocuments.getState().open).toEqual(opened);
  expect(canUndo()).toBe(false);
  useDocuments.setState({ root: null, open: [] });
});
