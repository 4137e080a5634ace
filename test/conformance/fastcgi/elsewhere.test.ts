// External applications, as the workbench shows them: the results of requests to them, and their response to
// GET_VALUES, which the workbench sends only when the user asks for it.
import { once } from "node:events";
import { request as httpRequest } from "node:http";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import { byteString } from "../../../server/protocol/byte-string.js";
import { encodeRecord } from "../../../server/protocol/fastcgi/encode-record.js";
import { encodePairs } from "../../../server/protocol/fastcgi/name-values.js";
import { recordType } from "../../../server/protocol/fastcgi/record-types.js";
import { encodeUnknownType } from "../../support/application-records.js";
import { coded, problem } from "../../support/coded.js";
import { TestApplication } from "../../support/fastcgi-application.js";
import { hello } from "../../support/fastcgi-gateway.js";
import { programs, RunningProgram } from "../../support/fastcgi-programs.js";
import { tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

const notAborted = new AbortController().signal;

/** A workbench with these routes; `external` is its list of applications elsewhere. */
async function opened(
  routes: readonly { path: string; address: string; connections?: number }[],
  limits: object = {},
  handlers: object = {},
) {
  const folder = tempFolder();
  folder.write("cgi-workbench.json", JSON.stringify({ routes, limits, handlers }));
  const workbench = await Workbench.create();
  await workbench.folder.open(folder.path, { port: 0 });
  return {
    folder,
    workbench,
    external: async () => (await workbench.workers.next(-1, notAborted)).external,
    get: async (path: string) => (await fetch(workbench.server.servingAddress().url + path)).text(),
    [Symbol.asyncDispose]: async () => {
      await workbench.dispose();
      folder[Symbol.dispose]();
    },
  };
}

test("routes to one address are one application; its requests are counted, and its last response and last failure reported", async () => {
  const application = await TestApplication.listen((r) => void r.answer(hello));
  const { address } = application;
  await using t = await opened([
    { path: "/app/", address },
    { path: "/kept/", address, connections: 2 },
    { path: "/none/", address: "unix:run/none.sock" },
  ]);
  expect((await t.workbench.folder.workspace().list()).elsewhere.map(({ path }) => path)).toEqual([
    "/app/",
    "/kept/",
    "/none/",
  ]);
  expect(await t.external()).toMatchObject([
    {
      address,
      routes: [
        { path: "/app/", connections: 2 }, // what one route says holds for all
        { path: "/kept/", connections: 2 },
      ],
      requests: 0,
      answer: null,
      failure: null,
    },
    { address: `unix:${t.folder.file("run/none.sock")}`, answer: null, failure: null },
  ]);
  expect(application.connections).toHaveLength(0); // nobody asked

  expect([await t.get("/app/"), await t.get("/kept/x")]).toEqual(["hello", "hello"]);
  expect(await t.get("/none/")).toMatch(/<h1>502 /);
  await expect.poll(async () => (await t.external()).map(({ requests }) => requests)).toEqual([2, 1]);
  const [there, none] = await t.external();
  expect(there).toMatchObject({ running: 0, queued: 0, answer: { spoke: true, says: null }, failure: null });
  expect(none).toMatchObject({
    answer: null,
    failure: { why: coded("socket-missing") },
  });
  expect(t.workbench.traces.get(none?.failure?.trace ?? "")?.response?.status).toBe(502);
  expect(t.workbench.traces.inMemory().filter(({ file, outcome }) => file === "/app" && outcome === "ok")).toHaveLength(
    1,
  );

  await application[Symbol.asyncDispose]();
  await t.get("/app/");
  await expect.poll(async () => (await t.external())[0]?.failure?.why.code).toBe("connection-refused");
  expect((await t.external())[0]).toMatchObject({ requests: 3, answer: { spoke: true } });
});

const php = programs.find(({ name }) => name === "php-cgi");
test.skipIf(php === undefined || php.missing !== null)(
  "a handler's address: PHP that runs elsewhere serves the folder's .php files, each by its own name (needs php-cgi)",
  async () => {
    await using running = await RunningProgram.start(php ?? { name: "", command: () => [] });
    await using t = await opened([], {}, { ".php": { address: running.address, connections: 1 } });
    t.folder.makeFolder("shop");
    t.folder.write(
      "shop/page.php",
      "<?php echo implode(' ', [$_SERVER['SCRIPT_NAME'], $_SERVER['PATH_INFO'] ?? '-', basename(__FILE__), $_SERVER['REQUEST_METHOD']]);",
    );
    t.folder.write("shop/other.php", "<?php echo 'other';");
    expect(await t.get("/shop/page.php/more?x")).toBe("/shop/page.php /more page.php GET");
    expect([await t.get("/shop/other.php"), await t.get("/shop/page.php")]).toEqual([
      "other",
      "/shop/page.php - page.php GET",
    ]);
    expect(await t.external()).toMatchObject([
      { address: running.address, routes: [{ path: "*.php", connections: 1 }], answer: { spoke: true }, failure: null },
    ]);
    expect(
      (await t.workbench.folder.workspace().list()).entries.find(({ path }) => path === "shop/page.php"),
    ).toMatchObject({
      mode: "fastcgi-external",
    });
    expect(t.workbench.traces.inMemory().filter(({ file }) => file === "shop/page.php")).toHaveLength(2);
    expect(await t.get("/shop/none.php")).toContain("404");
  },
);

test("requests that an application has, and those that wait for a connection, are shown while they are", async () => {
  const finish: (() => void)[] = [];
  await using application = await TestApplication.listen((r) => void finish.push(() => void r.answer(hello)));
  await using t = await opened([{ path: "/app/", address: application.address, connections: 1 }]);
  const { rev } = await t.workbench.workers.next(-1, notAborted);
  const answers = ["a", "b", "c"].map((name) => t.get(`/app/${name}`));
  // A window that waits is told at once.
  expect((await t.workbench.workers.next(rev, notAborted)).external[0]?.running).toBe(1);
  await expect.poll(async () => (await t.external()).map(({ running, queued }) => [running, queued])).toEqual([[1, 2]]);
  for (let n = 0; n < 3; n++) (await waitFor("a request", () => finish.shift() ?? null))();
  expect(await Promise.all(answers)).toEqual(["hello", "hello", "hello"]);
  await expect.poll(async () => (await t.external()).map(({ running, queued }) => [running, queued])).toEqual([[0, 0]]);
});

test("a silent application is reported as such, with where to look for the reason", async () => {
  await using application = await TestApplication.listen(() => {});
  await using t = await opened([{ path: "/app/", address: application.address }], { silenceMs: 200 });
  await t.get("/app/");
  await expect
    .poll(async () => (await t.external())[0]?.failure?.why)
    .toEqual(
      coded("silent-external-application", {
        why: coded("silent-responder", { responder: "application", limitMs: 200 }),
      }),
    );
});

test("a client that stops in the middle of its body is no failure of the application", async () => {
  await using application = await TestApplication.listen(() => {});
  await using t = await opened([{ path: "/app/", address: application.address }], { silenceMs: 200 });
  const half = httpRequest(`${t.workbench.server.servingAddress().url}/app/`, {
    method: "POST",
    headers: { "Content-Length": 10 },
  });
  half.write("abc");
  expect((await once(half, "response"))[0]).toMatchObject({ statusCode: 408 });
  half.destroy();
  await expect.poll(async () => (await t.external())[0]).toMatchObject({ requests: 1, failure: null });
});

test("nor is a client that does not read the response", async () => {
  await using application = await TestApplication.listen((r) => void r.answer(hello + "x".repeat(32 << 20)));
  await using t = await opened([{ path: "/app/", address: application.address }], { silenceMs: 300 });
  const client = httpRequest(`${t.workbench.server.servingAddress().url}/app/`).end();
  client.on("error", () => {}); // the server closes the connection
  const [response] = await once(client, "response");
  response.pause();
  await expect
    .poll(async () => (await t.external())[0], { timeout: 20_000 })
    .toMatchObject({
      requests: 1,
      failure: null,
    });
  const { rows } = await t.workbench.traces.rows.next(0, 1, notAborted);
  expect(t.workbench.traces.get(rows[0]?.id ?? "")?.cause).toEqual(coded("client-not-reading"));
  client.destroy();
});

test("GET_VALUES on demand reports limits, silence, a missing socket or another protocol, and sends no request", async () => {
  const says = encodeRecord(
    recordType.getValuesResult,
    0,
    encodePairs([
      [byteString("FCGI_MAX_REQS"), byteString("5")],
      [byteString("FCGI_MPXS_CONNS"), byteString("0")],
    ]),
  );
  const responding = (record: Uint8Array) =>
    TestApplication.listen(() => {}, {
      over: "unix",
      connected: (connection) =>
        void waitFor("GET_VALUES", () => connection.records.length > 0).then(() => connection.send(record)),
    });
  await using speaking = await responding(says);
  await using unknowing = await responding(encodeUnknownType(recordType.getValues));
  await using silent = await TestApplication.listen(() => {});
  const http = createServer((socket) =>
    socket.on("error", () => {}).once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")),
  );
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const bound = http.address();
  const web = `tcp:127.0.0.1:${typeof bound === "object" ? bound?.port : 0}`;
  await using t = await opened(
    [speaking.address, unknowing.address, silent.address, web, "unix:gone.sock"].map((address, n) => ({
      path: `/${n}/`,
      address,
    })),
  );
  const ask = (address: string) => t.workbench.server.askApplication(address, t.workbench.folder.workspace());

  expect(await ask(speaking.address)).toMatchObject({
    requests: 0,
    answer: { spoke: true, says: coded("values-result", { connections: null, requests: "5", multiplexes: "0" }) },
    failure: null,
  });
  expect(speaking.requests).toHaveLength(0);
  expect((await ask(unknowing.address)).answer).toMatchObject({ spoke: true, says: coded("other-than-values") });
  expect((await ask(silent.address)).answer).toMatchObject({
    spoke: false,
    says: coded("no-values-result"),
  });
  expect((await ask(web)).failure).toMatchObject({
    why: coded("listener-not-fastcgi", { problem: coded("speaks-http") }),
    trace: null,
  });
  expect((await ask(`unix:${t.folder.file("gone.sock")}`)).failure?.why).toEqual(coded("socket-missing"));
  await expect(ask("tcp:127.0.0.1:1")).rejects.toThrow(problem("not-found", { address: "tcp:127.0.0.1:1" }));
  // What was learnt is in the list.
  expect((await t.external()).filter(({ answer }) => answer !== null)).toHaveLength(3);
  http.close();
});

test("what a changed configuration says of an application holds at once: a connection that is not to be kept any more is closed", async () => {
  await using application = await TestApplication.listen((r) => void r.answer(hello));
  const route = { path: "/app/", address: application.address };
  await using t = await opened([{ ...route, connections: 1 }]);
  expect(await t.get("/app/")).toBe("hello");
  t.folder.write("cgi-workbench.json", JSON.stringify({ routes: [route] }));
  await application.connections[0]?.gone;
  expect([await t.get("/app/"), await t.get("/app/")]).toEqual(["hello", "hello"]);
  expect(application.requests.map(({ keepConnection }) => keepConnection)).toEqual([true, false, false]);
});

test("connections that are to be kept from now on: the one of a running request is closed, later ones are kept", async () => {
  await using application = await TestApplication.listen((r) => {
    if (r.params.get("PATH_INFO") !== "/held") r.answer(hello);
  });
  const route = { path: "/app/", address: application.address };
  await using t = await opened([route]);
  const held = t.get("/app/held");
  const request = await waitFor("the request", () => application.requests[0] ?? null);
  t.folder.write("cgi-workbench.json", JSON.stringify({ routes: [{ ...route, connections: 1 }] }));
  await expect.poll(async () => (await t.external())[0]?.routes[0]?.connections).toBe(1);
  request.answer(hello);
  expect([await held, await t.get("/app/"), await t.get("/app/")]).toEqual(Array(3).fill("hello"));
  expect(application.requests.map(({ keepConnection }) => keepConnection)).toEqual([false, true, true]);
  expect(application.connections).toHaveLength(2);
});

test("fewer connections while more requests run: each that is too many is closed after its request", async () => {
  const finish: (() => void)[] = [];
  await using application = await TestApplication.listen((r) => void finish.push(() => void r.answer(hello)));
  const route = { path: "/app/", address: application.address };
  await using t = await opened([{ ...route, connections: 4 }]);
  const state = async () => (await t.external())[0];
  const four = [1, 2, 3, 4].map((n) => t.get(`/app/${n}`));
  await waitFor("all four are served", () => finish.length === 4);
  t.folder.write("cgi-workbench.json", JSON.stringify({ routes: [{ ...route, connections: 1 }] }));
  await expect.poll(async () => (await state())?.routes[0]?.connections).toBe(1);
  for (const answer of finish.splice(0)) answer();
  expect(await Promise.all(four)).toEqual(Array(4).fill("hello"));
  const open = () => application.connections.filter(({ socket }) => !socket.readableEnded);
  await waitFor("one connection is left", () => open().length === 1);
  const two = [5, 6].map((n) => t.get(`/app/${n}`));
  await expect.poll(state).toMatchObject({ running: 1, queued: 1 });
  for (let n = 0; n < 2; n++) (await waitFor("a request", () => finish.shift() ?? null))();
  expect(await Promise.all(two)).toEqual(["hello", "hello"]);
  expect(application.connections).toHaveLength(4);
});
