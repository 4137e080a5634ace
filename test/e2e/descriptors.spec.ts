// What a script finds of the process that started it: descriptors 0, 1 and 2 on pipes, and nothing of the workbench's.
import { type InsideFacts, insideFacts } from "../support/inside-facts.js";
import { repositoryRoot } from "../support/repository.js";
import { copyWorkspace } from "../support/temp-workspace.js";
import { expect, test } from "./shell.js";
import type { WorkbenchWindow } from "./workbench-window.js";

async function facts(window: WorkbenchWindow): Promise<InsideFacts> {
  const address = await window.serverAddress();
  return insideFacts(await (await fetch(`${address}/cgi-bin/inside.py`)).text());
}

test("a script sees descriptors 0, 1, 2 and no other, in a session of its own", async ({ window }) => {
  using workspace = copyWorkspace("odd");
  await window.openFolder(workspace.path);
  const seen = await facts(window);
  expect(seen.descriptors).toEqual([0, 1, 2]);
  expect(seen.leader).toBe(true);
  expect(seen.ignored).toEqual([]);
  expect(seen.blocked).toEqual([]);
  expect(seen.cwd).toBe(workspace.file("cgi-bin"));
});

test("its environment holds nothing of the workbench's", async ({ window, app }) => {
  using workspace = copyWorkspace("odd");
  await window.openFolder(workspace.path);
  const { environment } = await facts(window);
  const foreign =
    /^(ELECTRON|CHROME|NODE|npm|PLAYWRIGHT|VITEST|TEST_|XDG_|GDK|DBUS|DISPLAY|XAUTHORITY|WAYLAND|HOME|USER|LOGNAME|SHELL|PWD|OLDPWD|TERM|RENDERER|LD_|CI$)/;
  // A launcher written in shell (a version manager's) sets PWD, SHLVL and its own on the way to the interpreter.
  expect(Object.keys(environment).filter((name) => foreign.test(name) && !/^(PWD|OLDPWD)$/.test(name))).toEqual([]);
  const ours = [repositoryRoot, String(app.serverPid())];
  // The port is a number of its own, and may be the process id's.
  const values = Object.entries(environment).filter(
    ([name, value]) =>
      !/^(PATH|SERVER_PORT|REMOTE_PORT)$/.test(name) &&
      ours.some((text) => value === text || value.includes(`${text}/`)),
  );
  expect(values).toEqual([]);
  expect(environment["GATEWAY_INTERFACE"]).toBe("CGI/1.1");
});

test("echo x > /dev/stderr and cat /dev/stdin work", async ({ window }) => {
  using workspace = copyWorkspace("odd");
  await window.openFolder(workspace.path);
  await window.setMethod("POST");
  await window.setBody("through /dev/stdin\n");
  await window.send("/cgi-bin/std-files.sh");
  await expect(window.status).toContainText("200");
  await window.tab("Stderr");
  await expect(window.bytes("Stderr")).toContainText("to /dev/stderr");
  await window.tab("Response");
  await expect(window.bytes("Response")).toContainText("through /dev/stdin");
  await expect(window.bytes("Response")).toContainText("to /dev/stdout");
});
