// What scripts answer, and what of it goes over the wire (RFC 3875 §6). Each test looks at the bytes on the socket and at the trace.
import { describe, expect, test } from "vitest";
import { bodyOf, headOf, request, startGateway } from "../support/gateway.js";
import { program } from "../support/temp-workspace.js";

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");

describe("document responses (RFC 3875 §6.2.1)", () => {
  test("C53: without Status it is 200, and the body is passed on in chunks", async () => {
    await using gateway = await startGateway();
    gateway.script("hello.sh", 'printf "Content-Type: text/plain\\n\\nhello"');
    const response = await gateway.get("/hello.sh/extra?a=1");
    expect(headOf(response)).toMatch(/^HTTP\/1\.1 200 OK\r\nContent-Type: text\/plain\r\nTransfer-Encoding: chunked\r\n/);
    expect(bodyOf(response)).toBe("5\r\nhello\r\n0\r\n\r\n");
    const trace = await gateway.trace();
    expect(trace).toMatchObject({ outcome: "ok", detail: null, route: { kind: "script", scriptName: "/hello.sh", pathInfo: "/extra", mode: "cgi" } });
    expect(trace.request.head).toBe(request("GET", "/hello.sh/extra?a=1", ["Connection: close"]));
    expect(trace.script?.spans.map(({ is }) => is)).toEqual(["name", "colon", "space", "value", "line-end", "empty-line", "body"]);
    expect(trace.process).toMatchObject({ exitCode: 0, signal: null, errno: null });
    const { headAt, admittedAt, spawnedAt, firstByteAt, headersAt, lastByteAt, exitAt, doneAt } = trace.timing;
    const times = [0, headAt, admittedAt, spawnedAt, firstByteAt, headersAt, lastByteAt, exitAt, doneAt];
    expect(times).toEqual(times.toSorted((a, b) => (a ?? Number.NaN) - (b ?? Number.NaN)));
  });

  test("what the trace says of the response is what went over the wire", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", 'printf "Content-Type: text/plain\\nX-Name: M\\374ller\\nStatus: 299 Mine\\n\\nx"');
    const response = await gateway.get("/x.sh");
    const { response: recorded } = await gateway.trace();
    const lines = [`HTTP/1.1 ${recorded?.status} ${recorded?.reason}`, ...(recorded?.headers ?? []).map(([name, value]) => `${name}: ${value}`)];
    expect(headOf(response)).toBe(lines.join("\r\n"));
    expect(headOf(response)).toContain("X-Name: M\xfcller");
    expect(recorded?.dropped).toEqual([["Status", expect.any(String)]]);
  });

  test("C57: Status with and without a reason", async () => {
    await using gateway = await startGateway();
    gateway.script("a.sh", 'printf "Status: 404 Gone Fishing\\nContent-Type: text/plain\\n\\n"');
    gateway.script("b.sh", 'printf "Status: 503\\nContent-Type: text/plain\\n\\n"');
    expect(await gateway.get("/a.sh")).toMatch(/^HTTP\/1\.1 404 Gone Fishing\r\n/);
    expect(await gateway.get("/b.sh")).toMatch(/^HTTP\/1\.1 503 Service Unavailable\r\n/);
    const traces = await gateway.ended(2);
    expect(traces.map(({ outcome, script }) => [outcome, script?.status])).toEqual([
      ["ok", 404],
      ["ok", 503],
    ]);
  });

  test("C57: a status that is no final one is answered, and the connection stays usable", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", 'printf "Status: 150 Early\\nContent-Type: text/plain\\n\\nx"');
    gateway.script("ok.sh", 'printf "Content-Type: text/plain\\n\\nfine"');
    const response = await gateway.ask(request("GET", "/x.sh") + request("GET", "/ok.sh", ["Connection: close"]));
    expect(response).toMatch(/^HTTP\/1\.1 50[02] /);
    expect(response).toMatch(/\r\nfine\r\n0\r\n\r\n$/);
  });

  test("C50, C64: CR LF and LF mixed, a body with NUL and every byte, unmodified", async () => {
    await using gateway = await startGateway();
    gateway.file(
      "body.bin",
      Uint8Array.from({ length: 256 }, (_, i) => i),
    );
    gateway.script("x.sh", 'printf "Content-Type: application/octet-stream\\r\\nX-A: b\\n\\r\\n"; cat body.bin');
    const response = await gateway.ask(request("GET", "/x.sh").replace("1.1", "1.0"));
    expect(headOf(response)).toContain("Connection: close");
    expect(bodyOf(response)).toBe(String.fromCharCode(...Array.from({ length: 256 }, (_, i) => i)));
    const trace = await gateway.trace();
    expect(trace.response?.framing).toBe("close");
    expect(latin1(trace.response?.body.read(0, 1000) ?? new Uint8Array())).toBe(bodyOf(response));
  });

  test("C67: the head and each piece of the body go out when the script flushes them", async () => {
    await using gateway = await startGateway();
    gateway.script(
      "sse.sh",
      'printf "Content-Type: text/event-stream\\nX-Name: M\\374ller\\n\\n"; while [ ! -e go ]; do sleep 0.02; done; printf "data: 1\\n\\n"; while [ ! -e on ]; do sleep 0.02; done; printf "data: 2\\n\\n"',
    );
    const client = await gateway.connect();
    client.send(request("GET", "/sse.sh", ["Connection: close"]));
    expect(await client.until("\r\n\r\n")).toContain("X-Name: M\xfcller\r\n");
    gateway.file("go", "");
    await client.until("data: 1");
    gateway.file("on", "");
    expect(await client.rest()).toContain("data: 2\n\n\r\n0\r\n\r\n");
  });

  test("C61, C62, C63: what concerns the connection, Date, Server and X-CGI- fields stay behind, with a reason", async () => {
    await using gateway = await startGateway();
    gateway.script(
      "x.sh",
      'printf "Content-Type: text/plain\\nTransfer-Encoding: chunked\\nConnection: keep-alive\\nDate: never\\nServer: me\\nX-CGI-Hint: y\\nUpgrade: h2c\\n\\nx"',
    );
    const head = headOf(await gateway.get("/x.sh"));
    expect(head.match(/^(?:Transfer-Encoding|Connection|Date|Server|Upgrade|X-CGI-Hint):/gim)).toHaveLength(4);
    expect(head).toContain("\r\nConnection: close");
    const trace = await gateway.trace();
    expect(trace.response?.dropped.map(([name]) => name)).toEqual(["Transfer-Encoding", "Connection", "Date", "Server", "X-CGI-Hint", "Upgrade"]);
  });

  test("C65: a body longer than its Content-Length is cut there, and the connection goes on", async () => {
    await using gateway = await startGateway();
    gateway.script("long.sh", 'printf "Content-Type: text/plain\\nContent-Length: 3\\n\\nabcde"; sleep 0.05; printf fgh');
    gateway.script("ok.sh", 'printf "Content-Type: text/plain\\n\\nfine"');
    const response = await gateway.ask(request("GET", "/long.sh") + request("GET", "/ok.sh", ["Connection: close"]));
    expect(response).toMatch(/\r\n\r\nabcHTTP\/1\.1 200 OK\r\n/);
    const [long] = await gateway.ended(2);
    expect([long?.stdout?.bytes, long?.response?.body.bytes, long?.outcome]).toEqual([
      8 + headerBytes("Content-Type: text/plain\nContent-Length: 3\n\n"),
      3,
      "ok",
    ]);
  });

  test("C65: a body shorter than its Content-Length ends the connection", async () => {
    await using gateway = await startGateway();
    gateway.script("short.sh", 'printf "Content-Type: text/plain\\nContent-Length: 10\\n\\nabcde"');
    const response = await gateway.ask(request("GET", "/short.sh"));
    expect(bodyOf(response)).toBe("abcde");
    expect(await gateway.trace()).toMatchObject({ outcome: "invalid-output", detail: expect.stringContaining("5 bytes more") });
  });

  test("C68: an exit code other than 0 after a good head is in the trace, and the response stands", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", 'printf "Content-Type: text/plain\\n\\nhalf"; echo oops >&2; exit 3');
    gateway.script("y.sh", 'printf "Content-Type: text/plain\\n\\nhalf"; kill -SEGV $$');
    expect(await gateway.get("/x.sh")).toMatch(/^HTTP\/1\.1 200 OK.*half/s);
    expect(await gateway.get("/y.sh")).toMatch(/^HTTP\/1\.1 200 OK.*half/s);
    const [coded, killed] = await gateway.ended(2);
    expect(coded).toMatchObject({ outcome: "crashed", process: { exitCode: 3 }, findings: [{ rule: "ended-badly" }] });
    expect(latin1(coded?.stderr?.read(0, 100) ?? new Uint8Array())).toBe("oops\n");
    expect(killed).toMatchObject({ outcome: "crashed", process: { exitCode: null, signal: "SIGSEGV" } });
  });

  test("C70: stderr beyond a pipe's size does not block stdout, and none of it is in the response", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", 'head -c 300000 /dev/zero | tr "\\0" e >&2; printf "Content-Type: text/plain\\n\\ndone"');
    expect(bodyOf(await gateway.get("/x.sh"))).toBe("4\r\ndone\r\n0\r\n\r\n");
    expect((await gateway.trace()).stderr?.bytes).toBe(300_000);
  });
});

