// A capsule in each POSIX shell that is here: the same result every time, nothing on stderr, and no process left.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { utf8 } from "../../../server/protocol/byte-string.js";
import { capsuleOf } from "../../../server/trace/formats/capsule.js";
import { toTraceJson } from "../../../server/trace/formats/trace-json.js";
import { traceOf } from "../../support/stored-traces.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";

const runs = 20;
const output = "Content-Type: text/plain\n\nhello";

/** The processes of a session which have not ended. */
const processesOf = (session: number): string[] =>
  readdirSync("/proc").filter((name) => /^\d+$/.test(name) && fieldsOf(name)[3] === String(session));

/** The fields of a process's state, from the third on. Empty: it has just ended. */
function fieldsOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, "latin1")
      .replace(/^.*\) /s, "")
      .split(" ");
  } catch {
    return [];
  }
}

const shells = [["dash"], ["bash"], ["bash", "--posix"], ["busybox", "sh"]] as const;
const isHere = ([shell]: readonly string[]): boolean => process.platform === "linux" && program(shell ?? "") !== null;

function capsuleIn(folder: TempFolder, cwd: string, script: string): string {
  folder.write("a.sh", script);
  folder.makeExecutable("a.sh");
  const trace = traceOf({ seq: 1, stdout: Buffer.from(output) });
  trace.cwd = utf8(cwd);
  trace.argv = [utf8(folder.file("a.sh"))];
  trace.route = { ...trace.route, file: utf8(folder.file("a.sh")) };
  const exit = { pid: 1, start: "native" as const, exitCode: 0, signal: null, errno: null };
  const ended = { ...exit, userMs: null, systemMs: null, maxRssKb: null };
  const json = { ...toTraceJson(trace), process: ended };
  return capsuleOf(json, { secrets: [], isMasked: false });
}

test.for(shells.filter(isHere))(
  "%s: a folder named - is no switch to the one before (D11)",
  async ([shell, ...words]) => {
    using folder = tempFolder();
    folder.makeFolder("-");
    folder.write("a.capsule", capsuleIn(folder, "-", `#!/bin/sh\ntouch here\nprintf '%s' '${output}'\n`));
    const env = { ...process.env, OLDPWD: "/" };
    const child = spawn(shell, [...words, folder.file("a.capsule")], { cwd: folder.path, env });
    const [code] = await once(child, "close");
    expect([code, folder.read("-/here")]).toEqual([0, ""]);
  },
);

test.for(shells.filter(isHere))(`%s runs a capsule ${runs} times (C3)`, async ([shell, ...words]) => {
  using folder = tempFolder();
  folder.write("a.capsule", capsuleIn(folder, folder.path, `#!/bin/sh\nprintf '%s' '${output}'\n`));
  for (let run = 1; run <= runs; run++) {
    const child = spawn(shell, [...words, folder.file("a.capsule")], { detached: true });
    const [stdout, stderr] = [text(child.stdout), text(child.stderr)];
    const [code] = await once(child, "close");
    const result = [run, code, await stdout, await stderr, processesOf(child.pid ?? 0)];
    expect(result).toEqual([run, 0, `The same: ${output.length} bytes of stdout, exit code 0.\n`, "", []]);
  }
});

for (const [shell] of shells.filter((one) => !isHere(one))) test.skip(`needs Linux and ${shell} (C3)`);
