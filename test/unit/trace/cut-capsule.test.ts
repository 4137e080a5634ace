// A capsule of which only the beginning of stdout was kept: the rest is compared by its length.
import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { utf8 } from "../../../server/protocol/byte-string.js";
import { capsuleOf } from "../../../server/trace/formats/capsule.js";
import { toTraceJson } from "../../../server/trace/formats/trace-json.js";
import { traceOf } from "../../support/stored-traces.js";
import { tempFolder } from "../../support/temp-workspace.js";

const head = "Content-Type: text/plain\n\n";

test.skipIf(process.platform === "win32").each([
  ["the same", "hello, you", 0],
  ["another end of the same length, which nobody can know", "hello, all", 0],
  ["a shorter end", "hello", 1],
  ["a longer end", "hello, you all", 1],
  ["another beginning", "jello, you", 1],
])("%s", (_, now, code) => {
  using folder = tempFolder();
  const script = (text: string) => {
    folder.write("a.sh", `#!/bin/sh\nprintf '%s' '${head}${text}'\n`);
    folder.makeExecutable("a.sh");
  };
  const bytes = Buffer.from(`${head}hello, you`);
  const trace = traceOf({ seq: 1, stdout: bytes });
  trace.cwd = utf8(folder.path);
  trace.argv = [utf8(folder.file("a.sh"))];
  trace.route = { ...trace.route, file: utf8(folder.file("a.sh")) };
  const json = toTraceJson(trace);
  const kept = bytes.subarray(0, head.length + 4);
  const stdout = json.stdout && { ...json.stdout, captured: kept.length, base64: kept.toString("base64") };
  const exit = { pid: 1, start: "native" as const, exitCode: 0, signal: null, errno: null };
  const process = { ...exit, userMs: null, systemMs: null, maxRssKb: null };
  folder.write("a.capsule", capsuleOf({ ...json, stdout, process }, { secrets: [], isMasked: false }));
  script(now);
  expect(spawnSync("/bin/sh", [folder.file("a.capsule")], { env: {} }).status).toBe(code);
});
