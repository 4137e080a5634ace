// `cgi-workbench serve`: one line when ready, ports, a clean end; and what real
// clients do with it: git, a browser's requests.
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { problemText, toProblem } from "../../../server/contract/problem.js";
import { listenMessage } from "../../../server/http/front/messages.js";
import { commandLine, type Serving, serve, startCommand } from "../../support/command-line.js";
import { occupiedPort, portForProgram } from "../../support/free-port.js";
import { insideFacts } from "../../support/inside-facts.js";
import { canListProcesses, descendants, isAlive, processes } from "../../support/processes.js";
import { get } from "../../support/raw-exchange.js";
import { gitweb, present } from "../../support/real-applications.js";
import type { RpcClient } from "../../support/rpc-windows.js";
import { copyWorkspace, program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";
import { likeABrowsers, provingSocket, secretOf, windowSocket } from "../../support/window-socket.js";

let folder: TempFolder;
const running: Serving[] = [];
const serving = async (...args: string[]): Promise<Serving> => {
  const one = await serve([folder.path, ...args]);
  running.push(one);
  return one;
};
/** What the command prints of a port in use, on one line. */
function inUse(port: number): string {
  return `cgi-workbench: ${problemText(toProblem(listenMessage("port-in-use", { host: "127.0.0.1", port })))}\n`;
}
beforeEach(() => {
  folder = copyWorkspace("odd");
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
  folder[Symbol.dispose]();
});

describe("serve --json", () => {
  test("says where it listens in one line, answers, and ends cleanly on SIGINT", async () => {
    const one = await serving("--port", "0", "--no-ui");
    expect(one.ready.ui).toBeNull();
    expect(one.ready.scripts).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/?$/);
    expect((await get(one.port, "/cgi-bin/target.sh?x=1")).body.toString()).toBe("GET x=1\n");
    const below = canListProcesses && one.process.pid ? descendants(one.process.pid) : [];
    expect(await one.stop()).toMatchObject({ exitCode: 0, signal: null });
    expect(isAlive(one.ready.pid)).toBe(false);
    await waitFor("nothing of it is left", () => !below.some(({ pid }) => isAlive(pid)));
  });

  test("a window's calls do not load Node's class for forms, which brings its whole HTTP client", async () => {
    using own = tempFolder();
    own.write(
      "noting.cjs",
      `for (const name of ["FormData", "Response"]) Object.defineProperty(globalThis, name, {
        get() { require("node:fs").appendFileSync(${JSON.stringify(own.file("used"))}, name); return Object; } });
      Response;`,
    );
    const env = { ...process.env, NODE_OPTIONS: `--require "${own.file("noting.cjs").replaceAll("\\", "/")}"` };
    const one = await serve([folder.path, "--port", "0"], { env });
    running.push(one);
    const link = one.ready.ui ?? "";
    const socket = await windowSocket(new URL(link).host, secretOf(link));
    const client: RpcClient = createORPCClient(new RPCLink({ websocket: likeABrowsers(socket) }));
    expect((await client.state.next({ since: -1, generation: null })).workspace?.root).toBe(folder.path);
    socket.terminate();
    expect(own.read("used")).toMatch(/^(Response)+$/); // such a use is seen
  });

  test("the first signal ends a start that waits for something (B16)", async () => {
    // a version manager's stand-in for python3 that does not answer: opening a folder waits some seconds for it
    using outside = tempFolder();
    outside.makeFolder("shims");
    outside.write("shims/python3", `#!/bin/sh\ntouch "${outside.file("asked")}"\nexec sleep 20\n`);
    outside.makeExecutable("shims/python3");
    const env = { ...process.env, PATH: `${outside.file("shims")}:${process.env["PATH"]}` };
    const child = startCommand(["serve", folder.path, "--port", "0", "--no-ui"], { env });
    let printed = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
    });
    const ended = once(child, "exit");
    await waitFor("the stand-in is asked", () => existsSync(outside.file("asked")));
    child.kill("SIGTERM");
    expect(await ended).toEqual([1, null]);
    expect(printed).toBe("");
  });

  test("a running script ends with the server", async () => {
    const one = await serving("--port", "0", "--no-ui");
    const answer = get(one.port, "/cgi-bin/silent.sh").catch((error: Error) => error);
    const script = await waitFor(
      "the script runs",
      () => descendants(one.ready.pid).find(({ command }) => command.includes("sleep 600")) ?? null,
    );
    await one.stop();
    await waitFor("the script is gone", () => !isAlive(script.pid));
    await answer;
  });

  test("scripts end when the server is killed", async () => {
    folder.write("cgi-bin/begun.sh", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nbegun\\n'\nexec sleep 600\n");
    folder.makeExecutable("cgi-bin/begun.sh");
    const one = await serving("--port", "0", "--no-ui");
    const socket = connect(one.port, "127.0.0.1").on("error", () => {}); // a reset is fine
    socket.write(`GET /cgi-bin/begun.sh HTTP/1.1\r\nHost: 127.0.0.1:${one.port}\r\n\r\n`);
    await once(socket, "data"); // a server that is killed before it knows the process it started cannot end it
    const script = await waitFor(
      "the script runs",
      () => descendants(one.ready.pid).find(({ command }) => command.includes("sleep 600")) ?? null,
    );
    process.kill(one.ready.pid, "SIGKILL");
    await waitFor("the script is gone", () => !isAlive(script.pid));
    socket.destroy();
  });

  test("the address of the window carries its code in the fragment alone", async () => {
    const one = await serving("--port", "0");
    const { ui } = one.ready;
    expect(ui).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#/);
    const url = new URL(ui ?? "");
    expect(url.search).toBe("");
    expect(url.port).not.toBe(String(one.port));
    const page = await get(Number(url.port), "/");
    expect(page.status).toBe(200);
    expect(page.head).toMatch(/^content-security-policy: default-src 'none'/im);
    expect(page.head).not.toMatch(/^set-cookie/im);
  });

  test("no byte of the token reaches a script", async () => {
    const one = await serving("--port", "0");
    const link = one.ready.ui ?? "";
    const { socket, result } = await provingSocket(new URL(link).host, secretOf(link));
    const token = result.kind === "welcome" ? (result.token ?? "") : "";
    socket.terminate();
    expect(token.length).toBeGreaterThanOrEqual(20);
    const { body } = await get(one.port, "/cgi-bin/inside.py");
    expect(body.toString()).toContain("GATEWAY_INTERFACE");
    for (const hidden of [token, secretOf(link).secret]) expect(body.toString()).not.toContain(hidden);
  });

  test.each([
    ["port", (taken: string) => ["--port", taken, "--no-ui"]],
    ["port of the window", (taken: string) => ["--port", "0", "--ui-port", taken]],
  ])("a requested %s that is in use: the server reports it and exits", async (_what, options) => {
    const taken = await occupiedPort();
    try {
      const args = ["serve", folder.path, ...options(String(taken.port)), "--json"];
      const { exitCode, stderr, stdout } = await commandLine(args);
      expect([exitCode, stderr, stdout.toString()]).toEqual([1, inUse(taken.port), ""]);
    } finally {
      await taken.release();
    }
  });

  test("a port that is given for the window is the one of its address", async () => {
    const port = String(await portForProgram());
    const { ui } = (await serving("--port", "0", "--ui-port", port)).ready;
    expect(new URL(ui ?? "").port).toBe(port);
    expect((await get(Number(port), "/")).status).toBe(200);
  });

  test("no wish: two servers beside each other take different ports", async () => {
    const [first, second] = [await serving("--no-ui"), await serving("--no-ui")];
    expect(first.port).not.toBe(second.port);
    expect((await get(second.port, "/cgi-bin/target.sh?second")).body.toString()).toBe("GET second\n");
  });

  test("a changed configuration applies at once, a mistaken one keeps the last good", async () => {
    const one = await serving("--port", "0", "--no-ui");
    folder.write("cgi-workbench.json", JSON.stringify({ variables: { SEASON: "winter" } }));
    const season = async (): Promise<string | undefined> =>
      insideFacts((await get(one.port, "/cgi-bin/inside.py")).body.toString()).environment["SEASON"];
    await waitFor("the new variable", async () => (await season()) === "winter");
    folder.write("cgi-workbench.json", '{ "variables": { "SEASON": ');
    expect(await season()).toBe("winter");
    await waitFor("the mistake is told", () =>
      /error: cgi-workbench\.json, line 1: .* Fix this line/.test(one.words()),
    );
    const { stdout, stderr } = await commandLine(["request", folder.path, "/cgi-bin/target.sh?x"]);
    expect([stdout.toString(), stderr]).toEqual([
      "GET x\n",
      expect.stringMatching(/^cgi-workbench: cgi-workbench\.json, line 1: /),
    ]);
  });

  test("the output of idle worker processes, and their exits, are printed on standard error", async () => {
    const one = await serving("--port", "0", "--no-ui");
    folder.write("dies.fcgi", "#!/bin/sh\necho no database >&2\nexit 3\n");
    folder.makeExecutable("dies.fcgi");
    expect((await get(one.port, "/dies.fcgi")).status).toBe(502);
    await waitFor("its exit is printed", () =>
      /warning: dies\.fcgi: worker 1 \(process \d+\) ended with exit code 3\. It restarts/.test(one.words()),
    );
  });

  test("what a worker process writes while it ends with the server is printed", async () => {
    folder.write("ends.fcgi", "#!/bin/sh\ntrap 'echo saved all >&2; exit' TERM\n: >up\nwhile :; do sleep 0.05; done\n");
    folder.makeExecutable("ends.fcgi");
    folder.write("cgi-workbench.json", JSON.stringify({ scripts: { "ends.fcgi": { start: "always", workers: 1 } } }));
    const one = await serving("--port", "0", "--no-ui");
    await waitFor("it runs", () => existsSync(folder.file("up")));
    expect((await one.stop()).stderr).toContain("saved all");
  });

  test("keeps serving after the reader of its standard error has closed", async () => {
    const one = await serving("--port", "0", "--no-ui");
    one.process.stderr?.destroy();
    folder.write("dies.fcgi", "#!/bin/sh\nexit 3\n");
    folder.makeExecutable("dies.fcgi");
    expect((await get(one.port, "/dies.fcgi")).status).toBe(502); // and a line is written that nobody takes
    for (let n = 0; n < 40; n++) expect((await get(one.port, "/cgi-bin/target.sh?x")).status).toBe(200);
    expect((await one.stop()).exitCode).toBe(0);
  });

  test.skipIf(!canListProcesses)("a hundred requests leave no process behind (needs /proc)", async () => {
    const one = await serving("--port", "0", "--no-ui");
    const before = descendants(one.ready.pid).length;
    for (let n = 0; n < 10; n++)
      await Promise.all(Array.from({ length: 10 }, (_, i) => get(one.port, `/cgi-bin/target.sh?${n}-${i}`)));
    await waitFor("as many processes as before", () => descendants(one.ready.pid).length <= Math.max(before, 1));
    expect(processes().filter(({ command }) => command.includes(folder.path) && command.includes("target.sh"))).toEqual(
      [],
    );
  });
});

