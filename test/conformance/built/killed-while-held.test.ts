// The server is killed while requests are held, before their start and after their headers: no process of it lives on,
// the next start on the folder finds nothing of it that is in its way, holds nothing, and removes what was left.
import { existsSync, readdirSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { descendants, isAlive } from "../../support/processes.js";
import { servedFolders, servedWindow } from "../../support/served-window.js";
import { program, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

const runtime = tempFolder();
const runtimeBefore = process.env["XDG_RUNTIME_DIR"];
process.env["XDG_RUNTIME_DIR"] = runtime.path;
afterAll(() => {
  if (runtimeBefore === undefined) delete process.env["XDG_RUNTIME_DIR"];
  else process.env["XDG_RUNTIME_DIR"] = runtimeBefore;
  runtime[Symbol.dispose]();
});

const kept = "import os\nprint('Content-Type: text/plain\\n')\nprint(os.getpid())\n";
/** Sockets, locks and folders of servers; what is empty is not counted. */
const left = (): string[] =>
  readdirSync(runtime.path, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map(({ name }) => name);

test.skipIf(program("python3") === null)("killed while requests are held (needs python3)", async () => {
  const { folder, data } = servedFolders({
    "held.sh": "printf 'Content-Type: text/plain\\n\\nhello'",
    "headers.sh": "printf 'Content-Type: text/plain\\n\\n'; sleep 600; echo late",
  });
  using _folder = folder;
  using _data = data;
  folder.write("cgi-bin/kept.py", `#!/usr/bin/env python3\n${kept}`);
  folder.makeExecutable("cgi-bin/kept.py");
  folder.write("cgi-workbench.json", JSON.stringify({ scripts: { "cgi-bin/kept.py": { mode: "persistent" } } }));

  await using before = await servedWindow(folder, data);
  const { client, server } = before;
  const get = (port: number, name: string) => fetch(`http://127.0.0.1:${port}/cgi-bin/${name}`);
  expect(Number(await (await get(server.port, "kept.py")).text())).toBeGreaterThan(1); // a process that stays
  for (const rule of [
    { query: "path:held.sh OR path:kept.py", moment: "start" },
    { query: "path:headers.sh", moment: "headers" },
  ] as const)
    client.hold.keep({ ...rule, isOnce: false, pace: null }).catch(() => undefined); // the server is killed
  await client.hold.next({ since: -1, generation: null }); // answered after the rules are kept
  const asked = ["held.sh", "kept.py", "headers.sh"].map((name) => get(server.port, name));
  for (const response of asked) response.catch(() => undefined); // awaited below
  await waitFor("three are held", async () => {
    const { held } = await client.hold.next({ since: -1, generation: null });
    return held.length === 3;
  });
  const all = [server.ready.pid, ...descendants(server.ready.pid).map(({ pid }) => pid)];
  expect(all.length).toBeGreaterThan(2);
  expect(left().length).toBeGreaterThan(0);
  process.kill(server.ready.pid, "SIGKILL");
  for (const response of asked) await expect(response).rejects.toThrow();
  await waitFor("all its processes have ended", () => !all.some(isAlive));

  await using after = await servedWindow(folder, data);
  expect(await (await get(after.server.port, "held.sh")).text()).toBe("hello");
  expect(Number(await (await get(after.server.port, "kept.py")).text())).toBeGreaterThan(1);
  const { held } = await after.client.hold.next({ since: -1, generation: null });
  expect(held).toEqual([]);
  await after.server.stop();
  expect(left()).toEqual([]);
  expect(existsSync(`/proc/${after.server.ready.pid}`)).toBe(false);
});
