// Requests that the window keeps in `.http` files and runs from them, over the calls of a window.
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import { masking, secretValues } from "../../../server/base/masking.js";
import type { ComposedRequest, FileRanges } from "../../../server/contract/requests-contract.js";
import type { AskedToSave, OneRequest, SavedResult } from "../../../server/contract/saved-contract.js";
import { type RpcClient, type RpcWindows, rpcWindows } from "../../support/rpc-windows.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

let folder: TempFolder;
let workbench: Workbench;
let windows: RpcWindows;
let client: RpcClient;
beforeAll(async () => {
  folder = tempFolder();
  folder.write("echo.cgi", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'\ncat\n");
  folder.makeExecutable("echo.cgi");
  workbench = await Workbench.create();
  await workbench.folder.open(folder.path, { port: 0, run: { host: null } });
  windows = await rpcWindows(workbench, "port");
  ({ client } = await windows.open());
});
afterAll(async () => {
  await windows[Symbol.asyncDispose]();
  await workbench.dispose();
  folder[Symbol.dispose]();
});

let nth = 0;
let path: string;
beforeEach(() => {
  nth += 1;
  path = `kept/${nth}.http`;
});

interface Change extends Partial<ComposedRequest> {
  readonly base64?: string;
  readonly files?: FileRanges;
}
const composed = ({ base64 = "", files = [], ...change }: Change = {}): AskedToSave => ({
  source: {
    kind: "composed",
    request: {
      ...{ method: "POST", target: "/echo.cgi?a=1", headers: [["X-A", "b"]], body: { base64, files }, mode: null },
      ...change,
    },
  },
  path,
  name: "an echo",
  assertions: ["status == 200"],
  keepsSecrets: false,
});
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");

async function run(
  line: number | null = null,
  text: string | null = null,
  environment: string | null = null,
): Promise<SavedResult[]> {
  const results: SavedResult[] = [];
  const only = line === null ? null : { line };
  for await (const { result } of await client.saved.run({ file: path, only, text, environment })) results.push(result);
  return results;
}

const requestOf = (results: readonly SavedResult[]) => workbench.traces.get(results.at(-1)?.trace ?? "")?.request;
/** The body that the last trace's script has read. */
function lastBody(results: readonly SavedResult[]): Buffer {
  const body = requestOf(results)?.body;
  return Buffer.from(body?.read(0, body.captured) ?? []);
}

test("the time of a request that was held is not known", async () => {
  const leaving = new AbortController();
  const rule = { query: "", moment: "start", isOnce: true, pace: null, matches: () => true } as const;
  const kept = workbench.holds.keep(rule, leaving.signal);
  const running = run(null, "POST /echo.cgi");
  await waitFor("it is held", () => workbench.holds.held.length === 1);
  leaving.abort();
  await kept;
  expect(await running).toMatchObject([{ passed: true, status: 200, tookMs: null }]);
});

describe("saving", () => {
  test("a new file has the server's address as {{host}}; more requests come to its end", async () => {
    expect(await client.saved.save(composed({ base64: base64(Buffer.from("a=1")) }))).toEqual({ line: 5 });
    expect(await client.saved.save({ ...composed(), name: "another\nname" })).toEqual({ line: 12 });
    const { host, port } = workbench.server.servingAddress();
    const part = "# @assert status == 200\nPOST {{host}}/echo.cgi?a=1 HTTP/1.1\nX-A: b\n";
    expect(folder.read(path)).toBe(
      `@host = http://${host}:${port}\n\n### an echo\n${part}\na=1\n\n### another name\n${part}`,
    );
    const results = await run();
    expect(results.map(({ passed, status }) => [passed, status])).toEqual([
      [true, 200],
      [true, 200],
    ]);
  });

  test("any body is sent again byte for byte", async () => {
    const piece = fc.constantFrom("a", "\n", "\r\n", "###", "< ./a", "{{x}}", "\0", "é", " ");
    const anyBody = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.array(piece).map((parts) => Buffer.from(parts.join(""))),
    );
    await fc.assert(
      fc.asyncProperty(anyBody, async (body) => {
        const { line } = await client.saved.save(composed({ base64: base64(body) }));
        expect(base64(lastBody(await run(line)))).toBe(base64(body));
      }),
      { numRuns: 25 },
    );
  });

  test("a body that no editor would open lies in a file of its own, and is sent from there", async () => {
    const large = composed({ base64: base64(Buffer.alloc(9 << 20, "a")) });
    await client.saved.save(composed());
    for (let saved = 1; saved <= 2; saved++) {
      const { line } = await client.saved.save(large);
      expect(requestOf(await run(line))?.body.bytes).toBe(9 << 20);
    }
    const { files } = await client.saved.list();
    expect(files.find((file) => file.path === path)?.requests).toHaveLength(3);
  });

  test("what was composed with an environment keeps its variables, and is sent with their values", async () => {
    folder.write("http-client.env.json", '{"dev": {"a": "1", "at": "http://h:1"}, "live": {}}');
    const headers: [string, string][] = [["X-A", "a {{a}}"]];
    const sent = async (text: string, environment: string, target = "{{at}}/echo.cgi?q={{a}}") => {
      const source = composed({ target, headers, base64: base64(Buffer.from(text)), environment }).source;
      const { line } = await client.saved.save({ ...composed(), source });
      const results = await run(line, null, environment);
      const { target: found = "", headers: others = [] } = requestOf(results) ?? {};
      return [found, others.find(([name]) => name === "X-A")?.[1], lastBody(results).toString()];
    };
    expect(await sent("b={{a}}", "dev")).toEqual(["/echo.cgi?q=1", "a 1", "b=1"]);
    expect(await sent("b={{a}}\r\n", "dev", "/echo.cgi?q={{ a }}")).toEqual(["/echo.cgi?q=1", "a 1", "b=1\r\n"]);
    // A chosen file has no variables.
    const file = { base64: base64(Buffer.from("{{a}}")), files: [[0, 5]] as [number, number][], environment: "dev" };
    const { line } = await client.saved.save(composed(file));
    expect(lastBody(await run(line, null, "dev")).toString()).toBe("{{a}}");
    // Without a value it is text, which only a body can be.
    const failed = await sent("b", "live", "/").catch((error: unknown) => error);
    expect(failed).toMatchObject({ data: { code: "not-writable" } });
    headers.pop();
    expect((await sent("b={{a}}", "live", "/echo.cgi")).at(-1)).toBe("b={{a}}");
    folder.remove("http-client.env.json");
  });

  const saving = (source: Parameters<typeof composed>[0]) =>
    client.saved.save(composed({ environment: "dev", ...source })).catch((error: unknown) => error);
  const mixed = base64(Buffer.from("{{a}} {{b}}"));
  test.each<[string, Parameters<typeof composed>[0]]>([
    ["in the body", { base64: mixed }],
    ["in a header", { headers: [["X-A", "{{a}} {{b}}"]] }],
    ["in the target", { target: "/echo.cgi?q={{a}}{{b}}" }],
    ["that each request has a new value for", { base64: base64(Buffer.from("{{a}} {{$uuid}}")) }],
    ["in a chosen file", { base64: base64(Buffer.from("{{a}} {{a}}")), files: [[6, 11]] }],
    ["that the file has a value for", { base64: base64(Buffer.from("{{a}} {{own}}")) }],
  ])("a variable without a value beside one with a value refuses the request: %s", async (_, source) => {
    folder.write("http-client.env.json", '{"dev": {"a": "1", "own": "2"}}');
    folder.makeFolder("kept");
    folder.write(path, "@own = 3\nGET /\n");
    expect(await saving(source)).toMatchObject({ data: { code: "not-writable" } });
    expect(folder.read(path)).toBe("@own = 3\nGET /\n");
    expect(await saving({ base64: base64(Buffer.from("{{a}} {{7*7}}")) })).toEqual({ line: 6 });
    folder.remove("http-client.env.json");
  });

  test("a new file has no host of its own where the environment has one", async () => {
    folder.write("http-client.env.json", '{"dev": {"host": "http://127.0.0.1:8080/echo.cgi"}}');
    await saving({ target: "{{host}}/x" });
    expect(folder.read(path)).toContain("POST {{host}}/x ");
    expect(requestOf(await run(null, null, "dev"))?.target).toBe("/echo.cgi/x");
    folder.remove("http-client.env.json");
  });

  test("a file's own value stands for the environment's in a target that it leaves as it is", async () => {
    folder.write("http-client.env.json", '{"dev": {"host": "http://localhost:1"}}');
    await client.saved.save(composed());
    await saving({ target: "{{host}}/echo.cgi/x" });
    expect(requestOf(await run(null, null, "dev"))?.target).toBe("/echo.cgi/x");
    folder.remove("http-client.env.json");
  });

  test("a file that no editor would open any longer is not changed", async () => {
    folder.makeFolder("kept");
    const before = `GET /\n# ${"x".repeat((8 << 20) - 20)}\n`;
    folder.write(path, before);
    const failed = await client.saved.save(composed()).catch((error: unknown) => error);
    expect(failed).toMatchObject({ data: { code: "too-large" } });
    expect(folder.read(path) === before).toBe(true);
  });

  test("a trace's request is kept without what belongs to its connection, and without its sign-in", async () => {
    const headers: [string, string][] = [
      ["X-A", "b"],
      ["Cookie", "sid=1"],
      ["Connection", "close"],
    ];
    await client.saved.save(composed({ headers }));
    expect(folder.read(path)).toContain("X-A: b\n");
    expect(folder.read(path)).not.toMatch(/Cookie|Connection/);
    const [result] = await run();
    const id = result?.trace ?? "";
    const kept = { source: { kind: "trace" as const, id }, name: "kept", assertions: [], keepsSecrets: true };
    path = `kept/${nth}-trace.http`;
    await client.saved.save({ ...kept, path });
    expect(folder.read(path)).toMatch(
      /^@host = .*\n\n### kept\nPOST \{\{host\}\}\/echo\.cgi\?a=1 HTTP\/1\.1\nX-A: b\n$/,
    );
  });

  test("headers with a secret's name are kept when the person asks for it, variables always (D1)", async () => {
    const headers: [string, string][] = [
      ["X-Api-Key", "k-123"],
      ["X-CSRF-Token", "t-123"],
    ];
    folder.write("http-client.env.json", '{"dev": {"token": "1"}}');
    const source = composed({ headers: [...headers, ["X-Auth-Token", "{{token}}"]], environment: "dev" }).source;
    await client.saved.save({ ...composed(), source });
    expect(folder.read(path)).toContain("X-Auth-Token: {{token}}\n");
    expect(folder.read(path)).not.toMatch(/k-123|t-123/);
    folder.remove("http-client.env.json");
    path = `kept/${nth}-whole.http`;
    await client.saved.save({ ...composed({ headers }), keepsSecrets: true });
    expect(folder.read(path)).toContain("X-Api-Key: k-123\n");
  });

  test.each([
    ["another kind of file", { path: "echo.cgi" }, "not-a-request-file"],
    ["a hidden file", { path: ".hidden.http" }, "hidden"],
    ["a mistake in an assertion", { assertions: ["status = 200"] }, "assertion-invalid"],
    ["a target with a space", { source: composed({ target: "/a b" }).source }, "not-writable"],
  ])("%s is refused", async (_, change, code) => {
    const failed = await client.saved.save({ ...composed(), path, ...change }).catch((error) => error);
    expect(failed).toMatchObject({ data: { code } });
  });
});

