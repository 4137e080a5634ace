// The command line on a terminal that goes away while it runs.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, constants, openSync } from "node:fs";
import { expect, test } from "vitest";
import { serve } from "../support/command-line.js";
import { get } from "../support/raw-exchange.js";
import { copyWorkspace, program } from "../support/temp-workspace.js";

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

test.skipIf(program("python3") === null)("serve goes on without its terminal", async () => {
  using folder = copyWorkspace("odd");
  folder.write("cgi-bin/no-program.sh", "#!/no/such/program\n");
  folder.makeExecutable("cgi-bin/no-program.sh");
  const { file, end } = await terminal();
  await using serving = await serve([folder.path, "--port", "0", "--no-ui", "--no-store"], { stderr: file });
  closeSync(file);
  await end();
  // Each is logged on stderr a little later.
  for (let i = 0; i < 20; i++) expect((await get(serving.port, "/cgi-bin/no-program.sh")).status).toBe(500);
  expect((await get(serving.port, "/cgi-bin/target.sh?x=1")).status).toBe(200);
});
