// Stored traces through the command line: `serve` and `request` write them, `traces` and `trace` read them, whatever
// happens to the process or the disk.
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { type Agent, request as httpRequest } from "node:http";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type StoredTraces, storedTraces } from "../../../server/contract/command-output.js";
import { type TraceJson, trace as traceSchema } from "../../../server/contract/trace.js";
import { storePath } from "../../../server/store/store-path.js";
import { commandLine, type Serving, serve } from "../../support/command-line.js";
import { TestApplication } from "../../support/fastcgi-application.js";
import { canMount, mountDisk } from "../../support/small-disk.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { waitFor as waitUntil } from "../../support/wait-for.js";

/** Each question is a process of its own, which takes seconds on a busy machine. */
const waitFor = <T>(what: string, ask: () => T | null | false | Promise<T | null | false>): Promise<T> =>
  waitUntil(what, ask, 100_000);

const isRoot = process.getuid?.() === 0;

let folder: TempFolder;
let data: TempFolder;
beforeEach(() => {
  folder = tempFolder();
  data = tempFolder();
  folder.makeFolder("cgi-bin");
  script("echo.sh", `printf 'Content-Type: text/plain\\n\\n'; printf '%s ' "$QUERY_STRING"; cat`);
});
afterEach(() => {
  folder[Symbol.dispose]();
  data[Symbol.dispose]();
});

function script(name: string, text: string): void {
  folder.write(`cgi-bin/${name}`, `#!/bin/sh\n${text}\n`);
  folder.makeExecutable(`cgi-bin/${name}`);
}

/** As the window's settings write it. */
function set({ isOn }: { readonly isOn: boolean }): void {
  const file = storePath(realpathSync(folder.path), { XDG_DATA_HOME: data.path }).replace(/\.db$/, ".json");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ isOn, maxBytes: 1 << 30, maxAgeDays: 30 }));
}

const env = (home = data.path): NodeJS.ProcessEnv => ({ ...process.env, XDG_DATA_HOME: home });
const run = (...args: string[]) => commandLine(args, { env: env() });
const serving = (home = data.path): Promise<Serving> =>
  serve([folder.path, "--port", "0", "--no-ui"], { env: env(home) });

async function found(query = "", ...more: string[]): Promise<StoredTraces> {
  const { stdout, stderr } = await run("traces", folder.path, query, "--json", ...more);
  return storedTraces.strict().parse(JSON.parse(stdout.toString() || stderr));
}

async function stored(id: string): Promise<TraceJson> {
  const { stdout } = await run("trace", folder.path, id, "--json");
  return traceSchema.strict().parse(JSON.parse(stdout.toString()));
}

const get = (port: number, target: string, agent?: Agent): Promise<number> =>
  new Promise((resolve, reject) => {
    httpRequest({ port, path: target, ...(agent && { agent }) }, (response) => {
      response.resume();
      response.on("end", () => resolve(response.statusCode ?? 0)).on("error", reject);
    })
      .on("error", reject)
      .end();
  });

test("numbers go on over servers, also after everything was deleted, and processes at the same time share none", async () => {
  const numberOf = async (): Promise<number> => {
    const { stdout } = await run("request", folder.path, "/cgi-bin/echo.sh", "--store", "--json");
    return traceSchema.parse(JSON.parse(stdout.toString())).seq;
  };
  expect([await numberOf(), await numberOf()]).toEqual([1, 2]);
  const together = await Promise.all([1, 2, 3, 4, 5].map(numberOf));
  expect(together.toSorted()).toEqual([3, 4, 5, 6, 7]);
  const file = storePath(realpathSync(folder.path), { XDG_DATA_HOME: data.path });
  for (const name of readdirSync(dirname(file)).filter((one) => one.includes(".db"))) rmSync(join(dirname(file), name));
  expect(await numberOf()).toBe(8);
});

