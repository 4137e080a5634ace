// A window names the moment that times such as `15m` are relative to: a list and a deletion count from it.
import { expect, test, vi } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import { loadHere } from "../../support/load-here.js";
import { rpcWindows } from "../../support/rpc-windows.js";

const now = 1_700_000_000_000;
const query = "before:15m";
const meant = [[{ key: "before", time: now - 900_000, isNegated: false }]];

test("a list and a deletion take the moment of the call's window", async () => {
  const workbench = await Workbench.create({ startLoad: loadHere });
  const list = vi.spyOn(workbench.list, "list").mockImplementation(async function* () {});
  const remove = vi.spyOn(workbench.deleted, "remove").mockResolvedValue({ count: 0, undo: 0 });
  await using windows = await rpcWindows(workbench, "port");
  const { client } = await windows.open();
  const range = { order: null, first: 0, count: 1, around: null, since: null, isCleared: false, until: null };
  for await (const _ of await client.traces.list({ ...range, query, now, lastSave: null }));
  await client.traces.remove({ ids: [], query, now, lastSave: null });
  expect(list.mock.calls.map(([asked]) => asked)).toEqual([[], meant]); // how many there are at all, and the list
  expect([remove.mock.calls.length, remove.mock.calls[0]?.[1]]).toEqual([1, meant]);
  await workbench.dispose();
});
