// FastCGI applications that are not there, are something else, or die: each cause in
// its own words, and what the client gets.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { createServer as createTlsServer } from "node:tls";
import { describe, expect, test } from "vitest";
import { byteString, toBytes } from "../../../server/protocol/byte-string.js";
import { encodeRecord } from "../../../server/protocol/fastcgi/encode-record.js";
import { recordType } from "../../../server/protocol/fastcgi/record-types.js";
import { coded } from "../../support/coded.js";
import type { ReceivedRequest } from "../../support/fastcgi-application.js";
import { TestApplication } from "../../support/fastcgi-application.js";
import { gatewayTo, hello, plain, served, ways } from "../../support/fastcgi-gateway.js";
import { portForProgram } from "../../support/free-port.js";
import { bodyOf, headOf, request } from "../../support/gateway.js";
import { tempFolder } from "../../support/temp-workspace.js";

/** A request to an address at which there is no good application. */
async function refusedAt(address: string) {
  await using gateway = await gatewayTo(address);
  const response = await gateway.ask(plain("GET", "/app/"));
  const trace = await gateway.trace();
  return { status: Number(/^HTTP\/1.1 (\d+)/.exec(response)?.[1]), page: bodyOf(response), trace };
}
async function got(
  serve: (request: ReceivedRequest) => void | Promise<void>,
  over: "tcp" | "unix" = "tcp",
  connections: number | null = null,
) {
  await using t = await served(serve, { over, connections });
  const response = await t.gateway.ask(plain("GET", "/app/"));
  return {
    status: Number(/^HTTP\/1.1 (\d+)/.exec(response)?.[1]),
    page: bodyOf(response),
    response,
    trace: await t.gateway.trace(),
  };
}

describe("no application listens", () => {
  test("F27: no listener at a port", async () => {
    const port = await portForProgram();
    const { status, page, trace } = await refusedAt(`tcp:127.0.0.1:${port}`);
    expect(status).toBe(502);
    expect(page).toContain(trace.cause?.text);
    expect(trace).toMatchObject({
      outcome: "upstream-error",
      cause: coded("connection-refused", { address: `tcp:127.0.0.1:${port}`, from: "configuration" }),
      process: null,
      fastcgi: { worker: `tcp:127.0.0.1:${port}`, connectedAt: null, records: [] },
    });
  });

  test("F27: no socket file, a file that is no socket, a socket that was left behind, too long a path", async () => {
    using folder = tempFolder();
    const at = (name: string) => refusedAt(`unix:${join(folder.path, name)}`);
    expect((await at("none.sock")).trace.cause).toEqual(
      coded("socket-missing", { address: `${folder.path}/none.sock` }),
    );
    writeFileSync(join(folder.path, "plain"), "");
    expect((await at("plain")).trace.cause).toEqual(coded("not-a-socket", { address: `${folder.path}/plain` }));
    expect((await at("")).trace.cause).toEqual(coded("not-a-socket"));
    const long = await at("x".repeat(108));
    expect(long.trace.cause).toEqual(coded("application-path-too-long", { limitBytes: 107 }));
    expect(long.status).toBe(502);
  });

  test("F27: the socket file is removed and comes again: the next request is served", async () => {
    using folder = tempFolder();
    mkdirSync(join(folder.path, "run"));
    const path = join(folder.path, "run/app.sock");
    await using gateway = await gatewayTo(`unix:${path}`, 1);
    expect(headOf(await gateway.ask(plain("GET", "/app/")))).toContain(" 502 ");
    await using application = await TestApplication.listen((r) => void r.answer(hello), { path });
    expect(bodyOf(await gateway.ask(plain("GET", "/app/")))).toBe("hello");
    rmSync(path);
    expect(application.requests).toHaveLength(1);
  });
});

