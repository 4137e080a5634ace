// Stop ends the worker of a debugged application, also while it is stopped; the others have not been asked.
import { expect, test } from "vitest";
import { DapClient } from "../../support/dap-client.js";
import { isAlive } from "../../support/processes.js";
import { tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

test("terminate ends the worker that stands at a breakpoint", async () => {
  using folder = tempFolder();
  folder.write("app.py", "#!/usr/bin/env python3\ndef application(environ, start):\n    n = 1\n    return []\n");
  await using editor = new DapClient();
  await editor.launch({ folder: folder.path, target: "/app.py", mode: "wsgi" });
  await editor.begin(folder.file("app.py"), [{ line: 3 }]);
  const { frames } = await editor.stopped();
  const expression = "__import__('os').getpid()";
  const { result } = await editor.request("evaluate", { expression, frameId: frames[0]?.id, context: "watch" });
  expect(isAlive(Number(result))).toBe(true);
  await editor.request("terminate");
  await editor.end();
  await waitFor("the worker has ended", () => !isAlive(Number(result)));
});
