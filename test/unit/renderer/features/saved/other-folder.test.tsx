// A run of saved requests while another folder is opened.
import { afterAll, beforeEach, expect, test } from "vitest";
import { listSaved, runSaved, useSaved } from "../../../../../renderer/features/saved/saved-store.js";
import { useWorkspace } from "../../../../../renderer/model/folder/workspace-store.js";
import { useServer } from "../../../../../renderer/rpc/store.js";
import { type HeldCalls, holdCalls } from "../../../../support/held-calls.js";

let calls: HeldCalls;
beforeEach(() => {
  calls = holdCalls();
  open("/first");
});
afterAll(() => useServer.setState({ client: null }));

const open = (root: string): void => useWorkspace.setState({ workspace: { root, name: root } });
const list = { files: [], ran: [], environmentMistake: null };
const result = { file: "a.http", name: "read", line: 1, target: "/", trace: null, passed: true, failures: [] };
async function* events() {
  yield { nth: 0, result };
}

test("it ends, and leaves nothing in that folder", async () => {
  const run = runSaved(null);
  (await calls.call(0)).answer(list);
  const { name, signal, answer } = await calls.call(1);
  expect(name).toBe("run");
  open("/second");
  expect(signal?.aborted).toBe(true);
  const opened = listSaved();
  (await calls.call(2)).answer(list);
  await opened;
  answer(events());
  expect(await run).toBeNull();
  expect(useSaved.getState()).toMatchObject({ root: "/second", isRunning: false, problem: null });
  expect(useSaved.getState().ran.size).toBe(0);
});

test("it does not begin in that folder", async () => {
  const run = runSaved(null);
  const { answer } = await calls.call(0);
  open("/second");
  answer(list);
  expect(await run).toBeNull();
  expect(calls.asked.map(({ name }) => name)).toEqual(["list"]);
});

test("requests of that folder can be run at once, also while it still ends", async () => {
  const before = runSaved(null);
  (await calls.call(0)).answer(list);
  const first = await calls.call(1);
  open("/second");
  const run = runSaved(null);
  (await calls.call(2)).answer(list);
  const second = await calls.call(3);
  first.fail();
  expect(await before).toBeNull();
  expect(useSaved.getState()).toMatchObject({ isRunning: true, problem: null });
  second.answer(events());
  expect(await run).toEqual([result]);
  expect(useSaved.getState()).toMatchObject({ root: "/second", isRunning: false });
});

test("a list that could not be read is no problem of the folder that is open by then", async () => {
  const before = listSaved();
  open("/second");
  const opened = listSaved();
  (await calls.call(1)).answer(list);
  await opened;
  (await calls.call(0)).fail();
  await before;
  expect(useSaved.getState().problem).toBeNull();
});
