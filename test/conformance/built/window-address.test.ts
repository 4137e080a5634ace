// The window's address as the real launchers give it: what other users of the machine can see of it, how
// often it is good, and who can have its port.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { relative } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { commandLine, serve } from "../../support/command-line.js";
import { canListProcesses, descendants, isAlive } from "../../support/processes.js";
import { repositoryRoot } from "../../support/repository.js";
import { copyWorkspace, type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";
import { provingSocket, secretOf, tokenSecret } from "../../support/window-socket.js";

let folder: TempFolder;
let place: TempFolder;
const launched: ChildProcess[] = [];
/** By the launcher, on stderr. */
let said = "";
beforeEach(() => {
  said = "";
  folder = copyWorkspace("basic");
  place = tempFolder();
});
afterEach(async () => {
  for (const launcher of launched.splice(0)) {
    if (launcher.exitCode === null && launcher.kill("SIGINT")) await once(launcher, "exit");
  }
  folder[Symbol.dispose]();
  place[Symbol.dispose]();
});

/** `npm start -- --browser` with a stand-in for the program that opens a browser. */
function start(opener: string): ChildProcess & { readonly stdout: Readable; readonly stderr: Readable } {
  place.makeFolder("bin");
  place.write("bin/xdg-open", `#!/bin/sh\n${opener}\n`);
  place.makeExecutable("bin/xdg-open");
  place.makeFolder("tmp");
  const launcher = spawn(process.execPath, ["electron/launch/start.mjs", "--browser", folder.path], {
    cwd: repositoryRoot,
    env: environment(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  launcher.stderr.on("data", (bytes: Buffer) => {
    said += bytes.toString();
  });
  launched.push(launcher);
  return launcher;
}

const environment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  // The first is a folder that depends on where the user is.
  PATH: `${relative(repositoryRoot, place.file("relative"))}:${place.file("bin")}:${process.env["PATH"]}`,
  DISPLAY: ":none",
  HOME: place.path,
  INIT_CWD: repositoryRoot,
  TMPDIR: place.file("tmp"),
  XDG_DATA_HOME: place.file("data"),
});

/** The same, once it has printed its address. */
async function launch(opener: string): Promise<{ launcher: ChildProcess; address: string }> {
  const launcher = start(opener);
  const [address] = await once(createInterface({ input: launcher.stdout }), "line");
  return { launcher, address: String(address) };
}

const serverOf = (launcher: ChildProcess): number | null =>
  descendants(launcher.pid ?? 0).find(({ command }) => command.includes("dist/node/browser.js"))?.pid ?? null;

/** The token that the code of an address brings; null if the code is not good. */
async function tokenFor(link: string): Promise<string | null> {
  const { socket, result } = await provingSocket(new URL(link).host, secretOf(link));
  socket.terminate();
  return result.kind === "welcome" ? result.token : null;
}

describe.skipIf(process.platform !== "linux")("npm start in a browser", () => {
  test("the browser gets a private file that forwards it, and no secret is in an argument (B2)", async () => {
    const seen = place.file("seen");
    const { address, launcher } = await launch(
      `printf '%s\\n' "$@" $(stat -c %a "$1" "$(dirname "$1")") > ${seen}.part; cp "$1" ${seen}.html; mv ${seen}.part ${seen}`,
    );
    await waitFor("the browser is opened", () => existsSync(seen));
    const [file = "", fileMode, folderMode, ...others] = readFileSync(seen, "utf8").trim().split("\n");
    expect([fileMode, folderMode, others]).toEqual(["600", "700", []]);
    expect(file.startsWith(place.path)).toBe(true);
    expect(readFileSync(`${seen}.html`, "utf8")).toContain(`location.replace(${JSON.stringify(address)})`);
    const { secret } = secretOf(address);
    const token = await tokenFor(address);
    expect(token).toMatch(/^[\w-]{22}$/);
    const visible = descendants(launcher.pid ?? 0).map(({ command }) => command);
    expect(visible.length).toBeGreaterThan(0);
    for (const hidden of [secret, token ?? ""]) expect(visible.join("\n")).not.toContain(hidden);
    expect(await tokenFor(address)).toBeNull();
    launcher.kill("SIGINT");
    await once(launcher, "exit");
    expect(existsSync(file)).toBe(false);
  });

  test("a folder in PATH that depends on where the user is does not choose the browser (C1)", async () => {
    place.makeFolder("relative");
    place.write("relative/xdg-open", `#!/bin/sh\n: >${place.file("wrong")}\n`);
    place.makeExecutable("relative/xdg-open");
    await launch(`: >${place.file("right")}`);
    await waitFor("a browser is opened", () => existsSync(place.file("right")) || existsSync(place.file("wrong")));
    expect([existsSync(place.file("right")), existsSync(place.file("wrong"))]).toEqual([true, false]);
  });

  test("it prints how to get another address, also if the browser seems to open", async () => {
    const { address } = await launch("exit 0");
    const command = await waitFor("the command", () => /“(.+ link) FOLDER”/.exec(said)?.[1] ?? null);
    const link = await waitFor("a link", () => {
      const options = { cwd: repositoryRoot, env: environment(), encoding: "utf8" } as const;
      const { status, stdout } = spawnSync("sh", ["-c", `${command} "$1"`, "sh", folder.path], options);
      return status === 0 && stdout.trim(); // before the folder is open there is none
    });
    expect(new URL(link).host).toBe(new URL(address).host);
    expect(await tokenFor(link)).toBe(await tokenFor(address));
  });

  test("without a reader of its output it opens the browser and serves", async () => {
    const seen = place.file("seen");
    const launcher = start(`cp "$1" ${seen}.part; mv ${seen}.part ${seen}`);
    launcher.stdout.destroy(); // as `| head -1` does
    await waitFor("the browser is opened", () => existsSync(seen));
    const [address = ""] = /http:[^"]+/.exec(readFileSync(seen, "utf8")) ?? [];
    expect(await tokenFor(address)).toMatch(/^[\w-]{22}$/);
    expect(launcher.exitCode).toBeNull();
  });

  test.skipIf(!canListProcesses)(
    "a server that ended before the page said anything with its token brings another address (needs /proc)",
    async () => {
      const launcher = start("true");
      const lines = createInterface({ input: launcher.stdout });
      const [first] = await once(lines, "line");
      expect(await tokenFor(String(first))).toMatch(/^[\w-]{22}$/); // on its way, a page may still lose it
      const again = once(lines, "line");
      process.kill(await waitFor("the server", () => serverOf(launcher)), "SIGKILL");
      const [address] = await again;
      expect(await tokenFor(String(address))).toMatch(/^[\w-]{22}$/);
    },
  );

  test.skipIf(!canListProcesses)(
    "the port stays taken while the server restarts, and the next server proves the same token (needs /proc) (B3)",
    async () => {
      const { address, launcher } = await launch("true");
      const { host, port } = new URL(address);
      const token = (await tokenFor(address)) ?? expect.fail("the code brings the token");
      const old = await waitFor("the server", () => serverOf(launcher));
      process.kill(old, "SIGKILL");
      await waitFor("the server is gone", () => !isAlive(old));
      const attempts: unknown[] = [];
      const proved = await waitFor("the next server knows the token", async () => {
        attempts.push(await listenAt(Number(port)));
        // a connection that the old server did not get any more is cut
        const asked = await provingSocket(host, tokenSecret(token)).catch(() => null);
        asked?.socket.terminate();
        return asked?.result.kind === "closed" ? null : (asked?.result ?? null);
      });
      expect(proved).toEqual({ kind: "welcome", token: null });
      expect([...new Set([...attempts, await listenAt(Number(port))])]).toEqual(["EADDRINUSE"]);
      expect(serverOf(launcher)).not.toBe(old);
    },
  );
});

describe("serve", () => {
  test("the address of the ready line opens one window; link prints others, each good once", async () => {
    await using server = await serve([folder.path, "--port", "0"]);
    const ready = server.ready.ui ?? expect.fail("there is a window");
    const token = await tokenFor(ready);
    expect(token).not.toBeNull();
    expect(await tokenFor(ready)).toBeNull();
    const { stdout, exitCode } = await commandLine(["link"], { cwd: folder.path });
    expect(exitCode).toBe(0);
    const link = stdout.toString().trim();
    expect(new URL(link).host).toBe(new URL(ready).host);
    expect(await tokenFor(link)).toBe(token);
    expect(await tokenFor(link)).toBeNull();
  });

  test("two servers on one folder work; one that was killed leaves no link", async () => {
    const first = await serve([folder.path, "--port", "0"]);
    await using second = await serve([folder.path, "--port", "0"]);
    process.kill(first.ready.pid, "SIGKILL");
    await waitFor("the first is gone", () => !isAlive(first.ready.pid));
    const { stdout } = await commandLine(["link", folder.path]);
    expect(new URL(stdout.toString().trim()).host).toBe(new URL(second.ready.ui ?? "").host);
  });

  test("where no socket can be made, the window is served, and link finds none", async () => {
    const env = { ...process.env, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(noSockets)}` };
    await using server = await serve([folder.path, "--port", "0"], { env });
    expect(await tokenFor(server.ready.ui ?? "")).not.toBeNull();
    expect((await commandLine(["link", folder.path], { env })).exitCode).toBe(1);
    expect((await server.stop()).exitCode).toBe(0);
  });

  test("link without a running window says so", async () => {
    await using _server = await serve([folder.path, "--port", "0", "--no-ui"]);
    const { stdout, stderr, exitCode } = await commandLine(["link", folder.path]);
    expect([stdout.toString(), exitCode]).toEqual(["", 1]);
    expect(stderr).toContain(folder.path);
  });
});

/** What a system without UNIX sockets does, and one where their paths are too long. */
const noSockets = `import { Server } from "node:net";
const { listen } = Server.prototype;
Server.prototype.listen = function (at, ...rest) {
  if (at?.path === undefined) return listen.call(this, at, ...rest);
  process.nextTick(() => this.emit("error", Object.assign(new Error("no sockets"), { code: "EACCES" })));
  return this;
};`;

/** The code of the error, or "listening". */
async function listenAt(port: number): Promise<unknown> {
  const server = createServer();
  const result = await new Promise<unknown>((resolve) => {
    server.once("error", (error) => resolve("code" in error ? error.code : error));
    server.listen(port, "127.0.0.1", () => resolve("listening"));
  });
  if (server.listening) await new Promise((resolve) => server.close(resolve));
  return result;
}
