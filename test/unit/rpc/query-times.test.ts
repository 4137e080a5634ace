// A window names the moment that times such as `15m` are relative to: a search and a deletion count from it.
import { expect, test, vi } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import { loadHere } from "../../support/load-here.js";
import { rpcWindows } from "../../support/rpc-windows.js";

const now = 1_700_000_000_000;
const query = "before:15m";
const meant = [[{ key: "before", time: now - 900_000, isNegated: false }]];

test("a search and a deletion take the moment of the call's window", async () => {
  const workbench = await Workbench.create({ startLoad: loadHere });
  const search = vi.spyOn(workbench.stores, "search").mockImplementation(async function* () {});
  const remove = vi.spyOn(workbench.deleted, "remove").mockResolvedValue({ count: 0, undo: 0 });
  await using windows = await rpcWindows(workbench, "port");
  const { client } = await windows.open();
  for await (const _ of await client.traces.search({ limit: 1, query, now, lastSave: null }));
  await client.traces.remove({ ids: [], query, now, lastSave: null });
  expect([search, remove].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
  expect([search.mock.calls[0]?.[0], remove.mock.calls[0]?.[1]]).toEqual([meant, meant]);
  await workbench.dispose();
});
