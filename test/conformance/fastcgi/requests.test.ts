// Requests to an external FastCGI application: the records that it gets, and what the gateway makes of its response.
import { describe, expect, test } from "vitest";
import { text } from "../../support/fastcgi-application.js";
import { hello, plain, served, ways } from "../../support/fastcgi-gateway.js";
import { bodyOf } from "../../support/gateway.js";

describe.each(ways)("over %s, kept connections: %s", (over, connections) => {
  test("F01, F03, F11, F13, F29: a request without a body is BEGIN, PARAMS, an empty STDIN; its variables are those of CGI", async () => {
    await using t = await served((r) => void r.answer(hello), { over, connections });
    const response = await t.gateway.ask(plain("GET", "/app/some/path?a=1", ["X-Test: caf\xe9"]));
    expect(response).toMatch(/^HTTP\/1.1 200 OK\r\n/);
    expect(bodyOf(response)).toBe("hello");
    const [received] = t.application.requests;
    expect(Object.fromEntries(received?.params ?? [])).toMatchObject({
      GATEWAY_INTERFACE: "CGI/1.1",
      REQUEST_METHOD: "GET",
      SCRIPT_NAME: "/app",
      PATH_INFO: "/some/path",
      QUERY_STRING: "a=1",
      HTTP_X_TEST: "caf\xe9",
      SCRIPT_FILENAME: `${t.gateway.folder.path}/app`,
      DOCUMENT_ROOT: t.gateway.folder.path,
    });
    expect(received?.params.has("PATH")).toBe(false);
    expect(received).toMatchObject({ id: 1, role: 1, keepConnection: connections !== null });
    expect(
      t.application.connections[0]?.records.map(({ header }) => [header.type, header.contentLength === 0]),
    ).toEqual([
      [1, false],
      [4, false],
      [4, true],
      [5, true],
    ]);
    const trace = await t.gateway.trace();
    expect(trace).toMatchObject({
      outcome: "ok",
      process: null,
      argv: null,
      route: { mode: "fastcgi-external", file: null },
    });
    expect(trace.fastcgi).toMatchObject({
      worker: t.application.address,
      reused: false,
      attempts: 1,
      appStatus: 0,
      protocolStatus: 0,
      notes: [],
      omitted: 0,
    });
    expect(trace.fastcgi?.records.map(({ direction, type }) => `${direction} ${type}`)).toEqual([
      "sent 1",
      "sent 4",
      "sent 4",
      "sent 5",
      "received 6",
      "received 6",
      "received 3",
    ]);
  });

  test("F13: a body is STDIN, whole, then an empty record", async () => {
    await using t = await served(async (r) => void r.answer(`Content-Type: text/plain\r\n\r\n${text(await r.body)}`), {
      over,
      connections,
    });
    const body = "0123456789".repeat(20_000);
    const response = await t.gateway.ask(plain("POST", "/app/", [`Content-Length: ${body.length}`], body));
    expect(bodyOf(response)).toBe(body);
    expect(t.application.requests[0]?.params.get("CONTENT_LENGTH")).toBe("200000");
    const stdin =
      t.application.connections[0]?.records
        .filter(({ header }) => header.type === 5)
        .map(({ header }) => header.contentLength) ?? [];
    expect(stdin.at(-1)).toBe(0);
    expect(stdin.slice(0, -1).every((length) => length > 0 && length <= 65_535)).toBe(true);
    expect(await t.gateway.trace()).toMatchObject({
      outcome: "ok",
      stdin: { bytes: 200_000 },
      stdout: { bytes: 200_028 },
    });
  });

  test("F11, F12: two requests on one connection when it is kept, on two when not", async () => {
    await using t = await served((r) => void r.answer(hello), { over, connections });
    expect(bodyOf(await t.gateway.ask(plain("GET", "/app/1")))).toBe("hello");
    expect(bodyOf(await t.gateway.ask(plain("GET", "/app/2")))).toBe("hello");
    expect(t.application.connections).toHaveLength(connections === null ? 2 : 1);
    const traces = await t.gateway.ended(2);
    expect(traces.map(({ fastcgi }) => fastcgi?.reused)).toEqual([false, connections !== null]);
    expect(traces.map(({ fastcgi }) => fastcgi?.records[0])).toMatchObject([
      { type: 1, offset: 0 },
      { type: 1, offset: 0 },
    ]);
  });
});
