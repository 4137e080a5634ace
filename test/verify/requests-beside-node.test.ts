// A million generated requests, read by our reader and by node's parser: every
// disagreement has a cause that was decided before.
import { expect, test } from "vitest";
import { amount } from "../support/evidence.js";
import { compareWithNode, tableOf } from "../support/requests/beside-node.js";

test("our reader beside node's parser", { timeout: 1_200_000 }, async () => {
  const seed = Number(process.env["REQUEST_SEED"] ?? 20_251_121);
  const comparison = await compareWithNode(seed, amount(1_000_000, 50_000));
  process.stdout.write(`\nOur reader beside node's, seed ${seed}\n${tableOf(comparison)}\n`);
  expect(comparison.undecided).toEqual([]);
});
