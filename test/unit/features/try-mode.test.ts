// The memory of a CGI request, while this process starts another program that takes more.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import { tryMode } from "../../../server/features/bench/run-bench.js";
import { tempFolder } from "../../support/temp-workspace.js";

const large = `const kept = Buffer.alloc(64 << 20, 1);
require("node:fs").writeFileSync("is-large", "");
process.stdin.once("data", () => process.exit(kept.length > 0 ? 0 : 1));`;

test.skipIf(!existsSync("/proc/self/smaps_rollup"))("is that of its own process", async () => {
  using folder = tempFolder();
  folder.makeFolder("cgi-bin");
  // It ends a while after it has seen the other one, which may be there first.
  folder.write(
    "cgi-bin/x.sh",
    "#!/bin/sh\nuntil [ -e ../is-large ]; do sleep 0.05; done\nsleep 0.3\nprintf 'Content-Type: text/plain\\n\\nhello'\n",
  );
  folder.makeExecutable("cgi-bin/x.sh");
  const workbench = await Workbench.create();
  try {
    await workbench.folder.open(folder.path, { port: 0, run: { host: null } });
    const trying = tryMode(workbench, "cgi", "/cgi-bin/x.sh", new AbortController().signal);
    const other = spawn(process.execPath, ["-e", large], { cwd: folder.path, stdio: ["pipe", "ignore", "inherit"] });
    const peak = await trying;
    other.stdin.write("end");
    await once(other, "close");
    expect(peak).toBeGreaterThan(0);
    expect(peak).toBeLessThan(32 << 20);
  } finally {
    await workbench.dispose();
  }
});
