// The process that sends the load of a benchmark, as the server has it: a real
// one that announces connections without end.
import { fork } from "node:child_process";
import { expect, test, vi } from "vitest";
import { loadFrom, loadIn } from "../../../server/client/load-process.js";
import { tempFolder } from "../../support/temp-workspace.js";

test("ended while it announces connections: nothing more is heard, and what is still sent to it harms nobody", async () => {
  using folder = tempFolder();
  folder.write("announces.mjs", "for (let n = 0; n < 1000; n++) process.send({ n });\nsetInterval(() => {}, 1000);\n");
  const sending = loadIn(fork(folder.file("announces.mjs")));
  const heard: unknown[] = [];
  await new Promise<void>((resolve) =>
    sending.listen((message) => {
      heard.push(message);
      sending.end();
      for (let n = 0; n < 100; n++) sending.send({ claimed: n });
      resolve();
    }),
  );
  await sending.ended;
  for (let n = 0; n < 100; n++) sending.send({ claimed: n });
  sending.end();
  expect(heard).toEqual([{ n: 0 }]);
});

test("has nothing of the server's environment that scripts do not get", async () => {
  using folder = tempFolder();
  folder.write("tells.mjs", "process.send(Object.keys(process.env).sort());\nsetInterval(() => {}, 1000);\n");
  vi.stubEnv("DATABASE_PASSWORD", "secret");
  try {
    const sending = loadFrom(folder.file("tells.mjs"));
    const names = await new Promise((resolve) => sending.listen(resolve));
    sending.end();
    await sending.ended;
    expect(names).toContain("PATH");
    expect(names).not.toContain("DATABASE_PASSWORD");
    expect(names).not.toContain("HOME");
  } finally {
    vi.unstubAllEnvs();
  }
});