describe("request", { timeout: 240_000 }, () => {
  test("stores the trace that it prints", async () => {
    const body = Buffer.from([0, 255, 254, 10, 13, 0xc3, 0x28]);
    const args = ["request", folder.path, "/cgi-bin/echo.sh?a", "--data-binary", "@-", "--json"];
    const { stdout, exitCode } = await commandLine(args, { env: env(), input: body });
    expect(exitCode).toBe(0);
    const printed = traceSchema.parse(JSON.parse(stdout.toString()));
    expect(await stored(printed.id)).toEqual(printed);
    expect(Buffer.from(printed.stdin?.base64 ?? "", "base64").equals(body)).toBe(true);
    expect(await found()).toMatchObject({
      total: 1,
      rows: [
        {
          id: printed.id,
          startedAt: printed.startedAt,
          method: "POST",
          target: "/cgi-bin/echo.sh?a",
          status: 200,
          mode: "cgi",
          bytes: printed.response?.body.bytes,
          ...{ name: null, note: null, tags: [] },
        },
      ],
    });
    expect((await run("traces", folder.path)).stdout.toString()).toContain(printed.id);
  });

  test("with --no-store, or --no-traces, nothing is stored", async () => {
    for (const option of ["--no-store", "--no-traces"]) {
      const { exitCode, stdout } = await run("request", folder.path, "/cgi-bin/echo.sh?a", option);
      expect([exitCode, stdout.toString()]).toEqual([0, "a "]);
    }
    expect(await found()).toMatchObject({ total: 0, rows: [] });
    expect(existsSync(data.file("cgi-workbench/traces"))).toBe(false);
  });

  test.each(["request", "serve"])("without an option %s does what is set for the folder", async (verb) => {
    const make = async (...options: string[]): Promise<void> => {
      if (verb === "request") {
        expect(await run("request", folder.path, "/cgi-bin/echo.sh", ...options)).toMatchObject({ exitCode: 0 });
        return;
      }
      await using server = await serve([folder.path, "--port", "0", "--no-ui", ...options], { env: env() });
      expect(await get(server.port, "/cgi-bin/echo.sh")).toBe(200);
    };
    set({ isOn: true });
    await make();
    expect((await found()).total).toBe(1);
    await make("--no-store");
    await make("--no-traces");
    set({ isOn: false });
    await make();
    expect((await found()).total).toBe(1);
    await make("--store");
    expect((await found()).total).toBe(2);
  });

  test("what --no-traces leaves: the response, its status, no trace to print", async () => {
    script("fails.sh", "printf 'Status: 503\\nContent-Type: text/plain\\n\\nno'");
    const failed = await run("request", folder.path, "/cgi-bin/fails.sh", "--no-traces");
    expect([failed.exitCode, failed.stdout.toString(), failed.stderr]).toEqual([1, "no", ""]);
    expect(await run("request", folder.path, "/cgi-bin/fails.sh", "--no-traces", "--json")).toMatchObject({
      exitCode: 2,
      stdout: Buffer.alloc(0),
    });
  });

  test.skipIf(process.platform === "win32")("the file is its owner's alone", async () => {
    await run("request", folder.path, "/cgi-bin/echo.sh");
    const traces = data.file("cgi-workbench/traces");
    const modes = [traces, ...readdirSync(traces).map((name) => join(traces, name))].map(
      (path) => statSync(path).mode & 0o77,
    );
    expect(modes.length).toBeGreaterThan(1);
    expect(modes.filter((mode) => mode !== 0)).toEqual([]);
  });
});