describe("something else is there", () => {
  test.each([
    [
      "an HTTP server",
      "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n",
      coded("speaks-http", { line: "“HTTP/1.1 400 Bad Request”" }),
    ],
    ["an SCGI application", "Status: 200 OK\r\n\r\n", coded("speaks-scgi", { line: "“Status: 200 OK”" })],
    [
      "a CGI program on a socket",
      "Content-Type: text/plain\r\n\r\nhi",
      coded("speaks-scgi", { line: "“Content-Type: text/plain”" }),
    ],
    ["a TLS server", "\x15\x03\x01\0\x02\x02\x46", coded("speaks-tls")],
    ["text", "220 smtp ready\r\n", coded("speaks-text", { line: "“220 smtp ready”" })],
    ["JSON", '{"a":1}', coded("speaks-json")],
    ["another version", "\x02\x03\0\x01\0\0\0\0", coded("other-fastcgi-version", { byte: 2 })],
  ])("F27: %s", async (_what, answer, problem) => {
    const server = createServer((socket) => {
      socket.on("error", () => {});
      socket.once("data", () => socket.end(answer, "latin1"));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const { status, trace } = await refusedAt(`tcp:127.0.0.1:${typeof address === "object" ? address?.port : 0}`);
    server.close();
    expect(status).toBe(502);
    expect(trace.cause).toEqual(coded("not-fastcgi", { problem }));
    expect(trace).toMatchObject({ outcome: "upstream-error", fastcgi: { received: { bytes: answer.length } } });
  });

  test("F27: a TLS server that closes without a word", async () => {
    const server = createTlsServer().on("tlsClientError", () => {});
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const { status, trace } = await refusedAt(`tcp:127.0.0.1:${typeof address === "object" ? address?.port : 0}`);
    server.close();
    expect([status, trace.cause]).toEqual([502, coded("died-unanswered", { mayBeOther: true })]);
  });

  test("F27: more padding than declared in the middle of a response is reported as such; the client's response breaks off", async () => {
    await using t = await served(
      (r) => void r.stdout("Content-Type: text/plain\r\nContent-Length: 100\r\n\r\nhello", 0),
    );
    const client = await t.gateway.connect();
    client.send(request("GET", "/app/"));
    await client.until("hello");
    t.application.connections[0]?.send(new Uint8Array(5));
    expect(await client.rest()).toMatch(/hello$/);
    const trace = await t.gateway.trace();
    expect(trace.outcome).toBe("upstream-error");
    const problem = coded("undeclared-padding", { record: "STDOUT", recordAt: 0 });
    expect(trace.cause).toEqual(coded("not-fastcgi", { problem }));
  });
});

describe.each(ways)("death, over %s, kept connections: %s", (over, connections) => {
  test("F16: before any answer", async () => {
    const { status, trace } = await got((r) => r.close(), over, connections);
    expect(status).toBe(502);
    expect(trace).toMatchObject({ outcome: "upstream-error" });
    expect(trace.cause).toEqual(
      coded("died-unanswered", { fact: coded("ended-unanswered", { errno: null }), mayBeOther: over === "tcp" }),
    );
  });

  test("F16: within the header, and within a record", async () => {
    const { status, trace } = await got(
      (r) => {
        r.connection.send(
          encodeRecord(recordType.stdout, 1, toBytes(byteString("Content-Type: text/plain\r\n"))).subarray(0, 20),
        );
        r.close();
      },
      over,
      connections,
    );
    expect(status).toBe(502);
    const cut = { stdoutBytes: 12, record: "STDOUT", inside: "content", haveBytes: 12, needBytes: 26 };
    expect(trace.cause).toEqual(coded("died-in-response", { fact: coded("ended-in-response", cut) }));
  });

  test("F16: within the body: what was chunked breaks off, and stderr is kept", async () => {
    await using t = await served(
      (r) => {
        r.stderr("Traceback").stdout("Content-Type: text/plain\r\n\r\nhello");
        r.close();
      },
      { over, connections },
    );
    const response = await t.gateway.ask(request("GET", "/app/"));
    expect(response).toContain("HTTP/1.1 200 OK");
    expect(response).toMatch(/5\r\nhello\r\n$/);
    const trace = await t.gateway.trace();
    expect(trace).toMatchObject({ outcome: "upstream-error", stderr: { bytes: 9 } });
    expect(trace.cause).toEqual(coded("died-in-response", { fact: coded("ended-in-response", { stdoutBytes: 33 }) }));
  });
});

test("F05: a reset right after a pair that had to be split is reported as such", async () => {
  await using t = await served((r) => r.reset(), { config: { variables: { BIG: "b".repeat(70_000) } } });
  expect(headOf(await t.gateway.ask(plain("GET", "/app/")))).toContain(" 502 ");
  const fact = coded("ended-unanswered", { errno: "ECONNRESET" });
  expect((await t.gateway.trace()).cause).toEqual(coded("died-of-split-value", { fact, names: ["BIG"] }));
});

test("F19: silence is 504, and the application is asked to stop", async () => {
  await using t = await served((r) => r.aborted.then(() => void r.end(1)), {
    connections: 1,
    config: { limits: { silenceMs: 200 } },
  });
  expect(headOf(await t.gateway.ask(plain("GET", "/app/")))).toContain(" 504 ");
  expect(await t.gateway.trace()).toMatchObject({ outcome: "timeout", fastcgi: { appStatus: 1 } });
});
