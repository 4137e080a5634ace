// The Python agent's persistent mode: processes, threads and pools that a script leaves
// behind, and the requests that come after it.
import { describe, expect, test } from "vitest";
import { AgentProcess } from "../../support/agents/agent-process.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { within } from "../../support/wait-for.js";

const head = 'import os, sys, time\nprint("Content-Type: text/plain\\n", flush=True)\n';

const start = (folder: TempFolder, lines: string): Promise<AgentProcess> => {
  folder.write("script.py", `${head}${lines}\n`);
  const environment = { PYTHONPATH: folder.file("library") };
  return AgentProcess.start({ language: "python", mode: "persistent", script: folder.file("script.py"), environment });
};

async function asked(agent: AgentProcess, query = ""): Promise<string> {
  const { stdout, stderr, status } = await within("the response", agent.ask({ QUERY_STRING: query }), 20_000);
  expect([stderr.toString(), status]).toEqual(["", 0]);
  return stdout.toString().split("\n\n")[1] ?? "";
}

/** Waits for the next request, writes, and says that it has. */
const leftProgram = '"while [ ! -e go ]; do sleep 0.02; done; echo secret; echo secret >&2; > written"';
const leaving: Readonly<Record<string, string>> = {
  "subprocess.Popen": `import subprocess; subprocess.Popen(["sh", "-c", ${leftProgram}])`,
  "os.fork": `if os.fork() == 0: os.execvp("sh", ["sh", "-c", ${leftProgram}])`,
  "a shell's background": `os.system("{ " + ${leftProgram} + "; } &")`,
};

/** Until the process has ended that began it. */
const goingOn: Readonly<Record<string, string>> = {
  thread: "import threading; threading.Thread(target=threading.Event().wait).start()",
  "thread of a pool":
    "import concurrent.futures, threading; concurrent.futures.ThreadPoolExecutor().submit(threading.Event().wait)",
  "process of multiprocessing": `import multiprocessing
def work(parent):
    while os.getppid() == parent: time.sleep(0.02)
multiprocessing.get_context("fork").Process(target=work, args=(os.getpid(),)).start()`,
};

describe.skipIf(program("python3") === null)("what a script leaves behind (needs python3)", () => {
  test.each(Object.entries(leaving))("output of a process left by %s is in no later response", async (_, lines) => {
    using folder = tempFolder();
    await using agent = await start(
      folder,
      `if os.environ["QUERY_STRING"] == "leaves":
    ${lines}
else:
    open("go", "w").close()
    while not os.path.exists("written"): time.sleep(0.01)
print(os.getpid())`,
    );
    const first = await asked(agent, "leaves");
    expect(await asked(agent)).toBe(first);
    expect(await asked(agent)).toBe(first);
  });

  test("a process that multiprocessing started belongs to its request, and the worker serves on", async () => {
    using folder = tempFolder();
    await using agent = await start(
      folder,
      `import multiprocessing
def work(query): time.sleep(0.1); print("work of", query, flush=True)
multiprocessing.get_context("fork").Process(target=work, args=(os.environ["QUERY_STRING"],)).start()
print(os.getpid())`,
    );
    const [, worker] = (await asked(agent, "a")).split("\n");
    for (const query of ["b", "c"]) expect(await asked(agent, query)).toBe(`work of ${query}\n${worker}\n`);
  });

  test("a pool of threads that the script does not shut down ends with it, and the worker serves on", async () => {
    using folder = tempFolder();
    await using agent = await start(
      folder,
      `from concurrent.futures import ThreadPoolExecutor
pool = ThreadPoolExecutor(2)
print(list(pool.map(abs, range(3))), os.getpid(), flush=True)
pool.submit(lambda: (time.sleep(0.05), print("late")))`,
    );
    const first = await asked(agent);
    expect(first).toMatch(/^\[0, 1, 2\] \d+\nlate\n$/);
    for (let time = 0; time < 2; time++) expect(await asked(agent)).toBe(first);
  });

  test("what a thread of _thread writes is in no later response", async () => {
    using folder = tempFolder();
    await using agent = await start(
      folder,
      `import _thread
def write(sys=sys, sleep=time.sleep):
    while True: sleep(0.002); sys.stdout.write("left"); sys.stdout.flush()
if os.environ["QUERY_STRING"] == "leaves": _thread.start_new_thread(write, ())
else: time.sleep(0.05); print(os.environ["QUERY_STRING"])`,
    );
    for (const query of ["a", "b", "c"]) {
      await asked(agent, "leaves");
      expect(await asked(agent, query)).toBe(`${query}\n`);
    }
  });

  test.each(Object.entries(goingOn))("os._exit waits for no %s", async (_, lines) => {
    using folder = tempFolder();
    await using agent = await start(folder, `${lines}\nprint("served", flush=True)\nos._exit(3)`);
    for (let time = 0; time < 3; time++) {
      const { stdout, stderr, status } = await within("the response", agent.ask(), 20_000);
      expect([stdout.toString().split("\n\n")[1], stderr.toString(), status]).toEqual(["served\n", "", 3]);
    }
  });

  test.each(["ThreadPoolExecutor", "ProcessPoolExecutor"])(
    "a %s that a library keeps serves each request",
    async (pool) => {
      using folder = tempFolder();
      folder.makeFolder("library");
      folder.write("library/kept.py", `import concurrent.futures\npool = concurrent.futures.${pool}(1)\n`);
      await using agent = await start(folder, "import kept\nprint(kept.pool.submit(len, 'abc').result())");
      for (let time = 0; time < 3; time++) expect(await asked(agent)).toBe("3\n");
    },
  );
});
