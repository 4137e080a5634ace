// What tests start as servers ends with them: also one that never listens, and one that was killed before.
import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { canListProcesses, processes, waitUntilGone } from "../../support/processes.js";
import { type ServerOptions, startServer } from "../../support/server-process.js";
import { tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

const program = `sleep 1014.${process.pid}`;
const isRunning = (): boolean => processes().some(({ command }) => command === program);
const options = (isUp: ServerOptions["isUp"]) => {
  const own = tempFolder();
  return { name: "it", commands: [{ words: ["sh", "-c", `${program} & wait`] }], isUp, own };
};

test.skipIf(!canListProcesses)("a server that never listens is ended, with what it started (needs /proc)", async () => {
  const one = options(async () => {
    await waitFor("it runs", isRunning);
    throw new Error("it does not listen");
  });
  await expect(startServer(one)).rejects.toThrow("it does not listen");
  await waitUntilGone(program);
  expect(existsSync(one.own.path)).toBe(false);
});

test.skipIf(!canListProcesses)("a server that was killed needs no end (needs /proc)", async () => {
  const one = options(isRunning);
  const server = await startServer(one);
  for (const { pid, command } of processes()) if (command.includes(program)) process.kill(pid, "SIGKILL");
  await waitUntilGone(program);
  await server[Symbol.asyncDispose]();
  expect(existsSync(one.own.path)).toBe(false);
});
