// Applications in other languages whose processes are ours, and PHP: a .php file
// dropped in is run by php-cgi, which stays.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { CapturedStream } from "../../../server/trace/captured-stream.js";
import { coded } from "../../support/coded.js";
import { headOf, request, startGateway, type TestGateway } from "../../support/gateway.js";
import { repositoryRoot } from "../../support/repository.js";
import { program } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

const fixture = (name: string) => join(repositoryRoot, "test/fixtures/fastcgi", name);
const succeeds = (command: string, ...args: string[]) =>
  program(command) !== null && spawnSync(command, args, { stdio: "ignore" }).status === 0;
const textOf = (stream: CapturedStream | null | undefined): string =>
  Buffer.from(stream?.read(0, 4000) ?? []).toString("latin1");
const pidIn = (response: string): number => Number(/pid (\d+)/.exec(response)?.[1] ?? Number.NaN);

const languages = [
  { name: "Python's standard library", source: "app.py", isThere: program("python3") !== null, needs: "python3" },
  { name: "Perl's FCGI", source: "app.pl", isThere: succeeds("perl", "-MFCGI", "-e", "1"), needs: "libfcgi-perl" },
  { name: "Ruby's fcgi", source: "app.rb", isThere: succeeds("ruby", "-rfcgi", "-e", "1"), needs: "ruby-fcgi" },
  { name: "Go's net/http/fcgi", source: "app.go", isThere: program("go") !== null, needs: "golang-go" },
] as const;

function install(gateway: TestGateway, source: string): void {
  const file = gateway.folder.file("app.fcgi");
  if (source.endsWith(".go")) execFileSync(program("go") ?? "", ["build", "-o", file, fixture(source)]);
  else cpSync(fixture(source), file);
  gateway.folder.makeExecutable("app.fcgi");
}

describe.each(languages)("$name", ({ source, isThere, needs }) => {
  test.skipIf(!isThere)(
    `F25: GET, 5 MB, chunks, HEAD, 50 KB of headers, each from the process its trace names (needs ${needs})`,
    { timeout: 120_000 },
    async () => {
      await using gateway = await startGateway({ config: { scripts: { "app.fcgi": { workers: 1 } } } });
      install(gateway, source);
      const first = await gateway.get("/app.fcgi");
      expect(headOf(first)).toContain("200 OK");
      const large = Array.from({ length: 5 }, (_, n) => String.fromCharCode(n + 0xf0).repeat(1 << 20)).join("");
      expect(
        (
          await gateway.ask(
            request("POST", "/app.fcgi", [`Content-Length: ${large.length}`, "Connection: close"], large),
          )
        ).length,
      ).toBeGreaterThan(large.length);
      const chunked = await gateway.ask(
        request("POST", "/app.fcgi", ["Transfer-Encoding: chunked", "Connection: close"], "5\r\nhello\r\n0\r\n\r\n"),
      );
      expect(chunked).toMatch(/count 3 .*hello/s);
      expect(headOf(await gateway.ask(request("HEAD", "/app.fcgi", ["Connection: close"])))).toContain("200 OK");
      expect(await gateway.get("/app.fcgi", `X-Large: ${"y".repeat(50_000)}`)).toContain("count 5 large 50000");
      for (const trace of await gateway.ended(5))
        expect(trace).toMatchObject({ outcome: "ok", process: { pid: pidIn(first) }, fastcgi: { pid: pidIn(first) } });
      expect((await gateway.ended(5))[1]?.stdin?.bytes).toBe(large.length);
    },
  );
});

const php = program("php-cgi");

