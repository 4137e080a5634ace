// What outlives a killed leader is found at once, although the list of processes is read again only now and then.
import { expect, test } from "vitest";
import { createStarter } from "../../../server/spawn/create-starter.js";
import { processTable } from "../../../server/spawn/sessions/process-table.js";
import { waitFor } from "../../support/wait-for.js";
import { shell } from "./run-child.js";

test.each(["native", "portable"] as const)("%s: at the leader's exit, its child is known and ended", async (start) => {
  const { starter } = await createStarter(start);
  let noteExit = (): void => {};
  const atExit = new Promise<string[]>((resolve) => {
    noteExit = () => resolve(child.survivors());
  });
  let hasEnded = false;
  const child = await starter.start(shell("sleep 30 & wait"), {
    stdout: () => true,
    stderr: () => true,
    stdoutEnd: () => {
      hasEnded = true;
    },
    stderrEnd: () => {},
    stdinDrain: () => {},
    exit: () => noteExit(),
  });
  const [sleeper = ""] = await waitFor("its child", () => {
    const found = child.survivors();
    return found.length > 0 && found[0]?.endsWith(" sleep") ? found : null;
  });
  processTable(); // with the leader
  process.kill(child.pid, "SIGKILL");
  expect(await atExit).toEqual([sleeper]);
  child.end(60_000);
  await waitFor("the child has closed its stdout", () => hasEnded);
  await starter.dispose();
});
