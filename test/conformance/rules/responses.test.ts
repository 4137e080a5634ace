// Responses beyond single rules: the whole trace of one, scripts that go on or fail to start, static files. The rules
// by their ids are in output-head, output-wire and redirects.
import { describe, expect, test } from "vitest";
import { coded } from "../../support/coded.js";
import { bodyOf, headOf, request, startGateway } from "../../support/gateway.js";
import { readResponses } from "../../support/strict-http.js";
import { program } from "../../support/temp-workspace.js";

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");

describe("what a trace says", () => {
  test("a request from its first byte to its last, in its trace", async () => {
    await using gateway = await startGateway();
    gateway.script("hello.sh", 'printf "Content-Type: text/plain\\n\\nhello"');
    const response = await gateway.get("/hello.sh/extra?a=1");
    expect(headOf(response)).toMatch(
      /^HTTP\/1\.1 200 OK\r\nContent-Type: text\/plain\r\nTransfer-Encoding: chunked\r\n/,
    );
    expect(bodyOf(response)).toBe("5\r\nhello\r\n0\r\n\r\n");
    const trace = await gateway.trace();
    expect(trace).toMatchObject({
      outcome: "ok",
      cause: null,
      route: { kind: "script", scriptName: "/hello.sh", pathInfo: "/extra", mode: "cgi" },
    });
    expect(trace.request.head).toBe(request("GET", "/hello.sh/extra?a=1", ["Connection: close"]));
    expect(trace.script?.spans.map(({ is }) => is)).toEqual([
      "name",
      "colon",
      "space",
      "value",
      "line-end",
      "empty-line",
      "body",
    ]);
    expect(trace.process).toMatchObject({ exitCode: 0, signal: null, errno: null });
    const { headAt, admittedAt, spawnedAt, firstByteAt, headersAt, lastByteAt, exitAt, doneAt } = trace.timing;
    const inOrder = (...times: readonly (number | null)[]) =>
      expect(times).toEqual(times.toSorted((a, b) => (a ?? Number.NaN) - (b ?? Number.NaN)));
    inOrder(0, headAt, admittedAt, spawnedAt, firstByteAt, headersAt, lastByteAt, doneAt);
    inOrder(spawnedAt, exitAt, doneAt); // what it wrote may still lie in the pipe when it exits
  });

  test("what the trace says of the response is what went over the wire", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", 'printf "Content-Type: text/plain\\nX-Name: M\\374ller\\nStatus: 299 Mine\\n\\nx"');
    const response = await gateway.get("/x.sh");
    const { response: recorded } = await gateway.trace();
    const lines = [
      `HTTP/1.1 ${recorded?.status} ${recorded?.reason}`,
      ...(recorded?.headers ?? []).map(([name, value]) => `${name}: ${value}`),
    ];
    expect(headOf(response)).toBe(lines.join("\r\n"));
    expect(headOf(response)).toContain("X-Name: M\xfcller");
    expect(recorded?.dropped).toEqual([["Status", coded("became-status-line")]]);
  });
});

describe("responses without a body", () => {
  test("a script may work on after a complete response, though the client has left", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", 'printf "Content-Type: text/plain\\nContent-Length: 2\\n\\nok"; sleep 0.4; echo late >&2');
    const response = await gateway.get("/x.sh");
    expect(bodyOf(response)).toBe("ok");
    const trace = await gateway.trace();
    expect(trace.outcome).toBe("ok");
    expect(trace.stderr?.bytes).toBe(5);
  });
});

