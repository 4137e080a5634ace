// What another user of the machine gets of a running workbench: no token, no script, no file, no socket, no draft, no
// trace. And what a script, which is this user, gets of its memory and environment. Only root can run programs as
// somebody else: the workbench runs as one user here, the attacker as another.
import { execFile, spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Serving, serve } from "../../support/command-line.js";
import { get } from "../../support/raw-exchange.js";
import { repositoryRoot } from "../../support/repository.js";
import type { RpcClient } from "../../support/rpc-windows.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";
import { likeABrowsers, secretOf, windowSocket } from "../../support/window-socket.js";

const owner = 65_533;
const stranger = { uid: 65_534, gid: 65_534, cwd: "/" };
/** A checkout in root's home is closed to others, and then another user can run nothing that is in it. */
const canAttack =
  process.platform === "linux" &&
  process.getuid?.() === 0 &&
  spawnSync(process.execPath, ["--eval", "require('node:fs').accessSync(process.argv[1])", repositoryRoot], {
    ...stranger,
    uid: owner,
    gid: owner,
  }).status === 0;
const run = promisify(execFile);

/** Every path below the arguments that it can list, and each file that it can read. */
const lookEverywhere = `
  const { readdirSync, readFileSync } = require("node:fs");
  const found = [];
  const visit = (path) => {
    let entries;
    try { entries = readdirSync(path, { withFileTypes: true }); } catch { return; }
    found.push(path);
    for (const entry of entries) {
      const below = path + "/" + entry.name;
      if (entry.isDirectory()) visit(below);
      else try { readFileSync(below); found.push(below); } catch { }
    }
  };
  for (const path of process.argv.slice(1)) visit(path);
  process.stdout.write(JSON.stringify(found));`;
/** The arguments and the environment of every process, as far as it can read them. */
const allArguments = `
  const { readdirSync, readFileSync } = require("node:fs");
  for (const pid of readdirSync("/proc").filter((name) => /^\\d+$/.test(name)))
    for (const file of ["cmdline", "environ"])
      try { process.stdout.write(readFileSync("/proc/" + pid + "/" + file)); } catch { }`;
const connectTo = `
  const socket = require("node:net").connect(process.argv[1]);
  socket.once("connect", () => { process.stdout.write("connected"); socket.destroy(); });
  socket.once("error", (error) => process.stdout.write(error.code));`;
const ask = `
  const [port, request] = process.argv.slice(1);
  require("node:net").connect(Number(port), "127.0.0.1", function () { this.write(request); }).pipe(process.stdout);`;
const asStranger = async (program: string, ...args: readonly string[]): Promise<string> =>
  (await run(process.execPath, ["--eval", program, ...args], stranger)).stdout;

let folder: TempFolder;
let server: Serving;
const secret = `secret-${randomUUID()}`;
const hidden = ["data", "run", "state", "tmp"];

