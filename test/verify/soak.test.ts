// Thousands of requests of every kind against one server: afterwards it holds as many descriptors and children as
// before, and its memory has stayed within the traces' budget.
import { expect, test } from "vitest";
import { serve } from "../support/command-line.js";
import { amount } from "../support/evidence.js";
import { canListProcesses, descendants, openDescriptors, residentBytes } from "../support/processes.js";
import { get } from "../support/raw-exchange.js";
import { copyWorkspace } from "../support/temp-workspace.js";
import { waitFor } from "../support/wait-for.js";

const rounds = amount(400, 100);
const allowedGrowthBytes = 200 << 20;
const targets = [
  "target.sh?x",
  "to-local.sh",
  "to-client.sh",
  "nph-clock.sh",
  "no-head.sh",
  "empty.sh",
  "killed.sh",
  "missing-interpreter.py",
];

test.skipIf(!canListProcesses)("descriptors, children and memory return to where they were (needs /proc)", async () => {
  using folder = copyWorkspace("odd");
  await using one = await serve([folder.path, "--port", "0", "--no-ui"]);
  const { pid } = one.ready;
  const round = (): Promise<unknown> =>
    Promise.all([
      ...targets.map((target) => get(one.port, `/cgi-bin/${target}`)),
      get(one.port, "/picture.bin"),
      get(one.port, "/no/such/file"),
    ]);
  for (let n = 0; n < 20; n++) await round();
  const before = {
    descriptors: openDescriptors(pid).length,
    children: descendants(pid).length,
    memory: residentBytes(pid),
  };
  for (let n = 0; n < rounds; n++) await round();
  await waitFor("as many descriptors as before", () => openDescriptors(pid).length <= before.descriptors);
  await waitFor("as many children as before", () => descendants(pid).length <= before.children);
  expect(residentBytes(pid) - before.memory).toBeLessThan(allowedGrowthBytes);
});
