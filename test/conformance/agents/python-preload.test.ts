// Prefork without --preload: the installed modules that a script imports at its top are loaded before the first
// request, unless a request could see it. Each module here says when it was loaded.
import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { AgentProcess, baseEnvironment } from "../../support/agents/agent-process.js";
import { interpreterPath } from "../../support/agents/interpreter.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";

const python = program("python3") === null ? null : interpreterPath("python3");
const loadedAt = "import time\nat = time.time_ns()\n";
const plain = 'print("Content-Type: text/plain\\n")\n';

/** Modules in a folder of installed ones, and a script that says when each that it imports was loaded. */
function write(folder: TempFolder, modules: Readonly<Record<string, string>>, imports: string): void {
  folder.makeFolder("site-packages");
  for (const [name, text] of Object.entries(modules)) folder.write(`site-packages/${name}.py`, `${loadedAt}${text}\n`);
  folder.write(
    "script.py",
    `${imports}\nimport sys\n${plain}print([getattr(sys.modules.get(one), "at", 0) for one in ("a", "b", "own")])\n`,
  );
}
const start = (folder: TempFolder, ...options: string[]) =>
  AgentProcess.start({
    ...{ language: "python", mode: "prefork", script: folder.file("script.py"), options },
    environment: { PYTHONPATH: folder.file("site-packages") },
  });
const ask = async (agent: AgentProcess): Promise<unknown[]> =>
  JSON.parse((await agent.ask()).stdout.toString().split("\n\n")[1] ?? "");
/** For each of the modules: the requests share it. */
async function shared(agent: AgentProcess): Promise<boolean[]> {
  const [first, second] = [await ask(agent), await ask(agent)];
  return first.map((at, index) => at !== 0 && at === second[index]);
}
const leftOut = (agent: AgentProcess): (string | undefined)[] =>
  [...agent.log.matchAll(/^cgi-workbench-agent: (\S+) is not preloaded: ./gm)].map(([, name]) => name);