describe.skipIf(php === null)("PHP (needs php-cgi)", () => {
  const show =
    "<?php foreach (['SCRIPT_FILENAME', 'SCRIPT_NAME', 'PATH_INFO', 'REDIRECT_STATUS', 'QUERY_STRING'] as $n) echo $n, '=', $_SERVER[$n] ?? '-', \"\\n\"; echo 'pid ', getmypid();";

  test("a .php file dropped in is run by php-cgi, which stays and serves every such file", async () => {
    await using gateway = await startGateway();
    gateway.file("shop/show.php", show);
    gateway.file("other.php", "<?php echo 'pid ', getmypid(), ' in ', basename(getcwd());");
    const answer = await gateway.get("/shop/show.php/more/path?a=1");
    expect(answer).toContain(
      `SCRIPT_FILENAME=${gateway.folder.file("shop/show.php")}\nSCRIPT_NAME=/shop/show.php\nPATH_INFO=/more/path\nREDIRECT_STATUS=200\nQUERY_STRING=a=1\n`,
    );
    const other = await gateway.get("/other.php");
    expect(pidIn(other)).toBe(pidIn(answer));
    const [first] = await gateway.ended(2);
    expect(first).toMatchObject({
      outcome: "ok",
      route: { mode: "php-cgi" },
      process: { pid: pidIn(answer) },
      fastcgi: { worker: "worker 1" },
    });
    expect(gateway.workers.list()).toMatchObject([{ mode: "php-cgi", workers: [{ requests: 2 }] }]);
  });

  test("large bodies, many headers, HEAD, an error on stderr, an exit code, and 600 requests by one process", async () => {
    await using gateway = await startGateway({ config: { handlers: { ".php": { workers: 1 } } } });
    gateway.file(
      "echo.php",
      "<?php header('Content-Type: application/octet-stream'); echo strlen(file_get_contents('php://input')), ' ', strlen($_SERVER['HTTP_X_LARGE'] ?? '');",
    );
    gateway.file("fatal.php", "<?php ini_set('log_errors', '1'); ini_set('error_log', ''); nothing_of_that_name();");
    const large = "x".repeat(5 << 20);
    expect(
      await gateway.ask(request("POST", "/echo.php", [`Content-Length: ${large.length}`, "Connection: close"], large)),
    ).toContain(`${large.length} 0`);
    expect(await gateway.get("/echo.php", `X-Large: ${"y".repeat(40_000)}`)).toContain("0 40000");
    expect(headOf(await gateway.ask(request("HEAD", "/echo.php", ["Connection: close"])))).toContain("200 OK");
    expect(headOf(await gateway.get("/fatal.php"))).toContain("500");
    expect(textOf((await gateway.ended(4))[3]?.stderr)).toContain("nothing_of_that_name");
    const client = await gateway.connect();
    for (let n = 0; n < 600; n++) client.send(request("GET", "/echo.php"));
    await gateway.ended(604, 20_000);
    client.socket.destroy();
    expect(gateway.workers.list()[0]?.workers).toMatchObject([{ requests: 604, lastExit: null }]);
  });

  test("scripts with settings of their own share the processes, and each gets its variables", async () => {
    await using gateway = await startGateway({
      config: {
        scripts: { "a.php": { variables: { SHOP: "a" }, workers: 5 }, "b.php": { variables: { SHOP: "b" } } },
        handlers: { ".php": { workers: 1 } },
      },
    });
    for (const name of ["a.php", "b.php"]) gateway.file(name, "<?php echo getenv('SHOP'), ' pid ', getmypid();");
    const answers: string[] = [];
    for (const name of ["a", "b", "a", "b"]) answers.push(await gateway.get(`/${name}.php`));
    expect(answers.map((answer) => /(\w) pid/.exec(answer)?.[1])).toEqual(["a", "b", "a", "b"]);
    expect(new Set(answers.map(pidIn)).size).toBe(1);
  });

  test("as a process per request, where that is asked for", async () => {
    await using gateway = await startGateway({ config: { handlers: { ".php": { mode: "cgi" } } } });
    gateway.file("show.php", show);
    expect(pidIn(await gateway.get("/show.php"))).not.toBe(pidIn(await gateway.get("/show.php")));
    expect((await gateway.ended(2))[0]).toMatchObject({
      route: { mode: "cgi" },
      process: { exitCode: 0 },
      fastcgi: null,
    });
  });

  test('"No input file specified": the answer, and what was asked for, are in the trace', async () => {
    await using gateway = await startGateway({
      config: { routes: [{ path: "/shop/", dir: "shop", variables: { SCRIPT_FILENAME: "/nowhere/show.php" } }] },
    });
    gateway.file("shop/show.php", show);
    expect(await gateway.get("/shop/show.php")).toContain("No input file specified");
    const [trace] = await gateway.ended(1);
    expect(trace?.response?.status).toBe(404);
    expect(trace?.env?.find(({ name }) => name === "SCRIPT_FILENAME")?.value).toBe("/nowhere/show.php");
    await waitFor("the message in a stream", () =>
      /Primary script unknown|No input file/.test(`${textOf(trace?.stderr)} ${textOf(trace?.stdout)}`),
    );
  });

  test("php-cgi killed in mid-request: 502 with the signal, and the next request is served", async () => {
    await using gateway = await startGateway({ config: { handlers: { ".php": { workers: 1 } } } });
    gateway.file("die2.php", "<?php exec('kill -9 ' . getmypid()); sleep(5);");
    gateway.file("show.php", show);
    const answer = await gateway.get("/die2.php");
    expect(headOf(answer)).toContain("502");
    expect((await gateway.trace()).cause).toEqual(coded("died-in-request", { signal: "SIGKILL" }));
    expect(headOf(await gateway.get("/show.php"))).toContain("200 OK");
  });
});