describe("responses without a body", () => {
  test("C34: HEAD gets the head of what the script says, and the connection goes on", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", 'printf "Content-Type: text/plain\\nContent-Length: 5\\n\\nhello"');
    const response = await gateway.ask(request("HEAD", "/x.sh") + request("GET", "/x.sh", ["Connection: close"]));
    expect(response).toMatch(/^HTTP\/1\.1 200 OK\r\n(?:[^\r]+\r\n)+\r\nHTTP\/1\.1 200 OK\r\n(?:[^\r]+\r\n)+\r\nhello$/);
    const [head] = await gateway.ended(2);
    expect(head).toMatchObject({ outcome: "ok", response: { framing: "none" } });
    expect([head?.stdout?.bytes, head?.response?.body.bytes]).toEqual([headerBytes("Content-Type: text/plain\nContent-Length: 5\n\nhello"), 0]);
  });

  test.each([204, 304])("C57: %d has no body, whatever the script writes", async (status) => {
    await using gateway = await startGateway();
    gateway.script("x.sh", `printf "Status: ${status} X\\nContent-Type: text/plain\\n\\nbody"`);
    gateway.script("ok.sh", 'printf "Content-Type: text/plain\\n\\nfine"');
    const response = await gateway.ask(request("GET", "/x.sh") + request("GET", "/ok.sh", ["Connection: close"]));
    expect(response).toMatch(new RegExp(`^HTTP/1\\.1 ${status} X\\r\\n(?:[^\\r]+\\r\\n)+\\r\\nHTTP/1\\.1 200 OK`));
    expect((await gateway.ended(2))[0]).toMatchObject({ outcome: "ok", response: { status, framing: "none" } });
  });

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

describe("redirects (RFC 3875 §6.2.2 to §6.2.4)", () => {
  test("C55: an absolute Location alone becomes 302 Found", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", 'printf "Location: http://example.org/a?b#c\\n\\n"');
    expect(headOf(await gateway.get("/x.sh"))).toMatch(/^HTTP\/1\.1 302 Found\r\nLocation: http:\/\/example\.org\/a\?b#c\r\n/);
    expect(await gateway.trace()).toMatchObject({ outcome: "ok", script: { kind: "client-redirect" } });
  });

  test("C56: Location with Status and a document goes to the client as it is, a path too", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", 'printf "Status: 301 Moved\\nLocation: /y\\nContent-Type: text/plain\\n\\nthere"');
    const response = await gateway.get("/x.sh");
    expect(headOf(response)).toMatch(/^HTTP\/1\.1 301 Moved\r\nLocation: \/y\r\n/);
    expect(bodyOf(response)).toContain("there");
    expect(await gateway.trace()).toMatchObject({ script: { kind: "client-redirect-document" } });
  });

  test("C54: a path alone is served in the response's place: GET, without the body, one trace per run", async () => {
    await using gateway = await startGateway();
    gateway.script("a.sh", 'cat >/dev/null; printf "Location: /b.sh/in?q=1\\n\\n"');
    gateway.script("b.sh", 'printf "Content-Type: text/plain\\n\\n$REQUEST_METHOD $PATH_INFO $QUERY_STRING $CONTENT_LENGTH- $CONTENT_TYPE- $HTTP_X_KEPT"');
    const response = await gateway.ask(request("POST", "/a.sh", ["Connection: close", "Content-Type: text/x", "X-Kept: yes", "Content-Length: 3"], "abc"));
    expect(bodyOf(response)).toContain("GET /in q=1 - - yes");
    const [first, second] = await gateway.ended(2);
    expect(first).toMatchObject({ outcome: "ok", parent: null, request: { method: "POST" }, script: { kind: "local-redirect" }, response: { status: 200 } });
    expect(second).toMatchObject({
      outcome: "ok",
      parent: { id: first?.id, kind: "local-redirect" },
      request: { method: "GET", target: "/b.sh/in?q=1" },
      script: { kind: "document" },
      response: null,
    });
    expect(second?.connection).toEqual(first?.connection);
  });

  test("C54: to a static file, and to nothing", async () => {
    await using gateway = await startGateway();
    gateway.file("page.txt", "static");
    gateway.script("a.sh", 'printf "Location: /page.txt\\n\\n"');
    gateway.script("b.sh", 'printf "Location: /nowhere\\n\\n"');
    expect(bodyOf(await gateway.get("/a.sh"))).toBe("static");
    expect(await gateway.get("/b.sh")).toMatch(/^HTTP\/1\.1 404 /);
    const traces = await gateway.ended(2);
    expect(traces.map(({ route, response }) => [route.kind, response?.status])).toEqual([
      ["script", 200],
      ["script", 404],
    ]);
  });

  test("C54: HEAD through a local redirect has no body", async () => {
    await using gateway = await startGateway();
    gateway.file("page.txt", "static");
    gateway.script("a.sh", 'printf "Location: /page.txt\\n\\n"');
    expect(await gateway.ask(request("HEAD", "/a.sh", ["Connection: close"]))).toMatch(/^HTTP\/1\.1 200 OK\r\n.*Content-Length: 6\r\n.*\r\n\r\n$/s);
  });

  test("C54: a loop ends after ten redirects", async () => {
    await using gateway = await startGateway();
    gateway.script("a.sh", 'printf "Location: /a.sh\\n\\n"');
    expect(await gateway.get("/a.sh")).toMatch(/^HTTP\/1\.1 500 .*loop/s);
    const traces = await gateway.ended(11);
    expect(traces).toHaveLength(11);
    expect(traces[0]).toMatchObject({ outcome: "invalid-output", response: { status: 500 } });
    expect(new Set(traces.slice(1).map(({ parent }) => parent?.id))).toEqual(new Set([traces[0]?.id]));
  });
});

