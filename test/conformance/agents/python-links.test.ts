// The Python agent, and a script that is a link: Python looks for modules beside the file that it leads to.
import { renameSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { AgentProcess, agentModes } from "../../support/agents/agent-process.js";
import { expectAsCgi } from "../../support/agents/expect-as-cgi.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";

const source = `import atexit, os, sys
import beside
beside.hits.append(1)
print("Content-Type: text/plain\\n")
print(beside.version, len(beside.hits), sys.path[0], os.getcwd(), __file__, beside.__file__)
`;

function write(folder: TempFolder, name: string): void {
  folder.makeFolder(name);
  folder.write(`${name}/app.py`, `#!/usr/bin/env python3\n${source}`);
  folder.write(
    `${name}/beside.py`,
    `import atexit\nversion, hits = "${name}", []\natexit.register(print, "the end of", version)\n`,
  );
}

describe.skipIf(program("python3") === null).each(agentModes)("%s, a script that is a link (needs python3)", (mode) => {
  test("finds the modules beside the file that it leads to, and each request loads them again", async () => {
    using folder = tempFolder();
    write(folder, "src");
    folder.makeFolder("cgi-bin");
    const script = folder.file("cgi-bin/app.py");
    symlinkSync("../src/app.py", script);
    await using agent = await AgentProcess.start({ language: "python", mode, script });
    expect(await expectAsCgi(agent, "python3", script, source)).toMatchObject({ status: 0 });
  });

  test("finds those of another file when a folder of its path leads there", async () => {
    using folder = tempFolder();
    for (const release of ["one", "two"]) write(folder, release);
    const current = folder.file("current");
    symlinkSync("one", current);
    const script = join(current, "app.py");
    await using agent = await AgentProcess.start({ language: "python", mode, script });
    const version = async (): Promise<string | undefined> =>
      /\n\n(\w+) 1 /.exec((await agent.ask()).stdout.toString())?.[1];
    expect([await version(), await version()]).toEqual(["one", "one"]);
    symlinkSync("two", folder.file("next"));
    renameSync(folder.file("next"), current);
    expect([await version(), await version()]).toEqual(["two", "two"]);
  });
});