describe("traces", () => {
  test("a query may begin with a minus, and counts beyond the limit", async () => {
    for (const target of ["/cgi-bin/echo.sh?one", "/cgi-bin/echo.sh?two", "/missing"])
      await run("request", folder.path, target);
    expect((await found("-status:404")).rows.map(({ target }) => target)).toEqual([
      "/cgi-bin/echo.sh?two",
      "/cgi-bin/echo.sh?one",
    ]);
    expect(await found("", "--limit", "1")).toMatchObject({ total: 3, rows: [{ target: "/missing", seq: 3 }] });
    expect(await found("-path:echo body:one OR body:two")).toMatchObject({ total: 0 });
    expect(await found("body:one OR body:two")).toMatchObject({ total: 2 });
  });

  test("a text that a FastCGI application sent in two records is found", async () => {
    await using application = await TestApplication.listen((request) => {
      request.stdout("Content-Type: text/plain\r\n\r\nhay, nee").stdout("dle, hay").stdout("").end();
    });
    folder.write("cgi-workbench.json", JSON.stringify({ routes: [{ path: "/app/", address: application.address }] }));
    await run("request", folder.path, "/app/");
    await run("request", folder.path, "/cgi-bin/echo.sh?needless");
    expect((await found("body:needle")).rows.map(({ target }) => target)).toEqual([
      "/cgi-bin/echo.sh?needless",
      "/app/",
    ]);
  });

  test("after:save looks at the scripts that are there, and at no other file", async () => {
    folder.write("page.html", "<p>static");
    folder.makeFolder("cgi-bin/deep");
    script("deep/a.sh", "printf 'Content-Type: text/plain\\n\\n'");
    for (const target of ["/cgi-bin/echo.sh", "/cgi-bin/deep/a.sh", "/page.html"])
      await run("request", folder.path, target);
    const later = new Date(Date.now() + 3_600_000);
    utimesSync(folder.file("page.html"), later, later);
    rmSync(folder.file("cgi-bin/deep"), { recursive: true });
    folder.write("cgi-bin/deep", "a file now");
    expect(await found("after:save")).toMatchObject({ total: 3 });
  });

  test("a mistake is shown with its place", async () => {
    const { exitCode, stderr, stdout } = await run("traces", folder.path, "a colour:red");
    expect([exitCode, stdout.length]).toEqual([2, 0]);
    const [, query = "", marks = ""] = stderr.split("\n");
    expect(query.slice(marks.indexOf("^"), marks.lastIndexOf("^") + 1)).toBe("colour:");
  });

  test.each([
    [["traces", "--nothing"]],
    [["traces", "-method:GET"]],
    [["traces", ".", "a", "b"]],
    [["traces", ".", "--limit", "x"]],
    [["traces", "./missing-folder"]],
    [["trace", "."]],
    [["trace", ".", "x"]],
    [["trace", ".", "x", "--json"]],
    [["serve", "--store", "--no-store"]],
    [["serve", "--store", "--no-traces"]],
    [["request", ".", "/a", "--store", "--no-traces"]],
    [["request", ".", "/a", "--store", "--no-store"]],
    [["replay", ".", "x", "--no-traces"]],
  ])("%j is wrong use", async (args) => {
    const { exitCode, stdout } = await run(...args);
    expect([exitCode, stdout.length]).toEqual([2, 0]);
  });

  test("a folder that cannot be read is wrong use, without a stack", async () => {
    const { exitCode, stderr } = await run("traces", "./missing-folder");
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/^cgi-workbench: .*missing-folder.*\n$/)]);
  });
});