describe("output that is no response", () => {
  test.each([
    ["nothing", "true", "invalid-output", "wrote nothing"],
    ["nothing, with exit code 2", "exit 2", "crashed", "exit code 2"],
    ["no empty line", 'printf "Content-Type: text/plain\\n"', "invalid-output", "not a CGI response"],
    ["the body first", 'echo "<html>hello"', "invalid-output", "not a CGI response"],
    ["no CGI field", 'printf "X-A: b\\n\\nbody"', "invalid-output", "not a CGI response"],
    ["a status that is none", 'printf "Status: abc\\nContent-Type: text/plain\\n\\n"', "invalid-output", "not a CGI response"],
    ["a head without end", "head -c 200000 /dev/zero | tr '\\0' a", "invalid-output", "not a CGI response"],
  ])("C51: %s is a 500 that says why", async (_name, code, outcome, words) => {
    await using gateway = await startGateway();
    gateway.script("x.sh", code);
    gateway.script("ok.sh", 'printf "Content-Type: text/plain\\n\\nfine"');
    const response = await gateway.ask(request("GET", "/x.sh") + request("GET", "/ok.sh", ["Connection: close"]));
    expect(response).toMatch(/^HTTP\/1\.1 500 Internal Server Error\r\nContent-Type: text\/html/);
    expect(response).toContain("Trace #1 ");
    expect(response).toMatch(/fine\r\n0\r\n\r\n$/);
    const [trace] = await gateway.ended(2);
    expect(trace).toMatchObject({
      outcome,
      detail: expect.stringContaining(words),
      response: { status: 500, framing: "length" },
      findings: [{ severity: "error" }],
    });
  });

  test.skipIf(!program("python3"))("a Python traceback is in stderr, and the page says how it ended", async () => {
    await using gateway = await startGateway();
    gateway.script("x.py", "#!/usr/bin/env python3\nprint('Content-Type: text/plain')\nraise ValueError('no')\n");
    expect(await gateway.get("/x.py")).toMatch(/^HTTP\/1\.1 500 .*exit code 1/s);
    const trace = await gateway.trace();
    expect(latin1(trace.stderr?.read(0, 5000) ?? new Uint8Array())).toContain("ValueError: no");
    expect(trace).toMatchObject({ outcome: "crashed", findings: [{ line: 3 }] });
  });

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

describe("NPH (RFC 3875 §5)", () => {
  test("C66: bytes go out unmodified, after the answers before it, and the connection closes", async () => {
    await using gateway = await startGateway();
    gateway.script("slow.sh", 'sleep 0.1; printf "Content-Type: text/plain\\n\\nslow"');
    gateway.script("nph-x.sh", 'printf "HTTP/1.0 299 Mine\\r\\nX-Raw: \\374\\r\\n\\r\\nraw"');
    const response = await gateway.ask(request("GET", "/slow.sh") + request("GET", "/nph-x.sh") + request("GET", "/slow.sh"));
    expect(response).toMatch(/slow\r\n0\r\n\r\nHTTP\/1\.0 299 Mine\r\nX-Raw: \xfc\r\n\r\nraw$/);
    const [, nph, unserved] = await gateway.ended(3);
    expect(nph).toMatchObject({
      outcome: "ok",
      script: { kind: "nph", status: 299, reason: "Mine", headers: [["X-Raw", "\xfc"]] },
      response: { status: 299, framing: "close" },
    });
    expect(latin1(nph?.response?.body.read(0, 10) ?? new Uint8Array())).toBe("raw");
    expect(unserved).toMatchObject({ outcome: "client-gone", response: null });
  });

  test("C66: interim responses and own chunks pass", async () => {
    await using gateway = await startGateway();
    const wire = "HTTP/1.1 102 Processing\\r\\n\\r\\nHTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n2\\r\\nok\\r\\n0\\r\\n\\r\\n";
    gateway.script("nph-x.sh", `printf "${wire}"`);
    expect(await gateway.get("/nph-x.sh")).toBe(wire.replaceAll("\\r\\n", "\r\n"));
    expect(await gateway.trace()).toMatchObject({ outcome: "ok", response: { status: 200, interim: [102] } });
  });

  test("one that writes nothing gets a page", async () => {
    await using gateway = await startGateway();
    gateway.script("nph-x.sh", "exit 1");
    expect(await gateway.get("/nph-x.sh")).toMatch(/^HTTP\/1\.1 500 /);
    expect(await gateway.trace()).toMatchObject({ outcome: "crashed" });
  });
});

describe("static files", () => {
  test("are sent with type and length, HEAD without the body, other methods refused", async () => {
    await using gateway = await startGateway();
    gateway.file("page.html", "<p>hi");
    const response = await gateway.ask(request("GET", "/page.html") + request("HEAD", "/page.html") + request("DELETE", "/page.html", ["Connection: close"]));
    expect(response).toMatch(
      /^HTTP\/1\.1 200 OK\r\nContent-Type: text\/html.*Content-Length: 5\r\n.*\r\n\r\n<p>hiHTTP\/1\.1 200 OK\r\n.*Content-Length: 5\r\n.*\r\n\r\nHTTP\/1\.1 405 /s,
    );
    const traces = await gateway.ended(3);
    expect(traces.map(({ route, outcome, response: sent }) => [route.kind, outcome, sent?.status, sent?.body.bytes])).toEqual([
      ["static", "ok", 200, 5],
      ["static", "ok", 200, 0],
      ["static", "ok", 405, expect.any(Number)],
    ]);
  });

  test("a folder without its slash is redirected, a missing file is 404", async () => {
    await using gateway = await startGateway();
    gateway.file("docs/index.html", "index");
    expect(await gateway.get("/docs")).toMatch(/^HTTP\/1\.1 301 Moved Permanently\r\n.*Location: \/docs\/\r\n/s);
    expect(bodyOf(await gateway.get("/docs/"))).toBe("index");
    expect(await gateway.get("/nowhere")).toMatch(/^HTTP\/1\.1 404 Not Found\r\n/);
    expect((await gateway.ended(3)).map(({ outcome }) => outcome)).toEqual(["ok", "ok", "ok"]);
  });
});

function headerBytes(text: string): number {
  return text.length;
}
