// A module of `preload` that an agent cannot load is a problem of the configuration, at its line, and not a line of the
// script's standard error.
import { expect, test } from "vitest";
import "../../support/built-agents.js";
import { Workbench } from "../../../server/app/workbench.js";
import { configFileName } from "../../../server/contract/config.js";
import { utf8 } from "../../../server/protocol/byte-string.js";
import { setScriptPreload } from "../../../server/workspace/config/set-script-mode.js";
import { coded } from "../../support/coded.js";
import { program, tempFolder } from "../../support/temp-workspace.js";

test("what prefork leaves out by itself is no problem of the configuration, and no standard error", async () => {
  if (program("python3") === null) return;
  using folder = tempFolder();
  folder.write(
    "x.py",
    '#!/usr/bin/env python3\nimport multiprocessing\nprint("Content-Type: text/plain\\n\\nhello")\n',
  );
  folder.makeExecutable("x.py");
  folder.write(configFileName, JSON.stringify({ scripts: { "x.py": { mode: "prefork" } } }));
  const workbench = await Workbench.create({});
  try {
    await workbench.folder.open(folder.path, { port: 0, run: { host: null } });
    const request = { method: utf8("GET"), target: utf8("/x.py"), headers: [], body: null };
    const { response, stderr } = await workbench.sender.deliver(request, { from: "cli" });
    expect([response?.status, stderr?.bytes]).toEqual([200, 0]);
    expect(workbench.folder.workspace().problems).toEqual([]);
  } finally {
    await workbench.dispose();
  }
});

const print = `print "Content-Type: text/plain\\n\\nhello";\n`;
test.each([
  ["python3", "x.py", 'print("Content-Type: text/plain\\n\\nhello")\n', "json", "prefork"],
  ["python3", "x.wsgi", "def application(_, start):\n    start('200 OK', [])\n    return [b'hello']\n", "json", "wsgi"],
  ["perl", "x.pl", print, "POSIX", "persistent"],
  ["ruby", "x.rb", print, "json", "prefork"],
] as const)(
  "%s: a wrong name in preload is a problem of the configuration until it is right",
  async (language, path, text, good, mode) => {
    if (program(language) === null) return;
    using folder = tempFolder();
    folder.write(path, path.endsWith("wsgi") ? text : `#!/usr/bin/env ${language}\n${text}`);
    folder.makeExecutable(path);
    folder.write(configFileName, JSON.stringify({ scripts: { [path]: { mode, preload: [good, "nosuch"] } } }, null, 1));
    const workbench = await Workbench.create({});
    try {
      await workbench.folder.open(folder.path, { port: 0, run: { host: null } });
      const ask = async () => {
        const request = { method: utf8("GET"), target: utf8(`/${path}`), headers: [], body: null };
        const { response, stderr } = await workbench.sender.deliver(request, { from: "cli" });
        return { status: response?.status, stderr: stderr?.bytes };
      };
      const problems = () => workbench.folder.workspace().problems;
      expect(await ask()).toEqual({ status: 200, stderr: 0 });
      expect(problems()).toMatchObject([
        {
          code: "configuration",
          line: 7,
          data: {
            setting: `scripts.${path}.preload[2]`,
            mistake: coded("module-not-loaded", { module: "nosuch", systemText: expect.stringMatching(/nosuch/i) }),
          },
        },
      ]);
      await setScriptPreload(workbench.folder.workspace(), path, [good]);
      expect(problems()).toEqual([]);
      expect(await ask()).toEqual({ status: 200, stderr: 0 });
      expect(problems()).toEqual([]);
    } finally {
      await workbench.dispose();
    }
  },
);
