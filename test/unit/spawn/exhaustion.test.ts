// Out of descriptors: refused with EMFILE, nothing leaked on the way, and well again afterwards. And
// a program with a starter ends by itself.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundleHarness, type Harness } from "./bundle-harness.js";

let harness: Harness;
beforeAll(async () => {
  harness = await bundleHarness("exhaustion-harness", { hasKoffi: true });
});
afterAll(() => harness.remove());

test.each(["native", "portable"])("%s: with 70 descriptors", async (wish) => {
  const { stdout } = await promisify(execFile)("/bin/bash", [
    "-c",
    'ulimit -n 70; exec "$@"',
    "bash",
    process.execPath,
    harness.file,
    wish,
  ]);
  expect(JSON.parse(stdout)).toEqual({ codes: ["EMFILE"], isClosed: true, exitCode: 0 });
});
