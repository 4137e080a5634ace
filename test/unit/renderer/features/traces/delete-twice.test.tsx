// Delete pressed twice before the first answer, and Undo where there is nothing to undo.
import { createORPCClient } from "@orpc/client";
import { afterAll, beforeEach, expect, test } from "vitest";
import { allCommands } from "../../../../../renderer/commands.js";
import { deleteShown, deleteTrace } from "../../../../../renderer/features/traces/actions/delete-traces.js";
import { registerCommands, runToEnd, whyUnavailable } from "../../../../../renderer/platform/command-registry.js";
import { useNotices } from "../../../../../renderer/platform/notices.js";
import type { Client } from "../../../../../renderer/rpc/connection.js";
import { useServer } from "../../../../../renderer/rpc/store.js";

registerCommands(allCommands);
let undo = 0;
let count = 1;
const restored: unknown[] = [];
const client: Client = createORPCClient({
  call: async ([, name], input) => {
    if (name === "remove") {
      undo += 1;
      const answer = { count, undo };
      count = 0; // there is nothing left for the next one
      return answer;
    }
    if (name === "restore") restored.push(input);
    return null;
  },
});
useServer.setState({ connection: "connected", client });
afterAll(() => useServer.setState({ client: null }));
beforeEach(() => {
  count = 1;
  restored.length = 0;
});

test("the Undo of the deletion stays when the second found nothing to delete", async () => {
  expect(whyUnavailable("trace.undoDelete")).toBe("There is no deletion to undo.");
  await Promise.all([deleteTrace("t1"), deleteTrace("t1")]);
  const first = undo - 1;
  expect(useNotices.getState().notices.filter(({ action }) => action !== null)).toHaveLength(1);
  expect(whyUnavailable("trace.undoDelete")).toBeNull();
  await runToEnd("trace.undoDelete");
  expect(restored).toMatchObject([{ undo: first }]);
  expect(whyUnavailable("trace.undoDelete")).toBe("There is no deletion to undo.");
});

test("a filter that shows nothing to delete offers no Undo, and takes none away", async () => {
  await deleteTrace("t2");
  const before = undo;
  await deleteShown();
  expect(useNotices.getState().notices.at(-1)).toMatchObject({ action: null });
  await runToEnd("trace.undoDelete");
  expect(restored).toMatchObject([{ undo: before }]);
});