describe.skipIf(python === null)("(needs python3)", () => {
  test.each([
    ["import a, b", [true, true, false]],
    ['"""About."""\nfrom __future__ import annotations\nfrom a import at; import b as c', [true, true, false]],
    ["import a\nprint(end='')\nimport b", [true, false, false]],
    ["import a\nimport own\nimport b", [true, false, false]],
    ["import a\nimport nosuch_at_all\nimport b", null],
    ["def late():\n    import a\nlate()", [false, false, false]],
  ])("installed modules at the top of the script are loaded once: %j", async (imports, expected) => {
    using folder = tempFolder();
    write(folder, { a: "", b: "" }, imports);
    folder.write("own.py", loadedAt);
    await using agent = await start(folder);
    if (expected === null) expect((await agent.ask()).stderr.toString()).toContain("nosuch_at_all");
    else expect(await shared(agent)).toEqual(expected);
    expect(leftOut(agent)).toEqual([]);
  });

  test("a module that loads in the trial and fails after it is named, and the requests import it", async () => {
    using folder = tempFolder();
    const count = JSON.stringify(folder.file("count"));
    const fails = `with open(${count}, "a") as file:\n    if file.write("x") + file.tell() == 3: raise OSError("no room")`;
    write(folder, { a: fails, b: "" }, "import a, b");
    await using agent = await start(folder);
    expect(await shared(agent)).toEqual([false, false, false]);
    expect(leftOut(agent)).toEqual(["a"]);
    expect(agent.log).toContain("OSError: no room");
  });

  test("--preload= leaves them to the requests, and --preload=A adds to them", async () => {
    using folder = tempFolder();
    write(folder, { a: "", b: "" }, "import a\nprint(end='')\nimport b");
    {
      await using agent = await start(folder, "--preload=");
      expect(await shared(agent)).toEqual([false, false, false]);
    }
    await using agent = await start(folder, "--preload=b");
    expect(await shared(agent)).toEqual([true, true, false]);
  });

  test("an installed module that finds a file of the folder in place of a library is left, with all after it", async () => {
    using folder = tempFolder();
    write(folder, { a: "import colorsys", b: "" }, "import a, b");
    folder.write("colorsys.py", `open(${JSON.stringify(folder.file("ran"))}, "a").write("x")\n`);
    await using agent = await start(folder);
    expect(await shared(agent)).toEqual([false, false, false]);
    expect(folder.read("ran")).toBe("xx");
  });

  test.each([
    "import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()",
    "import subprocess, sys\nkept = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(2)'])",
    "import socket\nkept = socket.socket()",
    "kept = open(__file__)",
    "import signal\nsignal.signal(signal.SIGUSR1, signal.SIG_IGN)",
    "import random\nrandom.seed(1)",
    "import random\nrandom.setstate(random.Random().getstate())",
    "import random\nkept = random.Random()",
    "import secrets\nkept = secrets.token_hex()",
    "import os\nkept = os.urandom(8)",
    "import os\nkept = os.getpid()",
    "import gc\ngc.disable()",
    "print('x', end='')",
    "import sys\nsys.stderr.write('x')",
    "import os\nos.write(1, b'')\nos.write(1, b'x')",
    "import sys\nsys.stdin.read()",
    "import os\nkept = dict(os.environ)",
    "import os\nkept = os.environ.get('QUERY_STRING')",
    "import warnings\nwarnings.warn('x', DeprecationWarning, 2)",
  ])("a module is left out, and named, whose import could be seen: %j", async (text) => {
    using folder = tempFolder();
    write(folder, { a: text, b: "" }, "import a, b");
    await using agent = await start(folder);
    const answers = [await agent.ask(), await agent.ask()].map(({ stdout }) =>
      /\[(\d+), (\d+)/.exec(stdout.toString()),
    );
    expect(leftOut(agent)).toEqual(["a"]);
    expect(answers[0]?.[1]).not.toBe(answers[1]?.[1]);
    expect(answers[0]?.[2]).toBe(answers[1]?.[2]);
  });

  test("a module that ends the process or never ends its import is left, with all after it", async () => {
    using folder = tempFolder();
    write(folder, { a: "import os, sys\n'REQUEST_METHOD' in os.environ or os._exit(3)", b: "" }, "import a, b");
    await using agent = await start(folder);
    expect(await shared(agent)).toEqual([false, false, false]);
  });

  test("a module that keeps the module __main__ has the script's", async () => {
    using folder = tempFolder();
    write(folder, { a: "import __main__ as main" }, "import a\nhere = 1");
    folder.write("script.py", `import a\nhere = 1\n${plain}print(a.main.here, a.main.__file__)\n`);
    await using agent = await start(folder);
    expect((await agent.ask()).stdout.toString()).toContain(`1 ${folder.file("script.py")}\n`);
  });
});

/** The system's own may have it where another is the first in PATH. */
const withNumpy = ["/usr/bin/python3", python ?? ""].find(
  (path) => path !== "" && spawnSync(path, ["-c", "import numpy"]).status === 0,
);
const modules =
  `abc argparse array ast asyncio base64 bisect calendar cmath codecs collections configparser contextlib copy csv ctypes dataclasses datetime decimal difflib email.message enum fractions functools glob gzip hashlib heapq hmac html http.cookies inspect io json logging math numbers operator pathlib pickle platform pprint queue random re secrets shutil socket sqlite3 ssl string struct subprocess tempfile textwrap threading timeit tokenize traceback typing unicodedata unittest urllib.request uuid weakref xml.etree.ElementTree zipfile zlib numpy`.split(
    " ",
  );
/** What a script can see of its modules and of its process, but for what differs between two processes. */
const fifty = `import ${modules.join(", ")}
import atexit, gc, os, signal, sys, warnings
print("Content-Type: text/plain\\n")
for name in ${JSON.stringify(modules)}:
    module = sys.modules[name]
    names = [one for one in sorted(vars(module)) if one != "__warningregistry__"]
    print(name, getattr(module, "__file__", None), len(names), zlib.crc32(repr(names).encode()))
print(sorted(vars(sys.modules["__main__"])), __file__, __name__, sys.argv[1:], sys.path)
print(warnings.filters, sys.warnoptions, sys.flags, sys.getrecursionlimit(), gc.isenabled(), gc.get_threshold())
print([signal.getsignal(one) for one in sorted(signal.valid_signals())], threading.active_count(), atexit._ncallbacks())
print(sys.stdin, sys.stdout, sys.stderr, sys.excepthook, [type(one) for one in sys.meta_path], logging.root.handlers, os.getcwd(), os.umask(18))
print(random.Random(3).random(), "numpy" in sys.modules and numpy.random.RandomState(3).rand(2), sys.gettrace(), sys.getprofile())
`;

test("fifty modules, NumPy and ssl among them (needs NumPy): 1,000 requests answer as CGI does", {
  timeout: 600_000,
}, async ({ skip }) => {
  if (withNumpy === undefined) return skip();
  using folder = tempFolder();
  folder.write("script.py", fifty);
  const { stdout, stderr } = spawnSync(withNumpy, [folder.file("script.py")], {
    cwd: folder.path,
    env: baseEnvironment,
  });
  expect(stderr.toString()).toBe("");
  await using agent = await AgentProcess.start({
    ...{ language: "python", mode: "prefork", script: folder.file("script.py"), interpreter: withNumpy },
  });
  for (let nth = 0; nth < 1000; nth++) {
    const answer = await agent.ask();
    expect(answer).toMatchObject({ status: 0, failure: null });
    if (!answer.stdout.equals(stdout) || answer.stderr.length > 0)
      expect(answer.stdout.toString() + answer.stderr.toString()).toBe(stdout.toString());
  }
  expect(leftOut(agent)).toEqual([]);
});
