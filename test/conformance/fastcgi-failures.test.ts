// FastCGI applications that are not there, are something else, or die: each cause in its own words, and what the client gets.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { createServer as createTlsServer } from "node:tls";
import { describe, expect, test } from "vitest";
import { byteString, toBytes } from "../../server/protocol/byte-string.js";
import { encodeRecord } from "../../server/protocol/fastcgi/encode-record.js";
import { recordType } from "../../server/protocol/fastcgi/record-types.js";
import type { ReceivedRequest } from "../support/fastcgi-application.js";
import { TestApplication } from "../support/fastcgi-application.js";
import { gatewayTo, hello, plain, served, ways } from "../support/fastcgi-gateway.js";
import { occupiedPort } from "../support/free-port.js";
import { bodyOf, headOf, request } from "../support/gateway.js";
import { tempFolder } from "../support/temp-workspace.js";

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

describe("nobody is there", () => {
  test("F27: no listener at a port", async () => {
    const { port, release } = await occupiedPort();
    await release();
    const { status, page, trace } = await refusedAt(`tcp:127.0.0.1:${port}`);
    expect(status).toBe(502);
    expect(page).toContain(
      `No FastCGI application listens at tcp:127.0.0.1:${port}: the connection was refused. Start it, or mend the address in cgi-workbench.json.`,
    );
    expect(trace).toMatchObject({
      outcome: "upstream-error",
      process: null,
      fastcgi: { worker: `tcp:127.0.0.1:${port}`, connectedAt: null, records: [] },
    });
  });

  test("F27: no socket file, a file that is no socket, a socket that was left behind, too long a path", async () => {
    using folder = tempFolder();
    const at = (name: string) => refusedAt(`unix:${join(folder.path, name)}`);
    expect((await at("none.sock")).trace.detail).toContain(
      `There is no socket file ${folder.path}/none.sock. Start the FastCGI application`,
    );
    writeFileSync(join(folder.path, "plain"), "");
    expect((await at("plain")).trace.detail).toContain(`${folder.path}/plain is there, but it is no socket.`);
    expect((await at("")).trace.detail).toContain(`${folder.path} is there, but it is no socket.`);
    const long = await at("x".repeat(108));
    expect(long.trace.detail).toContain("no system takes more than 107");
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
      "An HTTP server answered there: it said “HTTP/1.1 400 Bad Request”. Give the port on which",
    ],
    [
      "an SCGI application",
      "Status: 200 OK\r\n\r\n",
      "An SCGI application (or a plain CGI program on a socket) answered there",
    ],
    [
      "a CGI program on a socket",
      "Content-Type: text/plain\r\n\r\nhi",
      "wrote its response, “Content-Type: text/plain”, without FastCGI records",
    ],
    ["a TLS server", "\x15\x03\x01\0\x02\x02\x46", "A TLS server answered there"],
    ["text", "220 smtp ready\r\n", "Something else answered there, with text: “220 smtp ready”."],
    ["JSON", '{"a":1}', "Something that speaks JSON answered there"],
    ["another version", "\x02\x03\0\x01\0\0\0\0", "began with the byte 2, where FastCGI begins with its version, 1"],
  ])("F27: %s", async (_what, answer, words) => {
    const server = createServer((socket) => {
      socket.on("error", () => {});
      socket.once("data", () => socket.end(answer, "latin1"));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const { status, page, trace } = await refusedAt(`tcp:127.0.0.1:${typeof address === "object" ? address?.port : 0}`);
    server.close();
    expect(status).toBe(502);
    expect(trace.detail).toContain(words);
    expect(page).toContain("does not speak FastCGI as it should");
    expect(trace).toMatchObject({ outcome: "upstream-error", fastcgi: { received: { bytes: answer.length } } });
  });

  test("F27: a TLS server that closes without a word", async () => {
    const server = createTlsServer().on("tlsClientError", () => {});
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const { status, trace } = await refusedAt(`tcp:127.0.0.1:${typeof address === "object" ? address?.port : 0}`);
    server.close();
    expect([status, trace.detail]).toEqual([
      502,
      expect.stringMatching(
        /without an answer\. .* If it never answers, .* a TLS server, for instance, closes so too\.$/,
      ),
    ]);
  });

  test("F27: more padding than declared, in the middle of a response, is told as such; the client sees a response that breaks off", async () => {
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
    expect(trace.detail).toMatch(
      /After the STDOUT record at byte 0, .* a zero byte stood at byte \d+ .* more padding was sent than declared/,
    );
  });
});

describe.each(ways)("death, over %s, kept connections: %s", (over, connections) => {
  test("F16: before any answer", async () => {
    const { status, trace } = await got((r) => r.close(), over, connections);
    expect(status).toBe(502);
    expect(trace).toMatchObject({ outcome: "upstream-error" });
    expect(trace.detail).toMatch(
      /^The FastCGI application at (tcp|unix):\S+ closed the connection without an answer\. It probably ended or crashed: see its log\.( If it never answers, .* TLS .*)?$/,
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
    expect(trace.detail).toContain(
      "in the middle of its response, after 12 bytes, without END_REQUEST. It ended inside a STDOUT record: 12 of 26 bytes of its content came.",
    );
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
    expect(trace.detail).toContain("after 33 bytes, without END_REQUEST");
  });
});

test("F05: a reset right after a pair that had to be split is told as such", async () => {
  await using t = await served((r) => r.reset(), { config: { variables: { BIG: "b".repeat(70_000) } } });
  expect(headOf(await t.gateway.ask(plain("GET", "/app/")))).toContain(" 502 ");
  const { detail } = await t.gateway.trace();
  expect(detail).toContain(
    "(ECONNRESET) without an answer. The value of BIG is longer than one record holds (65,535 bytes) and was split over two",
  );
});

test("F19: silence is 504, and the application is asked to stop", async () => {
  await using t = await served((r) => r.aborted.then(() => void r.end(1)), {
    connections: 1,
    config: { limits: { silenceMs: 200 } },
  });
  expect(headOf(await t.gateway.ask(plain("GET", "/app/")))).toContain(" 504 ");
  expect(await t.gateway.trace()).toMatchObject({ outcome: "timeout", fastcgi: { appStatus: 1 } });
});
