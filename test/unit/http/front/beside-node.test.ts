// Some thousand generated requests, read by the front and by node's parser; test/verify reads a million.
import { expect, test } from "vitest";
import { compareWithNode } from "../../../support/requests/beside-node.js";

test("the front and node's parser disagree only where that was decided", async () => {
  const { counts, undecided } = await compareWithNode(1, 15_000);
  expect(undecided).toEqual([]);
  expect(counts.get("agreed")).toBeGreaterThan(11_000);
});
