// The Python agent, and modules whose state would reach the next request: those in a folder without __init__.py, and
// NumPy's generator of random numbers, for which a module of the same name stands in.
import { dirname } from "node:path";
import { describe, expect, test } from "vitest";
import { type AgentMode, AgentProcess, agentModes } from "../support/agents/agent-process.js";
import { program, type TempFolder, tempFolder } from "../support/temp-workspace.js";

const head = 'print("Content-Type: text/plain\\n")\n';
const bodyOf = async (agent: AgentProcess): Promise<string | undefined> =>
  (await agent.ask()).stdout.toString().split("\n\n")[1];
const bodies = async (agent: AgentProcess) => [await bodyOf(agent), await bodyOf(agent), await bodyOf(agent)];
const start = (folder: TempFolder, mode: AgentMode, ...options: string[]) =>
  AgentProcess.start({ language: "python", mode, script: folder.file("script.py"), options });

describe.skipIf(program("python3") === null)("(needs python3)", () => {
  test.each([
    ["from lib import util", []],
    ["import lib.util as util", []],
    ["from lib import util", ["--preload=lib"]], // the package stays, its module does not
    ["from lib.inner import util", []],
  ])("persistent: each request loads the modules of a folder without __init__.py: %s %s", async (line, options) => {
    using folder = tempFolder();
    const file = line.includes("inner") ? "lib/inner/util.py" : "lib/util.py";
    folder.makeFolder(dirname(file));
    folder.write(file, "number = 0\n");
    folder.write("script.py", `${line}\nutil.number += 1\n${head}print(util.number)\n`);
    await using agent = await start(folder, "persistent", ...options);
    expect(await bodies(agent)).toEqual(["1\n", "1\n", "1\n"]);
    folder.write(file, "number = 1000\n");
    expect(await bodies(agent)).toEqual(["1001\n", "1001\n", "1001\n"]);
  });

  test.each(agentModes)("%s: each request has random numbers of its own from a preloaded NumPy", async (mode) => {
    using folder = tempFolder();
    folder.makeFolder("numpy");
    folder.write("numpy/__init__.py", "");
    folder.write(
      "numpy/random.py",
      `import os
def seed(value=None):
    global number
    number = value or int.from_bytes(os.urandom(8), "big")
seed()
`,
    );
    folder.write("script.py", `import numpy.random\n${head}print(numpy.random.number)\nnumpy.random.seed(1)\n`);
    await using agent = await start(folder, mode, "--preload=numpy.random");
    expect(new Set(await bodies(agent)).size).toBe(3);
  });
});
