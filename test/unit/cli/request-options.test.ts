// The file of `--data-binary`, also where the system states another size than it has.
import { appendFileSync } from "node:fs";
import { buffer } from "node:stream/consumers";
import { expect, test } from "vitest";
import { bodyOf } from "../../../server/cli/request-options.js";
import { tempFolder } from "../../support/temp-workspace.js";

test.skipIf(process.platform !== "linux")("a file of /proc, whose stated size is 0, is read to its end", async () => {
  const body = await bodyOf(undefined, "@/proc/self/status");
  expect(body !== null && "bytes" in body && Buffer.from(body.bytes).includes("Pid:")).toBe(true);
});

test("of a file that grows no more is sent than was announced", async () => {
  using folder = tempFolder();
  const log = Buffer.alloc(3 << 20, "line\n");
  folder.write("large.log", log);
  const body = await bodyOf(undefined, `@${folder.file("large.log")}`);
  appendFileSync(folder.file("large.log"), "more\n");
  if (body === null || "bytes" in body) throw new Error("a large file is streamed");
  expect([body.sizeBytes, (await buffer(body.stream)).equals(log)]).toEqual([log.length, true]);
});
