// A save is done when it is answered: the very next request is served by the new code, also where a process had read
// the old one, and the watcher's later report of the same save restarts nothing again.
import { readFileSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import { repositoryRoot } from "../../support/repository.js";
import { type RpcClient, rpcWindows } from "../../support/rpc-windows.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

/**
 * The fixture, which also says what its module says. Python's cache of compiled modules goes by the second: it is off.
 */
const application = readFileSync(join(repositoryRoot, "test/fixtures/fastcgi/app.py"), "utf8")
  .replace(
    "import os\n",
    "import os\nimport sys\nsys.dont_write_bytecode = True\nsys.path.insert(0, 'lib')\nimport x\n",
  )
  .replace("pid {os.getpid()}", "says {x.word} pid {os.getpid()}");
const moduleText = (word: string): string => `word = "${word}"\n`;

interface Site extends AsyncDisposable {
  readonly folder: TempFolder;
  readonly workbench: Workbench;
  readonly client: RpcClient;
  /** What the module says, and the process that answered. */
  get(): Promise<{ readonly word: string; readonly pid: string }>;
  /** Resolves when the watcher has reported everything up to now. */
  watched(): Promise<void>;
}

async function serving(settings: object): Promise<Site> {
  const folder = tempFolder();
  folder.write("app.fcgi", application);
  folder.makeExecutable("app.fcgi");
  folder.makeFolder("lib");
  folder.write("lib/x.py", moduleText("first"));
  folder.write("cgi-workbench.json", JSON.stringify({ scripts: { "app.fcgi": { watch: ["lib/x.py"], ...settings } } }));
  const workbench = await Workbench.create();
  await workbench.folder.open(folder.path, { port: 0 });
  const windows = await rpcWindows(workbench, "port");
  const { client } = await windows.open();
  await workbench.folder.workspace().watching;
  let markers = 0;
  return {
    folder,
    workbench,
    client,
    get: async () => {
      const response = await fetch(`${workbench.server.servingAddress().url}/app.fcgi`);
      const [, word = "", pid = ""] = /^says (\S+) pid (\d+) /.exec(await response.text()) ?? [];
      return { word, pid };
    },
    watched: async () => {
      const marker = `marker-${markers++}.txt`;
      folder.write(marker, "");
      let version: string | null = null;
      await waitFor("the watcher reports a later change", async () => {
        const list = await client.files.list({ since: version });
        version = list.version;
        return list.entries.some(({ path }) => path === marker);
      });
    },
    [Symbol.asyncDispose]: async () => {
      await windows[Symbol.asyncDispose]();
      await workbench.dispose();
      folder[Symbol.dispose]();
    },
  };
}

describe.skipIf(program("python3") === null)("a module that a FastCGI script watches (needs python3)", () => {
  test.each([
    ["one process", 50, { workers: 1 }],
    ["two processes that are always there", 10, { workers: 2, start: "always" }],
  ])("%s: the request after its save is served by the new code, %i times", async (_what, times, settings) => {
    await using site = await serving(settings);
    const { client } = site;
    expect((await site.get()).word).toBe("first");
    const content = await client.files.read({ path: "lib/x.py" });
    let expectedHash = "hash" in content ? content.hash : null;
    const words: string[] = [];
    for (let n = 0; n < times; n++) {
      const saved = await client.files.write({
        path: "lib/x.py",
        text: moduleText(`word${n}`),
        bom: false,
        expectedHash,
      });
      words.push((await site.get()).word);
      expectedHash = saved.hash;
    }
    expect(words).toEqual(Array.from({ length: times }, (_, n) => `word${n}`));
  });

  test("the watcher's report of our own save restarts nothing, one of another program's does", async () => {
    await using site = await serving({ workers: 1 });
    await site.get();
    const content = await site.client.files.read({ path: "lib/x.py" });
    const before = "hash" in content ? content.hash : null;
    await site.client.files.write({ path: "lib/x.py", text: moduleText("own"), bom: false, expectedHash: before });
    const first = await site.get();
    expect(first.word).toBe("own");
    await site.watched();
    expect(await site.get()).toEqual(first);
    site.folder.write("lib/x.py", moduleText("foreign"));
    await waitFor("the new code", async () => (await site.get()).word === "foreign");
  });

  test("the answer to a save has the file as the list has it", async () => {
    await using site = await serving({ workers: 1 });
    const script = await site.client.files.read({ path: "app.fcgi" });
    const expectedHash = "hash" in script ? script.hash : null;
    const saved = await site.client.files.write({
      path: "app.fcgi",
      text: `${application}# changed\n`,
      bom: false,
      expectedHash,
    });
    const { entries } = await site.client.files.list({ since: null });
    const { sizeBytes, modifiedAt, executable } = entries.find(({ path }) => path === "app.fcgi") ?? {};
    const facts = { sizeBytes, modifiedAt, executable, detected: "utf-8", mixesUtf8: false };
    expect(saved).toEqual({ kind: "saved", hash: expect.any(String), ...facts });
    expect(executable).toBe(true);
  });
});

test("a file whose folder is gone, and a link whose target is, are saved again when that is asked for", async () => {
  using folder = tempFolder();
  folder.makeFolder("old/lib");
  folder.write("old/lib/x.py", "x");
  symlinkSync("real.py", folder.file("link.py"));
  await using workbench = await opened(folder);
  await using windows = await rpcWindows(workbench, "socket");
  const { client } = await windows.open();
  const content = await client.files.read({ path: "old/lib/x.py" });
  const before = "hash" in content ? content.hash : null;
  rmSync(folder.file("old"), { recursive: true });
  const edited = { text: "mine", bom: false };
  for (const path of ["old/lib/x.py", "link.py"]) {
    const refused = await client.files.write({ ...edited, path, expectedHash: before });
    expect(refused).toEqual({ kind: "conflict", hash: null });
    expect(await client.files.write({ ...edited, path, expectedHash: null })).toMatchObject({ kind: "saved" });
    expect(await client.files.read({ path })).toMatchObject({ kind: "text", text: "mine" });
  }
  expect(readlinkSync(folder.file("link.py"))).toBe("real.py");
  expect(readFileSync(folder.file("real.py"), "utf8")).toBe("mine");
});

async function opened(folder: TempFolder): Promise<Workbench & AsyncDisposable> {
  const workbench = await Workbench.create();
  await workbench.folder.open(folder.path, { port: 0 });
  return Object.assign(workbench, { [Symbol.asyncDispose]: () => workbench.dispose() });
}
