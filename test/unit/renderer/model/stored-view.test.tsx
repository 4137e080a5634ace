import { expect, test } from "vitest";
import { useStoredRows } from "../../../../renderer/model/traces/stored-rows.js";
import { searchStored } from "../../../../renderer/model/traces/stored-search.js";
import { showRanks } from "../../../../renderer/model/traces/stored-view.js";
import { waitFor } from "../../../support/wait-for.js";
import { rowOf } from "../rows.js";
import { connectToSearch } from "../searching-client.js";

const stored = Array.from({ length: 1000 }, (_, index) => 1000 - index).map((at) => ({
  at,
  row: rowOf(at),
  hit: null,
}));
/** Pages that are being read; each is answered when it is let go, or never. */
const pages: { readonly letGo: () => void }[] = [];

connectToSearch(async function* ({ input, signal }) {
  const { before, skip, limit, isCounting, pinned } = input;
  if (!isCounting && !pinned)
    await new Promise<void>((letGo, reject) => {
      pages.push({ letGo });
      signal?.addEventListener("abort", () => reject(signal.reason));
    });
  const matching = pinned ? [] : stored.filter(({ at }) => at < (before ?? Number.POSITIVE_INFINITY));
  const [total, found] = [matching.length, matching.slice(skip, skip + limit)];
  yield { kind: "found", found, total, searched: 1, newest: stored.length, oldest: 1, isDone: true };
});

test("rows in view are read when another search ends the reading of them", async () => {
  const all = { origin: "a", query: "", isDeep: false, oldestLive: null, oldestOther: null, order: null } as const;
  const view = { first: 500, end: 520 };
  await searchStored({ ...all, now: 0, lastSave: null });
  expect(useStoredRows.getState().total).toBe(1000);

  void showRanks(view);
  await waitFor("the page is asked for", () => pages.length === 1);
  // As the list does, at once when its rows change.
  const stop = useStoredRows.subscribe(() => void showRanks(view));
  await searchStored({ ...all, now: 0, lastSave: null });
  await waitFor("the page is asked for again", () => pages.length === 2);
  pages[1]?.letGo();
  const { from, found } = await waitFor("the rows", () => {
    const { stretch } = useStoredRows.getState();
    return stretch.from > 0 && stretch;
  });
  stop();
  expect(from).toBeLessThanOrEqual(view.first);
  expect(from + found.length).toBeGreaterThanOrEqual(view.end);
  expect(found[view.first - from]?.at).toBe(500);
});