describe("serve --store", { timeout: 240_000 }, () => {
  test("two servers of one folder store into one file", async () => {
    await using one = await serving();
    await using other = await serving();
    for (let n = 0; n < 10; n++)
      await Promise.all([get(one.port, `/cgi-bin/echo.sh?one${n}`), get(other.port, `/cgi-bin/echo.sh?other${n}`)]);
    await Promise.all([one.stop(), other.stop()]);
    const { total, rows } = await found();
    expect(total).toBe(20);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(20);
    expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, index) => 20 - index));
  });

  test("a running server's traces are found", async () => {
    await using server = await serving();
    await get(server.port, "/cgi-bin/echo.sh?now");
    const { rows } = await waitFor("the trace", async () => {
      const now = await found("body:now");
      return now.total === 1 && now;
    });
    expect(await stored(rows[0]?.id ?? "")).toMatchObject({
      outcome: "ok",
      request: { target: "/cgi-bin/echo.sh?now" },
    });
  });

  test("killed in the middle of load, again and again, it loses nothing that was stored, and the file is whole", async () => {
    const known = new Set<string>();
    for (let round = 0; round < 3; round++) {
      await using server = await serving();
      let isKilled = false;
      const load = Promise.all(
        [0, 1, 2, 3].map(async (lane) => {
          for (let n = 0; !isKilled; n++)
            await get(server.port, `/cgi-bin/echo.sh?r${round}-${lane}-${n}`).catch(() => (isKilled = true));
        }),
      );
      await waitFor("some of this round's traces", async () => {
        const { rows } = await found(`path:?r${round}-`, "--limit", "100000");
        for (const { id } of rows) known.add(id);
        return rows.length >= 5 + 7 * round;
      });
      server.process.kill("SIGKILL");
      isKilled = true;
      await load;
    }
    const { rows, total } = await found("", "--limit", "100000");
    const after = new Set(rows.map(({ id }) => id));
    expect([...known].filter((id) => !after.has(id))).toEqual([]);
    expect(total).toBe(after.size);
    for (const { id, target } of rows.slice(0, 10)) {
      const { response, request } = await stored(id);
      expect(request.target).toBe(target);
      expect(Buffer.from(response?.body.base64 ?? "", "base64").toString()).toBe(`${target.split("?")[1]} `);
    }
  });

  test("a damaged file is set aside, and serving goes on", async () => {
    await run("request", folder.path, "/cgi-bin/echo.sh");
    const traces = data.file("cgi-workbench/traces");
    const file = readdirSync(traces).find((name) => name.endsWith(".db")) ?? "";
    writeFileSync(join(traces, file), "no database\n".repeat(1000));
    await using server = await serving();
    await waitFor("the message", () => server.words().includes(".damaged-"));
    expect(await get(server.port, "/cgi-bin/echo.sh?again")).toBe(200);
    await server.stop();
    expect(await found()).toMatchObject({ total: 1, rows: [{ target: "/cgi-bin/echo.sh?again" }] });
    expect(readdirSync(traces).some((name) => name.startsWith(`${file}.damaged-`))).toBe(true);
  });

  test.skipIf(!isRoot)(
    "a data folder that cannot be written: it says so, and serves (needs root, to be another user)",
    async () => {
      chmodSync(folder.path, 0o755);
      const uid = 65_534;
      mkdirSync(data.file("cgi-workbench"), { mode: 0o755 });
      chmodSync(data.path, 0o755);
      await using server = await serve([folder.path, "--port", "0", "--no-ui", "--store"], { env: env(), uid });
      await waitFor("the message", () => server.words().includes(data.path));
      const { stdout } = spawnSync("sh", ["-c", "id -u"], { uid });
      expect(stdout.toString().trim()).toBe(String(uid));
      expect(existsSync(data.file("cgi-workbench/traces"))).toBe(false);
      expect(await server.stop()).toMatchObject({ exitCode: 0 });
    },
  );

  test.skipIf(!canMount())(
    "a full disk: it says so, serves, and goes on when there is space (needs mount)",
    async () => {
      const home = data.file("small");
      mkdirSync(home);
      const disk = mountDisk(home, "4m");
      try {
        writeFileSync(join(home, "filler"), Buffer.alloc(3 << 20));
        script("large.sh", `printf 'Content-Type: text/plain\\n\\n'; head -c 400000 /dev/zero`);
        await using server = await serving(home);
        await waitFor("the message", async () => {
          expect(await get(server.port, "/cgi-bin/large.sh")).toBe(200);
          return server.words().includes(home);
        });
        spawnSync("rm", [join(home, "filler")]);
        await waitFor("traces are stored again", async () => {
          expect(await get(server.port, "/cgi-bin/echo.sh?after")).toBe(200);
          const { stdout } = await commandLine(["traces", folder.path, "path:after", "--json"], { env: env(home) });
          return storedTraces.parse(JSON.parse(stdout.toString())).total > 0;
        });
      } finally {
        disk[Symbol.dispose]();
      }
    },
  );
});
