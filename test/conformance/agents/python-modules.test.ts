// The Python agent, and modules whose state would reach the next request: those in a folder without __init__.py, and
// NumPy's generator of random numbers, for which a module of the same name stands in.
import { dirname } from "node:path";
import { describe, expect, test } from "vitest";
import { type AgentOptions, AgentProcess, agentModes } from "../../support/agents/agent-process.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";

const head = 'print("Content-Type: text/plain\\n")\n';
const bodyOf = async (agent: AgentProcess): Promise<string | undefined> =>
  (await agent.ask()).stdout.toString().split("\n\n")[1];
const bodies = async (agent: AgentProcess) => [await bodyOf(agent), await bodyOf(agent), await bodyOf(agent)];
const start = (folder: TempFolder, mode: AgentOptions["mode"], ...options: string[]) =>
  AgentProcess.start({ language: "python", mode, script: folder.file("script.py"), options });
function writeNumpy(folder: TempFolder): void {
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
}

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

  test("persistent: a folder's modules are loaded again where the script took the folder above away", async () => {
    using folder = tempFolder();
    folder.makeFolder("lib/inner");
    folder.write("lib/inner/util.py", "number = 0\n");
    folder.write(
      "script.py",
      `import lib.inner.util, os, sys
lib.inner.util.number += 1
${head}print(os.getpid(), lib.inner.util.number)
del sys.modules["lib"]
`,
    );
    await using agent = await start(folder, "persistent");
    const first = await bodyOf(agent);
    expect(first).toMatch(/^\d+ 1\n$/);
    expect(await bodies(agent)).toEqual([first, first, first]);
  });

  test.each(agentModes)("%s: each request has random numbers of its own from a preloaded NumPy", async (mode) => {
    using folder = tempFolder();
    writeNumpy(folder);
    folder.write("script.py", `import numpy.random\n${head}print(numpy.random.number)\nnumpy.random.seed(1)\n`);
    await using agent = await start(folder, mode, "--preload=numpy.random");
    expect(new Set(await bodies(agent)).size).toBe(3);
  });

  test.each(["wsgi", "handler"] as const)("%s: so has each process of an application", async (mode) => {
    using folder = tempFolder();
    writeNumpy(folder);
    folder.write(
      "script.py",
      `import numpy.random
def app(environ, start):
    start("200 OK", [])
    return [b"%d" % numpy.random.number]
def index(req): return str(numpy.random.number)
`,
    );
    await using agent = await start(folder, mode, "--preload=numpy.random", "--recycle=1");
    const answers = [await agent.ask(), await agent.ask()].map(({ stdout }) => /\d+$/.exec(stdout.toString())?.[0]);
    expect(answers).toEqual([expect.any(String), expect.any(String)]);
    expect(answers[0]).not.toBe(answers[1]);
  });
});
