// What is checked without running the product: types (contract and protocol once more without Node and DOM), lint and
// format, that Playwright can load every spec (it resolves less than Vite does), unused code. The last lines are the
// size of the product. The arrows between the folders are a unit test.
import { printProductSize } from "./product-size.mjs";
import { step } from "./step.mjs";

const node = process.execPath;
const checks = [
  ["types", [node, "node_modules/typescript/bin/tsc", "-p", "."]],
  ["types without Node and DOM", [node, "node_modules/typescript/bin/tsc", "-p", "server/protocol"]],
  ["lint and format", [node, "node_modules/@biomejs/biome/bin/biome", "ci", "--error-on-warnings", "."]],
  [
    "end-to-end tests load",
    [node, "node_modules/@playwright/test/cli.js", "test", "--config", "test/e2e/playwright.config.ts", "--list"],
  ],
  ["unused code", [node, "node_modules/knip/bin/knip.js", "--no-progress"]],
];

/**
 * One after the other: beside them, on the second core, the build runs. @param {import("./totals.mjs").Totals} totals
 */
export async function check(totals) {
  for (const [name, command] of checks) totals.step(name, await step(name, command));
  await printProductSize();
}