describe("running", () => {
  test("a sign-in as editors write it is encoded; an encoded one stays", async () => {
    const sent = async (value: string): Promise<string | undefined> => {
      const [result] = await run(null, `@who = ada\nGET /echo.cgi\nAuthorization: ${value}\n`);
      const headers = workbench.traces.get(result?.trace ?? "")?.request.headers ?? [];
      return headers.find(([name]) => name === "Authorization")?.[1];
    };
    folder.makeFolder("kept");
    folder.write(path, "GET /\n");
    expect(await sent("Basic {{who}}:pass: word")).toBe(`Basic ${btoa("ada:pass: word")}`);
    expect(await sent("Basic {{who}} password")).toBe(`Basic ${btoa("ada:password")}`);
    expect(await sent("Basic YWRhOnBhc3M=")).toBe("Basic YWRhOnBhc3M=");
    expect(await sent("Bearer a b")).toBe("Bearer a b");
  });

  test("the editor's text counts, and the request at the line", async () => {
    folder.makeFolder("kept");
    folder.write(path, "GET /nothing\n");
    const text =
      "GET /nothing\n###\n# @capture all = body\nPOST /echo.cgi\n\nx\n###\n# @assert body == x!\nPOST /echo.cgi\n\n{{all}}!\n";
    expect(await run(5, text)).toMatchObject([{ line: 4, passed: true, captured: ["all"] }]);
    // What was captured before is still known.
    expect(await run(9, text)).toMatchObject([{ line: 9, passed: true }]);
  });

  test("a captured value stays in its environment, and all requests of a file begin without any", async () => {
    folder.makeFolder("kept");
    folder.write("http-client.env.json", '{"dev": {}, "live": {"token": "of live"}}');
    folder.write(path, "# @capture token = body\nPOST /echo.cgi\n\nof dev\n###\nPOST /echo.cgi\n\n{{token}}\n");
    await run(2, null, "dev");
    expect(lastBody(await run(6, null, "dev")).toString()).toBe("of dev");
    expect(lastBody(await run(6, null, "live")).toString()).toBe("of live");
    const results = await run(null, "POST /echo.cgi\n\n{{token}}\n", "dev");
    expect(results).toMatchObject([{ trace: null, failures: [{ why: { code: "variable-unknown" } }] }]);
    folder.remove("http-client.env.json");
  });

  test("the request of a name and number, wherever it is in the text now; else it is refused, and none is sent", async () => {
    folder.makeFolder("kept");
    folder.write(path, "### one\nPOST /echo.cgi\n\nx\n\n### one\nPOST /echo.cgi\n\ny\n\n### two\nDELETE /echo.cgi\n");
    const text = "### two\nDELETE /echo.cgi\n\n### one\nPOST /echo.cgi\n\nz\n";
    const runOne = async (only: OneRequest, edited: string | null) => {
      const ran = [];
      for await (const one of await client.saved.run({ file: path, only, text: edited, environment: null }))
        ran.push(one);
      return ran;
    };
    expect(await runOne({ name: "one", nth: 1 }, null)).toMatchObject([{ nth: 1, result: { name: "one", line: 7 } }]);
    expect(await runOne({ name: "one", nth: 0 }, text)).toMatchObject([{ nth: 0, result: { name: "one", line: 5 } }]);
    const last = workbench.traces.lastSeq;
    const refused = await runOne({ name: "one", nth: 1 }, text).catch((error: unknown) => error);
    expect(refused).toMatchObject({ data: { code: "not-found", data: { path, name: "one", nth: 1 } } });
    expect(workbench.traces.lastSeq).toBe(last);
  });

  test("a mistake, a missing file and an unknown environment are refused", async () => {
    folder.write(path, "# @assert nothing\nGET /\n");
    const call = (file: string, environment: string | null) =>
      client.saved.run({ file, environment }).catch((error: unknown) => error);
    expect(await call(path, null)).toMatchObject({ data: { code: "requests-invalid", data: { path, line: 1 } } });
    expect(await call("none.http", null)).toMatchObject({ data: { code: "not-found" } });
    folder.write(path, "GET /\n");
    expect(await call(path, "none")).toMatchObject({ data: { code: "no-environment" } });
  });

  test("an expression that would take forever takes no time, and one that RE2 does not have fails", async () => {
    const slow = `# @assert body lacks b\n# @assert body matches /^(a+)+$/\nPOST /echo.cgi\n\n${"a".repeat(50_000)}b\n`;
    expect(await run(null, slow)).toMatchObject([{ passed: false, failures: [{ line: 1 }, { line: 2 }] }]);
    const lookahead = "# @assert body matches /a(?=b)/\nPOST /echo.cgi\n\nab\n";
    expect(await run(null, lookahead)).toMatchObject([{ failures: [{ why: { code: "expression-unusable" } }] }]);
  });
});

