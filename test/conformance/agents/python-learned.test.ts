// Prefork: the installed modules that the first request imports later than at the script's top are loaded once for the
// requests after it, if the worker can load each of them as the request did, and without a change to another one.
import { describe, expect, test } from "vitest";
import { AgentProcess } from "../../support/agents/agent-process.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

const heading = 'print("Content-Type: text/plain\\n")\n';
const counted = "import state\nnth = 1\n";

/** Module `a` as given; a script that sets something up, then imports it, and `b`, which is always loaded once. */
function write(folder: TempFolder, module: string, setUp = ""): void {
  folder.makeFolder("site-packages");
  folder.write("site-packages/state.py", "count = 0\nvalue = None\nlisted = []\n");
  folder.write("site-packages/a.py", `${module}\n`);
  folder.write("site-packages/b.py", counted);
  folder.write("own.py", counted);
  folder.write(
    "script.py",
    `import os, sys, state\n${setUp}\nhas = [one in sys.modules for one in ("a", "b", "own")]
import own, a, b\n${heading}print(has)\n`,
  );
}
const start = (folder: TempFolder, ...options: string[]) =>
  AgentProcess.start({
    ...{ language: "python", mode: "prefork", script: folder.file("script.py"), options },
    environment: { PYTHONPATH: folder.file("site-packages") },
  });
const ask = async (agent: AgentProcess): Promise<string> =>
  (await agent.ask()).stdout.toString().split("\n\n")[1] ?? "";
const none = "[False, False, False]\n";

async function learned(agent: AgentProcess): Promise<string> {
  expect(await ask(agent)).toBe(none);
  await waitFor("the worker has learned", () => agent.log.includes("Preloaded"));
  return agent.log.replace(/^cgi-workbench-agent: Preloaded[^:]*: /, "").trim();
}

describe.skipIf(program("python3") === null)("(needs python3)", () => {
  test("installed modules are loaded once, those of the folder for each request", async () => {
    using folder = tempFolder();
    write(folder, "import colorsys\nfrom os import path\nclass A:\n    kept = [1]\n    def f(self, x=2): return x");
    await using agent = await start(folder);
    expect(await learned(agent)).toBe("colorsys a b");
    expect(await ask(agent)).toBe("[True, True, False]\n");
  });

  test.each([
    ["it keeps the environment", "import os\nkept = dict(os.environ)", ""],
    [
      "it keeps a variable that the script sets",
      "import os\nkept = os.environ.get('SHOP')",
      "os.environ['SHOP'] = 'x'",
    ],
    ["it keeps a variable of the request", "import os\nkept = os.environ.get('QUERY_STRING')", ""],
    ["a class of it keeps a setting", "import state\nclass A:\n    debug = state.value", "state.value = 1"],
    ["a function of it keeps a setting", "import state\ndef f(x=state.value): pass", "state.value = [1]"],
    ["an object of it keeps a setting", "import state\nclass A: pass\na = A()\na.x = state.value", "state.value = 1"],
    [
      "an object of another class keeps one",
      "import state, types\na = types.SimpleNamespace(x=state.value)",
      "state.value = 1",
    ],
    ["a closure keeps one", "import state\ndef f(x):\n    return lambda: x\ng = f(state.value)", "state.value = 1"],
    [
      "a setting chooses its functions",
      "import state\nif state.value:\n    def f(): 1\nelse:\n    def f(): 2",
      "state.value = 1",
    ],
    ["it takes a function that the script replaced", "from state import value", "state.value = len"],
    ["it fails without a setting", "import state\nstate.value.name", "state.value = os"],
    ["it keeps the command line", "import sys\nkept = list(sys.argv)", "sys.argv.append('x')"],
    ["it keeps the folder", "import os\nkept = os.getcwd()", "os.chdir('/')"],
    ["it keeps the clock", "import time\nkept = time.time()", ""],
    ["it starts a thread", "import threading\nthreading.Thread(target=print, args=('x',)).start()", ""],
    ["it opens a file", "kept = open(__file__)", ""],
    ["it loads a module of the folder", "import own", ""],
    ["the script changes it", "value = 1", "import a; a.value = 2; del sys.modules['a']; import a; a.value = 3"],
  ])("a module is left to the requests: %s", async (_, module, setUp) => {
    using folder = tempFolder();
    write(folder, module, setUp);
    await using agent = await start(folder);
    await ask(agent);
    await waitFor("the worker has learned", () => agent.log.includes("Preloaded"));
    expect(agent.log.split(": ")[2]?.trim().split(" ")).not.toContain("a");
    expect(agent.log.split(": ")[2]?.trim().split(" ")).toContain("b");
  });

  test.each([
    "import state\nstate.listed.append(1)",
    "import state\nstate.count = 2",
    "import os\nos.environ['A'] = '1'",
    "import sys\nsys.path.append('/nowhere')",
    "import warnings\nwarnings.simplefilter('error')",
  ])("nothing is learned where a module changes another one: %j", async (module) => {
    using folder = tempFolder();
    write(folder, module);
    await using agent = await start(folder);
    expect(await learned(agent)).toBe("it changes others");
    expect(await ask(agent)).toBe(none);
  });

  test("--preload= turns it off", async () => {
    using folder = tempFolder();
    write(folder, "");
    await using agent = await start(folder, "--preload=");
    for (let nth = 0; nth < 30; nth++) expect(await ask(agent)).toBe(none);
    expect(agent.log).toBe("");
  });
});
