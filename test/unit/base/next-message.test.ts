// What a worker thread answers within a limit of processor time.
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { nextMessage, SlowWorker } from "../../../server/base/next-message.js";

/** Runs the text once it is asked. */
const worker = (text: string): Worker =>
  new Worker(`const { parentPort } = require("node:worker_threads"); parentPort.once("message", () => { ${text} });`, {
    eval: true,
    execArgv: [],
  });
const sleep = (ms: number): string => `Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${ms});`;

test("a thread that does not get the processor is not slow", async () => {
  const asked = worker(`${sleep(500)} parentPort.postMessage("here");`);
  expect(await nextMessage(asked, 200, () => asked.postMessage("go"))).toBe("here");
  await asked.terminate();
});

test.each([
  ["uses the processor without an end", "for (;;) {}"],
  ["never answers", sleep(60_000)],
])("a thread that %s is ended", async (_name, text) => {
  const asked = worker(text);
  await expect(nextMessage(asked, 200, () => asked.postMessage("go"))).rejects.toBeInstanceOf(SlowWorker);
});