describe("output that is no response", () => {
  test.skipIf(!program("python3"))(
    "a Python traceback is in stderr, and the page says how it ended (needs python3)",
    async () => {
      await using gateway = await startGateway();
      gateway.script("x.py", "#!/usr/bin/env python3\nprint('Content-Type: text/plain')\nraise ValueError('no')\n");
      expect(await gateway.get("/x.py")).toMatch(/^HTTP\/1\.1 500 /);
      const trace = await gateway.trace();
      expect(latin1(trace.stderr?.read(0, 5000) ?? new Uint8Array())).toContain("ValueError: no");
      expect(trace).toMatchObject({
        outcome: "crashed",
        cause: coded("failed-in-header", { exitCode: 1 }),
        findings: [{ line: 3 }],
      });
    },
  );

  test("a script that cannot be started is a 500 with the errno", async () => {
    await using gateway = await startGateway();
    gateway.script("cgi-bin/x.cgi", "#!/nowhere/python\n");
    expect(await gateway.get("/cgi-bin/x.cgi")).toMatch(/^HTTP\/1\.1 500 /);
    expect(await gateway.trace()).toMatchObject({
      outcome: "spawn-error",
      process: { pid: null, errno: "ENOENT" },
      timing: { spawnedAt: null },
      findings: [{ rule: "interpreter-missing" }],
    });
  });
});

describe("static files", () => {
  test("are sent with type and length, HEAD without the body, other methods refused", async () => {
    await using gateway = await startGateway();
    gateway.file("page.html", "<p>hi");
    const response = await gateway.ask(
      request("GET", "/page.html") +
        request("HEAD", "/page.html") +
        request("DELETE", "/page.html", ["Connection: close"]),
    );
    expect(response).toMatch(
      /^HTTP\/1\.1 200 OK\r\nContent-Type: text\/html.*Content-Length: 5\r\n.*\r\n\r\n<p>hiHTTP\/1\.1 200 OK\r\n.*Content-Length: 5\r\n.*\r\n\r\nHTTP\/1\.1 405 /s,
    );
    const traces = await gateway.ended(3);
    expect(
      traces.map(({ route, outcome, response: sent }) => [route.kind, outcome, sent?.status, sent?.body.bytes]),
    ).toEqual([
      ["static", "ok", 200, 5],
      ["static", "ok", 200, 0],
      ["static", "ok", 405, expect.any(Number)],
    ]);
  });

  test("ranges, conditions and what cannot be had, on one connection", async () => {
    await using gateway = await startGateway();
    gateway.file("page.txt", "0123456789");
    const [, tag = ""] = /ETag: (.*)\r/.exec(await gateway.get("/page.txt")) ?? [];
    const wire = await gateway.ask(
      [
        ["Range: bytes=2-4"],
        ["Range: bytes=-3"],
        ["Range: bytes=20-"],
        [`If-None-Match: ${tag}`],
        ['If-Match: "other"'],
        ["Range: bytes=0-1", 'If-Range: "other"'],
      ]
        .map((headers) => request("GET", "/page.txt", headers))
        .join("") + request("HEAD", "/page.txt", ["Range: bytes=2-4", "Connection: close"]),
    );
    const responses = readResponses(wire, [...Array(6).fill("GET"), "HEAD"]);
    expect(responses.map(({ status, body }) => [status, status < 400 ? body : ""])).toEqual([
      [206, "234"],
      [206, "789"],
      [416, ""],
      [304, ""],
      [412, ""],
      [200, "0123456789"],
      [200, ""],
    ]);
    expect(responses[0]?.headers).toContainEqual(["Content-Range", "bytes 2-4/10"]);
    const traces = await gateway.ended(8);
    expect(traces.slice(1).map(({ response }) => [response?.status, response?.framing])).toEqual(
      responses.map(({ status, body }) => [status, body === "" ? "none" : "length"]),
    );
  });

  test("a folder without its slash is redirected, a missing file is 404", async () => {
    await using gateway = await startGateway();
    gateway.file("docs/index.html", "index");
    const [moved, missing] = [await gateway.get("/docs"), await gateway.get("/nowhere")];
    expect(moved).toMatch(/^HTTP\/1\.1 301 Moved Permanently\r\n.*Location: \/docs\/\r\n/s);
    expect(bodyOf(await gateway.get("/docs/"))).toBe("index");
    expect(missing).toMatch(/^HTTP\/1\.1 404 Not Found\r\n/);
    // A script may be there the next time.
    for (const page of [moved, missing, await gateway.ask("GET / HTTP/1.1\r\nno colon\r\n\r\n")])
      expect(headOf(page)).toContain("\r\nCache-Control: no-store");
    expect((await gateway.ended(4)).map(({ outcome }) => outcome)).toEqual(["ok", "ok", "ok", "bad-request"]);
  });
});

