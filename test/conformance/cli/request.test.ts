// `cgi-workbench request`: one request through the real listener, and its trace as
// the published schema says, byte for byte.
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BytesText } from "../../../server/contract/bytes-text.js";
import { wordsOf } from "../../../server/contract/message.js";
import { type TraceJson, trace as traceSchema } from "../../../server/contract/trace.js";
import { recordTypeName } from "../../../server/protocol/fastcgi/record-types.js";
import { commandLine, startCommand } from "../../support/command-line.js";
import { programs } from "../../support/fastcgi-programs.js";
import { insideFacts } from "../../support/inside-facts.js";
import { isAlive } from "../../support/processes.js";
import { repositoryRoot } from "../../support/repository.js";
import { compile, copyWorkspace, program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

const marker = Buffer.from([0x00, 0xff, 0xfe]);
const seen = Buffer.from("seen\0\xff\n", "latin1");
/** NUL, invalid UTF-8, all line ends, and what a shell would take for more than bytes. */
const body = Buffer.from([
  0x00, 0x01, 0xff, 0xfe, 0xc3, 0x28, 0x0d, 0x0a, 0x0a, 0x0d, 0x24, 0x60, 0x27, 0x22, 0x5c, 0x80,
]);

const bytesOf = (text: BytesText): Buffer =>
  typeof text === "string" ? Buffer.from(text) : Buffer.from(text.base64, "base64");
const streamBytes = (stream: { readonly base64: string } | null): Buffer => Buffer.from(stream?.base64 ?? "", "base64");
const variable = (trace: TraceJson, name: string) => trace.env?.find((one) => one.name === name);

let languages: TempFolder;
let odd: TempFolder;
beforeAll(() => {
  languages = copyWorkspace("languages");
  odd = copyWorkspace("odd");
  languages.write("body.bin", body);
  if (program("cc")) compile(languages, "cgi-bin/echo.c", "cgi-bin/echo");
});
afterAll(() => {
  languages[Symbol.dispose]();
  odd[Symbol.dispose]();
});

async function jsonTrace(
  args: readonly string[],
  input?: Uint8Array,
): Promise<{ trace: TraceJson; exitCode: number | null; stderr: string }> {
  const { stdout, exitCode, stderr } = await commandLine(["request", ...args, "--json"], input ? { input } : {});
  const json: unknown = JSON.parse(stdout.toString());
  return { trace: traceSchema.strict().parse(json), exitCode, stderr };
}

const cases = [
  { language: "python", script: "echo.py", needs: "python3", mode: "cgi" },
  { language: "perl", script: "echo.pl", needs: "perl", mode: "cgi" },
  { language: "sh", script: "echo.sh", needs: "sh", mode: "cgi" },
  { language: "php", script: "echo.php", needs: "php-cgi", mode: "php-cgi" },
  { language: "c", script: "echo", needs: "cc", mode: "cgi" },
] as const;

describe.each(cases)("request --json: $language", ({ language, script, needs, mode }) => {
  test.skipIf(program(needs) === null)(
    `follows the schema, every byte of stdin, stdout and stderr recorded (needs ${needs})`,
    async () => {
      const target = `/cgi-bin/${script}/extra?a=1`;
      const { trace, exitCode } = await jsonTrace([
        languages.path,
        target,
        "-X",
        "POST",
        "-H",
        "X-Test: 1",
        "--data-binary",
        `@${languages.file("body.bin")}`,
      ]);

      expect(trace).toMatchObject({ schema: 1, outcome: "ok", parent: null, client: { from: "cli" } });
      expect(trace.request).toMatchObject({ method: "POST", target, httpVersion: "1.1" });
      expect(bytesOf(trace.request.head).toString("latin1")).toMatch(
        /^POST \/cgi-bin\/\S+\?a=1 HTTP\/1\.1\r\n(.+\r\n)+\r\n$/,
      );
      expect(trace.request.headers).toContainEqual(["X-Test", "1"]);
      expect(streamBytes(trace.request.body)).toEqual(body);
      expect(trace.route).toMatchObject({ kind: "script", scriptName: `/cgi-bin/${script}`, pathInfo: "/extra", mode });

      expect(streamBytes(trace.stdin)).toEqual(body);
      const stdout = streamBytes(trace.stdout);
      const head = stdout.subarray(0, stdout.indexOf("\r\n\r\n") + 4);
      expect(head.toString("latin1")).toContain(`X-Language: ${language}\r\n`);
      expect(stdout.subarray(head.length)).toEqual(Buffer.concat([marker, body]));
      expect(streamBytes(trace.stderr)).toEqual(seen);
      expect(streamBytes(trace.response?.body ?? null)).toEqual(Buffer.concat([marker, body]));

      for (const stream of [trace.stdin, trace.stdout, trace.stderr]) {
        expect(stream?.captured).toBe(stream?.bytes);
        expect(stream?.chunks.reduce((sum, chunk) => sum + chunk.length, 0)).toBe(stream?.bytes);
      }
      expect(trace.script).toMatchObject({ kind: "document", stoppedAt: null });
      expect(trace.script?.spans.at(0)?.from).toBe(0);
      expect(trace.script?.spans.find(({ is }) => is === "body")).toMatchObject({
        from: head.length,
        to: stdout.length,
      });
      expect(trace.response).toMatchObject({ status: 200 });
      expect(trace.process).toMatchObject({ exitCode: mode === "cgi" ? 0 : null, signal: null, errno: null });
      expect(trace.process?.pid).toBeGreaterThan(1);

      expect(variable(trace, "REQUEST_METHOD")).toEqual({
        name: "REQUEST_METHOD",
        value: "POST",
        source: "request-line",
        standing: "rfc",
      });
      expect(variable(trace, "PATH_INFO")).toMatchObject({ value: "/extra", source: "request-line" });
      expect(variable(trace, "QUERY_STRING")).toMatchObject({ value: "a=1", source: "request-line" });
      expect(variable(trace, "CONTENT_LENGTH")).toMatchObject({ value: String(body.length) });
      expect(variable(trace, "HTTP_X_TEST")).toEqual({
        name: "HTTP_X_TEST",
        value: "1",
        source: "header:X-Test",
        standing: "header",
      });
      expect(variable(trace, "GATEWAY_INTERFACE")).toMatchObject({ value: "CGI/1.1", source: "server" });

      const { timing } = trace;
      const order = [
        timing.headAt,
        timing.admittedAt,
        timing.spawnedAt,
        timing.firstByteAt,
        timing.headersAt,
        timing.lastByteAt,
        timing.doneAt,
      ];
      expect(order).not.toContain(null);
      expect(order).toEqual([...order].sort((a, b) => Number(a) - Number(b)));
      expect(exitCode).toBe(0);
    },
  );
});

describe("request --mode", () => {
  const perl = programs.find(({ name }) => name === "Perl's FCGI");
  const search = readFileSync(join(repositoryRoot, "test/fixtures/fastcgi/search.pl"));

  test.skipIf(perl?.missing !== null)(
    `fastcgi: a script that speaks it, which is run as CGI otherwise (needs ${perl?.missing ?? "libfcgi-perl"})`,
    async () => {
      using folder = tempFolder();
      folder.write("search.pl", search);
      folder.makeExecutable("search.pl");
      const asked = [folder.path, "/search.pl", "-d", "q=1"];
      const plain = await jsonTrace(asked);
      expect(plain.trace).toMatchObject({
        outcome: "ok",
        route: { mode: "cgi" },
        fastcgi: null,
        process: { exitCode: 0 },
      });
      const { trace, exitCode } = await jsonTrace([...asked, "--mode", "fastcgi"]);
      expect(trace).toMatchObject({
        outcome: "ok",
        route: { mode: "fastcgi" },
        fastcgi: { worker: "worker 1", nth: 1, role: "responder", appStatus: 0, protocolStatus: 0 },
      });
      const names = (direction: "sent" | "received") =>
        trace.fastcgi?.records
          .filter((record) => record.direction === direction)
          .map(({ type }) => recordTypeName(type));
      expect(names("sent")).toEqual(["BEGIN_REQUEST", "PARAMS", "PARAMS", "STDIN", "STDIN"]);
      expect(names("received")?.at(-1)).toBe("END_REQUEST");
      expect(exitCode).toBe(0);
      const bodyOf = (one: TraceJson): string =>
        streamBytes(one.response?.body ?? null)
          .toString()
          .replace(/process \d+/, "process N");
      expect(bodyOf(trace)).toBe(bodyOf(plain.trace));
      expect(variable(trace, "CONTENT_LENGTH")).toEqual(variable(plain.trace, "CONTENT_LENGTH"));
      expect(isAlive(trace.fastcgi?.pid ?? 0)).toBe(false); // the command's end is the processes' end
      expect((await commandLine(["request", ...asked, "--mode", "fastcgi"])).stdout.toString()).toMatch(
        /^request 1 of process \d+\nnothing found for q=1\n$/,
      );
    },
  );

  test.skipIf(program("php-cgi") === null)(
    "php-cgi and cgi: a .php file in both, whatever the configuration says (needs php-cgi)",
    async () => {
      using folder = tempFolder();
      folder.write(
        "page.php",
        "<?php header('Content-Type: text/plain'); echo $_SERVER['PATH_INFO'], ' ', basename($_SERVER['SCRIPT_FILENAME']), ' ', $_POST['a'] ?? '';",
      );
      const asked = [folder.path, "/page.php/more", "-d", "a=b"];
      for (const configured of ["cgi", "php-cgi"]) {
        folder.write("cgi-workbench.json", JSON.stringify({ scripts: { "page.php": { mode: configured } } }));
        const kept = await jsonTrace([...asked, "--mode", "php-cgi"]);
        expect(kept.trace).toMatchObject({
          outcome: "ok",
          route: { mode: "php-cgi" },
          argv: [expect.stringMatching(/php-cgi/)],
          fastcgi: { nth: 1, protocolStatus: 0 },
        });
        const plain = await jsonTrace([...asked, "--mode", "cgi"]);
        expect(plain.trace).toMatchObject({
          outcome: "ok",
          route: { mode: "cgi" },
          fastcgi: null,
          process: { exitCode: 0 },
        });
        for (const { trace, exitCode } of [kept, plain])
          expect([streamBytes(trace.response?.body ?? null).toString(), exitCode]).toEqual(["/more page.php b", 0]);
        expect(isAlive(kept.trace.fastcgi?.pid ?? 0)).toBe(false);
      }
    },
  );

  test("fastcgi for a script that is none: 502, the reason in words, exit 1; an unknown mode: the known ones, exit 2", async () => {
    const { trace, exitCode } = await jsonTrace([languages.path, "/cgi-bin/echo.sh", "--mode", "fastcgi"]);
    expect(trace).toMatchObject({ outcome: "crashed", response: { status: 502 } });
    expect([trace.code, exitCode]).toEqual(["cgi-program", 1]);
    const php = await jsonTrace([languages.path, "/cgi-bin/echo.sh", "--mode", "php-cgi"]);
    expect(php).toMatchObject({
      exitCode: 1,
      trace: {
        response: { status: 501 },
        code: "mode-not-for-script",
        data: { path: "/cgi-bin/echo.sh" },
      },
    });
    for (const mode of ["slow", "mod_perl"]) {
      const wrong = await commandLine(["request", languages.path, "/cgi-bin/echo.sh", "--mode", mode]);
      expect([wrong.exitCode, wrong.stderr]).toEqual([
        2,
        expect.stringContaining(
          `--mode takes one of cgi, fastcgi, fastcgi-external, php-cgi, prefork, persistent, wsgi, psgi, rack, handler, not “${mode}”\n`,
        ),
      ]);
    }
  });
});

describe("request --json", () => {
  test("environment bytes that are not UTF-8 are kept (RFC 3875 §4.1.5)", async () => {
    const { trace } = await jsonTrace([languages.path, "/cgi-bin/echo.sh/%FF%FEx?%FF"]);
    expect(variable(trace, "PATH_INFO")?.value).toEqual({
      base64: Buffer.from("/\xff\xfex", "latin1").toString("base64"),
    });
    expect(variable(trace, "QUERY_STRING")?.value).toBe("%FF");
    expect(trace.route.pathInfo).toEqual({ base64: Buffer.from("/\xff\xfex", "latin1").toString("base64") });
  });

  test("the environment a script sees is the one recorded", async () => {
    const { trace } = await jsonTrace([odd.path, "/cgi-bin/inside.py/caf%C3%A9%FF", "-H", "X-Umlaut: ü"]);
    const facts = insideFacts(streamBytes(trace.response?.body ?? null).toString());
    const recorded = Object.fromEntries(
      (trace.env ?? []).map(({ name, value }) => [bytesOf(name).toString("latin1"), bytesOf(value).toString("latin1")]),
    );
    // A launcher written in shell (a version manager's, say) may add variables and folders of its own on the way.
    expect(facts.environment).toMatchObject({ ...recorded, PATH: expect.stringContaining(recorded["PATH"] ?? "") });
    expect(recorded["PATH_INFO"]).toBe("/caf\xc3\xa9\xff");
  });

  test("a workspace may be left out: the current folder", async () => {
    const { stdout, exitCode } = await commandLine(["request", "/cgi-bin/target.sh?x"], { cwd: odd.path });
    expect(stdout.toString()).toBe("GET x\n");
    expect(exitCode).toBe(0);
  });

  test("-d sends a form, by POST", async () => {
    const { trace } = await jsonTrace([languages.path, "/cgi-bin/echo.sh", "-d", "a=1&b=2"]);
    expect(trace.request.method).toBe("POST");
    expect(variable(trace, "CONTENT_TYPE")?.value).toBe("application/x-www-form-urlencoded");
    expect(streamBytes(trace.stdin).toString()).toBe("a=1&b=2");
  });

  test("--data-binary @- reads standard input", async () => {
    const { trace } = await jsonTrace([languages.path, "/cgi-bin/echo.sh", "-X", "PUT", "--data-binary", "@-"], body);
    expect(trace.request.method).toBe("PUT");
    expect(streamBytes(trace.stdin)).toEqual(body);
    expect(trace.findings.filter(({ rule }) => rule === "chunked-body")).toEqual([]); // our own doing
  });

  test("a body that never ends does not keep it from ending when the response is there", async () => {
    const child = startCommand(["request", odd.path, "/not-there", "--data-binary", "@-"]);
    child.stdin?.write("begun");
    const [exitCode] = await once(child, "exit");
    expect(exitCode).toBe(0);
  });

  test.each([
    ["SIGINT", ["SIGINT"], 130],
    ["SIGINT, with the SIGTERM that a manager of processes adds,", ["SIGINT", "SIGTERM"], 130],
    ["the end of its terminal, which comes twice,", ["SIGHUP", "SIGHUP"], 129],
  ] as const)("%s stops the script; its trace is printed", async (_what, signals, code) => {
    using folder = tempFolder();
    const script = "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nbegun'\n: > running\nsleep 600\n";
    folder.makeFolder("cgi-bin");
    folder.write("cgi-bin/hang.sh", script);
    folder.makeExecutable("cgi-bin/hang.sh");
    const child = startCommand(["request", folder.path, "/cgi-bin/hang.sh", "--json"]);
    const printed = child.stdout === null ? Promise.resolve("") : text(child.stdout);
    await waitFor("the script runs", () => existsSync(folder.file("cgi-bin/running")));
    const ended = once(child, "exit");
    for (const signal of signals) {
      child.kill(signal);
      await delay(20); // as long as it ends
    }
    expect(await ended).toEqual([code, null]);
    const trace = traceSchema.parse(JSON.parse(await printed));
    expect(trace).toMatchObject({ outcome: "stopped", code: "stopped-by-user" });
    expect(streamBytes(trace.stdout).toString()).toContain("begun");
    await waitFor("the script has ended", () => !isAlive(trace.process?.pid ?? 0));
  });

  test("a local redirect answers with the target's output, as two traces (RFC 3875 §6.2.2)", async () => {
    const { trace } = await jsonTrace([odd.path, "/cgi-bin/to-local.sh"]);
    expect(trace.script?.kind).toBe("local-redirect");
    expect(streamBytes(trace.response?.body ?? null).toString()).toBe("GET from=local\n");
  });

  test.each([
    ["to-client.sh", 302, "client-redirect"],
    ["to-client-document.sh", 301, "client-redirect-document"],
    ["nph-clock.sh", 203, "nph"],
  ])("%s: status %i, %s", async (script, status, kind) => {
    const { trace, exitCode } = await jsonTrace([odd.path, `/cgi-bin/${script}`]);
    expect(trace.response?.status).toBe(status);
    expect(trace.script?.kind).toBe(kind);
    expect(exitCode).toBe(0);
  });

  test.each([
    ["crash.py", "crashed"],
    ["killed.sh", "crashed"],
    ["no-head.sh", "invalid-output"],
    ["empty.sh", "invalid-output"],
    ["missing-interpreter.py", "spawn-error"],
    ["crlf.sh", "spawn-error"],
    ["not-a-program.cgi", "spawn-error"],
  ])("%s: 500, %s, explained, exit 1", async (script, outcome) => {
    const { trace, exitCode } = await jsonTrace([odd.path, `/cgi-bin/${script}`]);
    expect(trace.response?.status).toBe(500);
    expect(trace.outcome).toBe(outcome);
    expect(trace.detail).toMatch(/\w+ \w+/);
    expect(trace.findings.some(({ severity }) => severity === "error")).toBe(true);
    expect(exitCode).toBe(1);
  });

  test("a script without the execute bit is refused in words", async () => {
    const { trace, exitCode } = await jsonTrace([odd.path, "/cgi-bin/locked.cgi"]);
    expect(trace.response?.status).toBeGreaterThanOrEqual(403);
    const sentences = [trace.detail, ...trace.findings.flatMap(({ title, detail }) => [title, detail])];
    expect(sentences.map(wordsOf).join(" ")).toMatch(/execut|permission/i);
    expect(exitCode).toBe(1);
  });

  test("what is missing: 404, without a script", async () => {
    const { trace } = await jsonTrace([odd.path, "/no/such/file"]);
    expect(trace).toMatchObject({
      response: { status: 404 },
      route: { kind: "none", file: null },
      argv: null,
      env: null,
      stdin: null,
      stdout: null,
      process: null,
    });
  });

  test("a static file is sent as it is", async () => {
    const { trace } = await jsonTrace([odd.path, "/picture.bin"]);
    expect(trace).toMatchObject({ outcome: "ok", route: { kind: "static" }, process: null, response: { status: 200 } });
    expect(streamBytes(trace.response?.body ?? null).toString("latin1")).toBe(
      "PNG-like \0\x01\x02\xff\xfe\xfd not text\n",
    );
  });
});

describe("request, without --json", () => {
  test("the response body alone goes to stdout, to the byte", async () => {
    const { stdout, exitCode } = await commandLine([
      "request",
      languages.path,
      "/cgi-bin/echo.sh",
      "-X",
      "POST",
      "--data-binary",
      `@${languages.file("body.bin")}`,
    ]);
    expect(stdout).toEqual(Buffer.concat([marker, body]));
    expect(exitCode).toBe(0);
  });

  test("--include puts the response's head before it", async () => {
    const { stdout } = await commandLine(["request", odd.path, "/cgi-bin/target.sh?q", "--include"]);
    expect(stdout.toString("latin1")).toMatch(
      /^HTTP\/1\.1 200 OK\r\n([^\r\n]+\r\n)*content-type: text\/plain\r\n([^\r\n]+\r\n)*\r\nGET q\n$/i,
    );
  });

  test.each([
    ["a head with line feeds alone", "HTTP/1.0 200 OK\\nA: b\\n\\nthe body", "the body"],
    ["no status line", "Content-Type: text/plain\\n\\nthe body", "Content-Type: text/plain\n\nthe body"],
  ])("an NPH script with %s: its body is printed", async (_, written, printed) => {
    using folder = tempFolder();
    folder.makeFolder("cgi-bin");
    folder.write("cgi-bin/nph-x.sh", `#!/bin/sh\nprintf '${written}'\n`);
    folder.makeExecutable("cgi-bin/nph-x.sh");
    const { stdout } = await commandLine(["request", folder.path, "/cgi-bin/nph-x.sh"]);
    expect(stdout.toString()).toBe(printed);
  });

  test("a failing script: exit 1, and words on stderr", async () => {
    const { exitCode, stderr } = await commandLine(["request", odd.path, "/cgi-bin/crash.py"]);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/\w+ \w+/);
  });

  test.each([[[]], [["--json"]]])("%j: a fault behind a local redirect: exit 1, and words on stderr", async (more) => {
    using folder = tempFolder();
    folder.makeFolder("cgi-bin");
    for (const [name, written] of [
      ["to-short.sh", "Location: /cgi-bin/short.sh\\n\\n"],
      ["short.sh", "Content-Type: text/plain\\nContent-Length: 10\\n\\nabc"],
    ] as const) {
      folder.write(`cgi-bin/${name}`, `#!/bin/sh\nprintf '${written}'\n`);
      folder.makeExecutable(`cgi-bin/${name}`);
    }
    const { exitCode, stderr } = await commandLine(["request", folder.path, "/cgi-bin/to-short.sh", ...more]);
    expect([exitCode, stderr]).toEqual([1, expect.stringMatching(/^error: /m)]);
  });

  test.each([
    ["no target", ["request"]],
    ["an unknown option", ["request", "/x", "--no-such-option"]],
    ["a header without a colon", ["request", "/x", "-H", "nonsense"]],
    ["an unknown verb", ["no-such-verb"]],
  ])("wrong use, %s: exit 2, words on stderr, nothing on stdout", async (_, args) => {
    const { exitCode, stderr, stdout } = await commandLine(args, { cwd: odd.path });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/\w+ \w+/);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stdout.length).toBe(0);
  });

  test.each([
    ["/no/such/file", "ENOENT"],
    [".", "not a regular file"],
  ])("--data-binary @%s is wrong use that names the reason", async (path, reason) => {
    const { exitCode, stderr } = await commandLine(["request", "/x", "--data-binary", `@${path}`], { cwd: odd.path });
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(reason)]);
  });

  test("a missing folder is said in words, without a stack", async () => {
    const { exitCode, stderr } = await commandLine(["request", odd.file("not-there"), "/x"]);
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain("not-there");
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test.each([[["--help"]], [["serve", "--help"]], [["request", "--help"]]])(
    "%j explains itself on stdout",
    async (args) => {
      const { exitCode, stdout } = await commandLine(args);
      expect(exitCode).toBe(0);
      expect(stdout.toString()).toContain("cgi-workbench");
    },
  );
});

describe.skipIf(!program("strace"))("--touched", () => {
  const script = "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nhello'\n[ -e data/missing.txt ]\n";

  test("lists what the script touched on stderr, and changes neither the body nor the exit code", async () => {
    using folder = tempFolder();
    folder.write("x.cgi", script);
    folder.makeExecutable("x.cgi");
    const [without, watched] = [
      await commandLine(["request", folder.path, "/x.cgi"]),
      await commandLine(["request", folder.path, "/x.cgi", "--touched"]),
    ];
    expect([watched.exitCode, watched.stdout]).toEqual([without.exitCode, without.stdout]);
    expect(without.stderr).not.toContain("data/missing.txt");
    expect(watched.stderr).toContain(`${folder.path}/data/missing.txt`);
    expect(watched.stderr).toContain("ENOENT");
  });

  test("--no-traces contradicts it", async () => {
    const { exitCode } = await commandLine(["request", "/x", "--touched", "--no-traces"], { cwd: odd.path });
    expect(exitCode).toBe(2);
  });
});