describe.skipIf(!canAttack)("another user of this machine (needs root, and a checkout that others may read)", () => {
  beforeEach(async () => {
    folder = tempFolder();
    chmodSync(folder.path, 0o755);
    for (const name of ["site", "site/cgi-bin", "home", ...hidden])
      mkdirSync(folder.file(name), { mode: name === "run" ? 0o700 : 0o755 });
    folder.write("site/cgi-bin/who.sh", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'\nid -u\n");
    folder.write(
      "site/cgi-bin/look.sh",
      "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'\nfor f in environ mem maps; do (: < /proc/$PPID/$f) 2>/dev/null && echo $f; done\necho end\n",
    );
    folder.write("site/private.txt", secret);
    for (const name of ["who.sh", "look.sh"]) folder.makeExecutable(`site/cgi-bin/${name}`);
    chmodSync(folder.file("site/private.txt"), 0o600);
    for (const path of readdirSync(folder.path, { recursive: true, encoding: "utf8" }))
      chownSync(folder.file(path), owner, owner);
    server = await serve([folder.file("site"), "--port", "0", "--store"], {
      uid: owner,
      cwd: "/",
      env: {
        PATH: process.env["PATH"],
        HOME: folder.file("home"),
        XDG_RUNTIME_DIR: folder.file("run"),
        XDG_DATA_HOME: folder.file("data"),
        XDG_STATE_HOME: folder.file("state"),
        TMPDIR: folder.file("tmp"),
        AWS_SECRET_ACCESS_KEY: secret,
      },
    });
  });
  afterEach(async () => {
    await server.stop();
    folder[Symbol.dispose]();
  });
  const host = (): string => new URL(server.ready.ui ?? "").host;
  /** The owner's window. */
  async function openWindow(): Promise<{ client: RpcClient } & Disposable> {
    const socket = await windowSocket(host(), secretOf(server.ready.ui ?? ""));
    const client: RpcClient = createORPCClient(new RPCLink({ websocket: likeABrowsers(socket) }));
    return { client, [Symbol.dispose]: () => socket.terminate() };
  }

  test("gets no token, no script and no file over the ports", async () => {
    const { secret: code } = secretOf(server.ready.ui ?? "");
    const all = await asStranger(allArguments);
    expect(all).toContain("serve"); // it does see the process
    expect(all).not.toContain(code);
    const asked = `GET /cgi-bin/who.sh HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`;
    expect(await asStranger(ask, String(server.port), asked)).toMatch(/^HTTP\/1\.1 403 /);
    const page = `GET / HTTP/1.1\r\nHost: ${host()}\r\nConnection: close\r\n\r\n`;
    const answer = await asStranger(ask, new URL(`http://${host()}`).port, page);
    expect(answer).not.toContain(code);
  });

  test("gets nothing of the runtime folder, the user's data, the store and the temporary folder; no socket", async () => {
    using window = await openWindow();
    const { revision } = await window.client.window.recall({ known: null });
    await window.client.window.remember({ known: revision, changes: { draft: secret } });
    await get(server.port, "/cgi-bin/who.sh");
    await waitFor("the store is there", () => existsSync(folder.file("data/cgi-workbench/traces")));
    const found: unknown = JSON.parse(await asStranger(lookEverywhere, ...hidden.map((name) => folder.file(name))));
    if (!Array.isArray(found)) throw new Error("a list of paths");
    const readable = found.filter((path) => !hidden.some((name) => path === folder.file(name)));
    expect(readable).toEqual([]);
    const sockets = readdirSync(folder.file("run"), { recursive: true, encoding: "utf8" }).filter((name) =>
      /sock|link/.test(name),
    );
    expect(sockets.length).toBeGreaterThan(0);
    for (const name of sockets) expect(await asStranger(connectTo, folder.file(`run/${name}`))).toBe("EACCES");
  });

  test("reads no draft while a private file is saved (B8)", async () => {
    const watcher = spawn(
      process.execPath,
      [
        "--eval",
        `const { readdirSync, readFileSync } = require("node:fs");
         const [folder, secret] = process.argv.slice(1);
         let seen = 0;
         process.stdout.write("ready\\n");
         process.stdin.on("end", () => { process.stdout.write(seen + "\\n"); process.exit(); }).resume();
         const look = () => {
           for (const name of readdirSync(folder)) try { if (readFileSync(folder + "/" + name, "utf8").includes(secret)) seen++; } catch {}
           setImmediate(look);
         };
         look();`,
        folder.file("site"),
        secret,
      ],
      { ...stranger, stdio: ["pipe", "pipe", "inherit"] },
    );
    const lines = createInterface({ input: watcher.stdout });
    await once(lines, "line");
    using window = await openWindow();
    for (let n = 0; n < 20; n++) await saveOver(window.client, "private.txt", `${secret} ${n} ${"x".repeat(200_000)}`);
    expect(readFileSync(folder.file("site/private.txt"), "utf8")).toContain(`${secret} 19 `);
    const last = once(lines, "line");
    watcher.stdin.end();
    expect(await last).toEqual(["0"]);
  });

  test("a script, which is the same user, reads neither the environment nor the memory of the server (R7)", async () => {
    const { status, body } = await get(server.port, "/cgi-bin/look.sh");
    expect(status).toBe(200);
    expect(body.toString()).toBe("end\n");
  });
});

async function saveOver({ files }: RpcClient, path: string, text: string): Promise<void> {
  const before = await files.read({ path });
  if (before.kind !== "text") throw new Error("the file is text");
  await files.write({ path, text, bom: false, expectedHash: before.hash });
}
