// The command line on a terminal that goes away while it runs, and on a full disk.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, constants, existsSync, openSync } from "node:fs";
import { expect, test } from "vitest";
import { commandLine, serve } from "../../support/command-line.js";
import { get } from "../../support/raw-exchange.js";
import { copyWorkspace, program } from "../../support/temp-workspace.js";

/** A pseudoterminal that is no process's controlling terminal; and its end. */
async function terminal() {
  const open = "import os,pty,sys; _, fd = pty.openpty(); print(os.ttyname(fd), flush=True); sys.stdin.read()";
  const holder = spawn("python3", ["-c", open], { stdio: ["pipe", "pipe", "inherit"] });
  const [path] = await once(holder.stdout.setEncoding("utf8"), "data");
  return {
    file: openSync(String(path).trim(), constants.O_RDWR | constants.O_NOCTTY),
    end: async () => {
      holder.stdin.end();
      await once(holder, "exit");
    },
  };
}

/** It serves and logs on `stderr`. `before`: what happens to that before the first request. */
async function servesAndLogs(stderr: number, before: () => Promise<void>): Promise<void> {
  using folder = copyWorkspace("odd");
  folder.write("cgi-bin/no-program.sh", "#!/no/such/program\n");
  folder.makeExecutable("cgi-bin/no-program.sh");
  await using serving = await serve([folder.path, "--port", "0", "--no-ui", "--no-store"], { stderr });
  closeSync(stderr);
  await before();
  // Each is logged on stderr a little later.
  for (let i = 0; i < 20; i++) expect((await get(serving.port, "/cgi-bin/no-program.sh")).status).toBe(500);
  expect((await get(serving.port, "/cgi-bin/target.sh?x=1")).status).toBe(200);
}

test.skipIf(program("python3") === null)("serve goes on without its terminal", async () => {
  const { file, end } = await terminal();
  await servesAndLogs(file, end);
});

const full = "/dev/full";
test.skipIf(!existsSync(full))("serve goes on though its log is on a full disk (needs /dev/full)", () =>
  servesAndLogs(openSync(full, constants.O_WRONLY), async () => undefined),
);

test.skipIf(!existsSync(full))(
  "output that a full disk does not take: a message, exit code 1 (needs /dev/full)",
  async () => {
    using folder = copyWorkspace("odd");
    const stdout = openSync(full, constants.O_WRONLY);
    for (const args of [["--help"], ["request", folder.path, "/cgi-bin/target.sh", "--no-store"]]) {
      const { exitCode, stderr } = await commandLine(args, { stdout });
      expect([exitCode, stderr]).toEqual([1, expect.stringMatching(/^cgi-workbench: .*ENOSPC/)]);
      expect(stderr).not.toMatch(/\n +at /);
    }
    closeSync(stdout);
  },
);
