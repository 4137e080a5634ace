// The npm package: what lies in its tarball, and that it runs where nothing but the tarball was installed.
import { execFile, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { z } from "zod";
import { servingLine, storedTraces } from "../../server/contract/command-output.js";
import { repositoryRoot } from "../support/repository.js";
import { type TempFolder, tempFolder } from "../support/temp-workspace.js";
import { startChromium } from "./browser-shell.js";
import { builtAgents } from "./built-agents.js";
import type { RunningShell } from "./running-shell.js";
import { WorkbenchWindow } from "./workbench-window.js";

const run = promisify(execFile);
const noRegistry = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENOTCACHED|ENETUNREACH/;
const installMs = 300_000;

const packed = z.array(z.object({ filename: z.string(), files: z.array(z.object({ path: z.string() })) })).length(1);

let folder: TempFolder;
let program = "";
let files: readonly string[] = [];
let why: string | null = null;

test.beforeAll(async () => {
  test.setTimeout(installMs);
  folder = tempFolder();
  const { stdout } = await run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder.path], {
    cwd: repositoryRoot,
    maxBuffer: 64 << 20,
  });
  const [tarball] = packed.parse(JSON.parse(stdout));
  if (!tarball) throw new Error("npm pack makes one tarball");
  files = tarball.files.map(({ path }) => path);
  const prefix = folder.file("prefix");
  const install = ["install", "--global", "--prefix", prefix, "--prefer-offline", "--no-audit", "--no-fund"];
  try {
    await run("npm", [...install, folder.file(tarball.filename)], { cwd: folder.path });
  } catch (error) {
    if (!(error instanceof Error) || !noRegistry.test(error.message)) throw error;
    why = "npm’s registry is not reachable";
  }
  program = `${prefix}/bin/cgi-workbench`;
  folder.makeFolder("site/cgi-bin");
  folder.write("site/cgi-bin/hello.sh", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nhello from afar'\n");
  folder.makeExecutable("site/cgi-bin/hello.sh");
});
test.afterAll(() => folder[Symbol.dispose]());

const needsInstalled = (): void => test.skip(why !== null, why ?? "");
const needsBrowser = (): void => {
  const noBrowser = process.env["TEST_NO_CHROMIUM"];
  test.skip(noBrowser !== undefined, noBrowser ?? "");
};

test("the tarball holds the build, the manifest, the read-me and the licences alone", () => {
  expect(files.filter((path) => !path.startsWith("dist/")).sort()).toEqual(["LICENSE", "README.md", "package.json"]);
  expect(files.filter((path) => path.endsWith(".map") || path.includes(".sources"))).toEqual([]);
  for (const path of ["dist/node/cli.js", "dist/renderer/index.html", "dist/renderer/THIRD-PARTY.txt"])
    expect(files).toContain(path);
  expect(files.filter((path) => path.startsWith("dist/agents/")).sort()).toEqual(builtAgents());
});

test("request, serve and its window in a browser run out of it", async () => {
  needsInstalled();
  needsBrowser();
  const { stdout } = await run(program, ["request", "site", "/cgi-bin/hello.sh"], { cwd: folder.path });
  expect(stdout).toBe("hello from afar");
  const server = spawn(program, ["serve", "site", "--port", "0", "--json"], {
    cwd: folder.path,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => server.once("exit", resolve));
  const { scripts, ui } = servingLine.parse(JSON.parse(await firstLine(server.stdout)));
  expect(await (await fetch(`${scripts}/cgi-bin/hello.sh`)).text()).toBe("hello from afar");
  await inWindow(ui ?? "", async (window) => {
    await expect(window.files).toBeVisible();
    const seq = await window.send("/cgi-bin/hello.sh");
    await expect(window.row(seq)).toHaveAttribute("data-outcome", "ok");
    await window.tab("Response");
    await expect(window.bytes("Response")).toContainText("hello from afar");
  });
  server.kill("SIGINT");
  expect(await ended).toBe(0);
});

test("a stored trace of a server that has ended is found by a word in its body, by command and in the window", async () => {
  needsInstalled();
  needsBrowser();
  folder.write("site/cgi-bin/echo.sh", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'\ncat\n");
  folder.makeExecutable("site/cgi-bin/echo.sh");
  const options = { cwd: folder.path, env: { ...process.env, XDG_DATA_HOME: folder.file("data") } };
  const serve = async () => {
    const server = spawn(program, ["serve", "site", "--port", "0", "--json"], {
      ...options,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = new Promise((resolve) => server.once("exit", resolve));
    const line = servingLine.parse(JSON.parse(await firstLine(server.stdout)));
    return {
      ...line,
      stop: async () => {
        server.kill("SIGINT");
        expect(await ended).toBe(0);
      },
    };
  };
  const first = await serve();
  const sent = await fetch(`${first.scripts}/cgi-bin/echo.sh`, { method: "POST", body: "a Sofakissen of yesterday" });
  expect(await sent.text()).toContain("Sofakissen");
  await first.stop();

  const { stdout } = await run(program, ["traces", "site", "body:Sofakissen", "--json"], options);
  expect(storedTraces.parse(JSON.parse(stdout))).toMatchObject({ total: 1, rows: [{ target: "/cgi-bin/echo.sh" }] });
  const second = await serve();
  await inWindow(second.ui ?? "", async (window) => {
    await window.filter.fill("body:Sofakissen");
    await window.hits.click();
    await window.tab("Stdin");
    await expect(window.bytes("Stdin")).toContainText("a Sofakissen of yesterday");
  });
  await second.stop();
});

test("open uses a browser", async () => {
  needsInstalled();
  needsBrowser();
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env; // no browser of the system's may open
  const opened = spawn(program, ["open", folder.file("site")], { env, stdio: ["ignore", "pipe", "ignore"] });
  const ended = new Promise((resolve) => opened.once("exit", resolve));
  await inWindow(await firstLine(opened.stdout), async (window) => {
    await window.openFile("cgi-bin/hello.sh");
    await expect(window.editor).toContainText("hello from afar");
  });
  opened.kill("SIGINT");
  expect(await ended).toBe(0);
});

const firstLine = (stream: NodeJS.ReadableStream): Promise<string> =>
  new Promise((resolve, reject) => {
    createInterface({ input: stream })
      .once("line", resolve)
      .once("close", () => reject(new Error("it ended without a line")));
  });

async function inWindow(address: string, work: (window: WorkbenchWindow) => Promise<void>): Promise<void> {
  const browser = await startChromium();
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(address);
  const never = () => Promise.reject(new Error("not in this shell"));
  const shell: RunningShell = {
    kind: "browser",
    page,
    complaints: [],
    serverPid: () => 0,
    answerFolderDialog: never,
    clipboardText: never,
    close: never,
  };
  await work(new WorkbenchWindow(shell));
  await context.close();
}