describe("the last results", () => {
  test("are listed again, with those before, by another server, too; those of requests that are gone are not", async () => {
    folder.makeFolder("kept");
    folder.write(path, "### one\n# @assert body == x\nPOST /echo.cgi\n\nx\n\n### one\nPOST /echo.cgi\n\ny\n");
    const listed = async (from: RpcClient) =>
      (await from.saved.list()).ran.filter(({ result }) => result.file === path);
    const [first, second] = await run();
    expect(await listed(client)).toEqual([
      { nth: 0, result: first, before: null },
      { nth: 1, result: second, before: null },
    ]);
    folder.write(path, folder.read(path).replace("\n\nx", "\n\nz"));
    const [again] = await run(1);
    expect(again).toMatchObject({ passed: false });

    const other = await Workbench.create();
    try {
      await other.folder.open(folder.path, { port: 0, run: { host: null } });
      await using others = await rpcWindows(other, "port");
      const { client: next } = await others.open();
      expect(await listed(next)).toEqual([
        { nth: 1, result: second, before: null },
        { nth: 0, result: again, before: first },
      ]);
      folder.write(path, "### one\nPOST /echo.cgi\n\nx\n");
      expect((await listed(next)).map(({ nth: number }) => number)).toEqual([0]);
    } finally {
      await other.dispose();
    }
  });
});

describe("secrets", () => {
  test("are what the private file holds, and what names call so", () => {
    const open = new Map([
      ["host", "h"],
      ["apiKey", "k1"],
      ["db_password", "p1"],
    ]);
    expect(secretValues(open, new Map([["x", "y"]]))).toEqual(["k1", "p1", "y"]);
  });

  test("no form of one is left in a text", () => {
    const secret = fc.string({ unit: "grapheme", minLength: 4 }).filter((text) => !/[•]/.test(text));
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (hidden, before, after) => {
        const mask = masking([hidden]);
        for (const form of [hidden, encodeURIComponent(hidden), Buffer.from(hidden).toString("base64")])
          expect(mask(`${before} ${form} ${after}`)).not.toContain(form);
      }),
    );
  });
});