describe("real clients", () => {
  const backend =
    program("git") === null
      ? null
      : `${execFileSync("git", ["--exec-path"], { encoding: "utf8" }).trim()}/git-http-backend`;
  const git = (...args: string[]): string =>
    execFileSync(
      "git",
      [
        "-c",
        "user.name=Test",
        "-c",
        "user.email=test@example.invalid",
        "-c",
        "init.defaultBranch=main",
        "-c",
        "protocol.version=2",
        ...args,
      ],
      {
        encoding: "utf8",
        env: { PATH: process.env["PATH"] ?? "", HOME: folder.path, GIT_CONFIG_NOSYSTEM: "1", GIT_TERMINAL_PROMPT: "0" },
      },
    );

  function makeRepository(): string {
    const bare = folder.file("repos/first.git");
    git("init", "-q", "--bare", bare);
    git("-C", bare, "config", "http.receivepack", "true");
    git("-C", bare, "symbolic-ref", "HEAD", "refs/heads/main");
    return bare;
  }

  test.skipIf(!backend || !existsSync(backend))(
    "git clones and pushes through git http-backend on a route (needs git)",
    async () => {
      const bare = makeRepository();
      folder.write(
        "cgi-workbench.json",
        JSON.stringify({
          routes: [
            {
              path: "/git/",
              file: backend,
              variables: { GIT_PROJECT_ROOT: folder.file("repos"), GIT_HTTP_EXPORT_ALL: "1" },
            },
          ],
        }),
      );
      const one = await serving("--port", "0", "--no-ui");
      const url = `${one.ready.scripts.replace(/\/$/, "")}/git/first.git`;
      git("clone", "-q", url, folder.file("first"));
      // Two megabytes that do not shrink: git sends them in chunks.
      folder.write("first/noise.bin", randomBytes(2 << 20));
      folder.write("first/hello.txt", "hello\n");
      git("-C", folder.file("first"), "add", ".");
      git("-C", folder.file("first"), "commit", "-q", "-m", "Say hello");
      git("-C", folder.file("first"), "push", "-q", "origin", "HEAD:main");
      git("clone", "-q", url, folder.file("second"));
      expect(folder.read("second/hello.txt")).toBe("hello\n");
      expect(git("-C", bare, "log", "--format=%s", "main").trim()).toBe("Say hello");
    },
  );

  test.skipIf(!present["gitweb"])("gitweb shows its first page (needs gitweb and libcgi-pm-perl)", async () => {
    makeRepository();
    folder.write("gitweb.conf", `$projectroot = "${folder.file("repos")}";\n`);
    folder.write(
      "cgi-workbench.json",
      JSON.stringify({
        routes: [{ path: "/gitweb/", file: gitweb, variables: { GITWEB_CONFIG: folder.file("gitweb.conf") } }],
      }),
    );
    const one = await serving("--port", "0", "--no-ui");
    const page = await get(one.port, "/gitweb/");
    expect(page.status).toBe(200);
    expect(page.head).toMatch(/^content-type: (text\/html|application\/xhtml\+xml)/im);
    expect(page.body.toString()).toContain("first.git");
  });
});