test.each([
  ["close-after-malformed", "GET / HTTP/1.1\r\nno colon\r\n\r\n"],
  ["connection-close", "GET / HTTP/1.1\r\nHost:"],
])("why the connection of a refused request closes: %s", async (code, bytes) => {
  await using gateway = await startGateway();
  const client = await gateway.connect();
  client.socket.end(bytes);
  expect(headOf(await client.rest())).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n.*^Connection: close$/ms);
  expect((await gateway.trace()).response?.added).toContainEqual(["Connection", coded(code)]);
});

describe("conditions of a request, on what a script says of its response", () => {
  const script = `printf 'Content-Type: text/plain\\nContent-Length: 4\\nETag: "v1"\\nCache-Control: max-age=9\\n'
printf 'Content-Language: en\\nContent-Security-Policy: sandbox\\n'
printf 'Last-Modified: Mon, 02 Mar 2020 10:00:00 GMT\\n\\npage'`;
  const [older, same] = ["Mon, 02 Mar 2019 10:00:00 GMT", "Mon, 02 Mar 2020 10:00:00 GMT"];

  test.each([
    [304, "GET", 'If-None-Match: "v0", W/"v1"'],
    [304, "HEAD", 'If-None-Match: "v1"'],
    [304, "GET", `If-Modified-Since: ${same}`],
    [412, "GET", 'If-Match: "v0"'],
    [412, "GET", `If-Unmodified-Since: ${older}`],
    [200, "GET", 'If-None-Match: "v0"'],
    [200, "GET", `If-Modified-Since: ${older}`],
    [200, "GET", 'If-Match: "v1"'],
    [200, "POST", 'If-None-Match: "v1"'],
  ])("%d for %s with %s", async (status, method, condition) => {
    await using gateway = await startGateway();
    gateway.script("x.sh", `printf 'Status: 200 OK\\n'\n${script}`);
    const [response] = readResponses(await gateway.ask(request(method, "/x.sh", [condition, "Connection: close"])), [
      method,
    ]);
    expect(response?.status).toBe(status);
    const trace = await gateway.trace();
    expect(trace).toMatchObject({ outcome: "ok", script: { status: 200 } });
    expect(trace.stdout?.bytes).toBeGreaterThan(100);
    const names = response?.headers.map(([name]) => name);
    if (status === 304) {
      expect(response?.body).toBe("");
      expect(names).toEqual(
        expect.arrayContaining(["ETag", "Last-Modified", "Cache-Control", "Content-Security-Policy"]),
      );
      expect(names).not.toContain("Content-Type");
      expect(names).not.toContain("Content-Length");
      expect(trace.response?.dropped.map(([name, { code }]) => [name, code])).toEqual([
        ["Status", "status-became-304"],
        ["Content-Type", "no-body-304"],
        ["Content-Length", "no-body-304"],
        ["Content-Language", "no-body-304"],
      ]);
    } else if (status === 200) expect(response?.body).toBe("page");
  });

  test("but not where the script says another status, or the policy leaves it to the script", async () => {
    const conditional = request("GET", "/x.sh", ['If-None-Match: "v1"', "Connection: close"]);
    await using gateway = await startGateway();
    gateway.script("x.sh", `printf 'Status: 404 Gone\\n'\n${script}`);
    expect(await gateway.ask(conditional)).toMatch(/^HTTP\/1\.1 404 Gone\r\n.*page$/s);
    await using lenient = await startGateway({ config: { policy: { scriptConditions: "ignore" } } });
    lenient.script("x.sh", script);
    expect(await lenient.ask(conditional)).toMatch(/^HTTP\/1\.1 200 .*page$/s);
  });
});
