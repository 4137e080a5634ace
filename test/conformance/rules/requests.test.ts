// Requests beyond single rules: claims, limits, pipelines, and the responses to requests that cannot be served (RFC
// 9112). Each test looks at the bytes on the socket and at the trace.
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { sendRequest } from "../../../server/client/send-request.js";
import { byteString } from "../../../server/protocol/byte-string.js";
import type { TraceRecord } from "../../../server/trace/trace-record.js";
import { coded } from "../../support/coded.js";
import { bodyOf, headOf, request, startGateway } from "../../support/gateway.js";
import { malformedRequests } from "../../support/requests/cases.js";
import { sendAlone } from "../../support/send-alone.js";
import { waitFor } from "../../support/wait-for.js";

const echo = 'printf "Content-Type: text/plain\\n\\n"; ';
const variable = (trace: TraceRecord | undefined, name: string) => trace?.env?.find((one) => one.name === name);

const close = "Connection: close";

test("what fails as a response is read is the failure of its request alone", async () => {
  await using gateway = await startGateway();
  gateway.script("x.sh", `${echo}echo x`);
  const to = { host: "127.0.0.1", port: gateway.port, overrides: gateway.overrides, stop: () => {} };
  const get = { method: byteString("GET"), target: byteString("/x.sh"), headers: [], body: null };
  const decisions = { from: "cli", mode: null, variables: new Map(), parent: null } as const;
  const onResponse = (): never => {
    throw new RangeError("not this");
  };
  await expect(sendRequest(to, get, decisions, { onResponse })).rejects.toThrow("not this");
  expect((await sendRequest(to, get, decisions)).response?.status).toBe(200);
});

describe("claims", () => {
  test("what the sender claims for its port comes in past the headers", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", `${echo}echo "$APP_ENV"`);
    const client = await gateway.connect();
    const told: TraceRecord[] = [];
    const variables = new Map([[byteString("APP_ENV"), byteString("test")]]);
    gateway.overrides.register(client.socket, {
      from: "composer",
      mode: null,
      variables,
      parent: null,
      onTrace: (trace) => told.push(trace),
    });
    client.send(request("GET", "/x.sh", ["Connection: close"]));
    expect(bodyOf(await client.rest())).toContain("test\n");
    const trace = await gateway.trace();
    expect([trace.client.from, variable(trace, "APP_ENV")?.source, told.map(({ id }) => id)]).toEqual([
      "composer",
      "composer",
      [trace.id],
    ]);
  });

  test("the same port at another local address has no part in a claim (B13)", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", `${echo}echo "<$REMOTE_USER>"`);
    const client = await gateway.connect();
    const { localPort } = client.socket;
    gateway.overrides.register(client.socket, {
      from: "composer",
      mode: null,
      variables: new Map([[byteString("REMOTE_USER"), byteString("admin")]]),
      parent: null,
      onTrace: () => {},
    });
    const other = connect({ port: gateway.port, host: "127.0.0.1", localAddress: "127.0.0.77", localPort });
    other.end("POST /x.sh HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    expect(await text(other)).toMatch(/^HTTP\/1\.1 421 /);
    client.send(request("GET", "/x.sh", [close]));
    expect(bodyOf(await client.rest())).toContain("<admin>");
  });
});

describe("request bodies (RFC 3875 §4.2)", () => {
  test("a body beyond the limit is 413, chunked or not, also while it is still being sent", async () => {
    await using gateway = await startGateway({ config: { limits: { requestBodyBytes: 1000 } } });
    gateway.script("x.sh", `${echo}cat`);
    expect(await gateway.ask(request("POST", "/x.sh", ["Content-Length: 2000000"], "x".repeat(2_000_000)))).toMatch(
      /^HTTP\/1\.1 413 /,
    );
    expect(
      await gateway.ask(request("POST", "/x.sh", ["Transfer-Encoding: chunked"], `1000\r\n${"x".repeat(4096)}\r\n`)),
    ).toMatch(/^HTTP\/1\.1 413 /);
    expect((await gateway.ended(2)).map(({ outcome, process }) => [outcome, process])).toEqual([
      ["bad-request", null],
      ["bad-request", null],
    ]);
  });

  test("a body that turns out malformed is 400, and its script does not run on", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", `cat >/dev/null; ${echo}`);
    const client = await gateway.connect();
    client.send(request("POST", "/x.sh", ["Transfer-Encoding: chunked"], "3\r\nabc\r\n"));
    client.send("zz\r\n");
    expect(await client.rest()).toMatch(/^HTTP\/1\.1 400 /);
    expect(await gateway.trace()).toMatchObject({ outcome: "bad-request", cause: coded("chunk-size-invalid") });
  });
});

describe("one exchange at a time per connection", () => {
  test("pipelined requests are answered in order, each with its own head", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", `sleep "0.$QUERY_STRING"; ${echo}printf "<$QUERY_STRING>"; cat`);
    const pipeline =
      request("POST", "/x.sh?1", ["Transfer-Encoding: chunked"], "3\r\nabc\r\n0\r\n\r\n") +
      request("POST", "/x.sh?0", ["Content-Length: 5"], "12345") +
      request("GET", "/x.sh?05", ["Connection: close"]);
    const response = await gateway.ask(pipeline);
    expect(response.match(/<\d+>/g)).toEqual(["<1>", "<0>", "<05>"]);
    const traces = await gateway.ended(3);
    expect(traces.map(({ request: { head } }) => head).join("")).toBe(
      pipeline.replace("3\r\nabc\r\n0\r\n\r\n", "").replace("12345", ""),
    );
    expect(traces.map(({ connection }) => connection.nth)).toEqual([1, 2, 3]);
    for (const [one, two] of [
      [traces[0], traces[1]],
      [traces[1], traces[2]],
    ] as const)
      expect((two?.t0Ms ?? 0) + (two?.timing.spawnedAt ?? 0)).toBeGreaterThan(
        (one?.t0Ms ?? 0) + (one?.timing.lastByteAt ?? 0),
      );
  });

  test("what was pipelined behind a response that ends the connection is not run, and told", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", `echo ran >> "$DOCUMENT_ROOT/ran"; ${echo}echo once`);
    const old = request("GET", "/x.sh", ["Connection: keep-alive"]).replace("HTTP/1.1", "HTTP/1.0");
    expect(bodyOf(await gateway.ask(old + request("GET", "/x.sh")))).toBe("once\n");
    expect(
      (await gateway.ended(2)).map(({ outcome, process, connection }) => [outcome, process !== null, connection.nth]),
    ).toEqual([
      ["ok", true, 1],
      ["client-gone", false, 2],
    ]);
    expect(gateway.folder.read("ran")).toBe("ran\n");
  });

  test("a pipelined upload that is still arriving when its turn comes", async () => {
    await using gateway = await startGateway();
    gateway.script("slow.sh", `sleep 0.2; ${echo}`);
    gateway.script("count.sh", `${echo}wc -c`);
    const size = 2_000_000;
    const response = await gateway.ask(
      request("GET", "/slow.sh") +
        request("POST", "/count.sh", ["Connection: close", `Content-Length: ${size}`], "x".repeat(size)),
    );
    expect(response).toContain(`${size}\n`);
  });

  test("a head that comes in pieces is recorded whole, from its first byte", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", echo);
    const client = await gateway.connect();
    const pieces = ["GET /x.sh HTTP/1.1\r\nHo", "st:   localhost  \r\nconnection: close\r", "\n\r\n"];
    const sentAt: number[] = [];
    for (const piece of pieces) {
      sentAt.push(performance.now());
      await sendAlone(client, piece);
    }
    await client.rest();
    const trace = await gateway.trace();
    const [, second = 0, third = 0] = sentAt;
    expect(trace.request.head).toBe(pieces.join(""));
    expect(trace.t0Ms).toBeLessThan(second);
    expect(trace.t0Ms + (trace.timing.headAt ?? 0)).toBeGreaterThan(third);
  });

  test("an HTTP/1.0 client that half-closes gets its answer", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", `sleep 0.6; ${echo}late`.replace("late", "echo late"));
    const client = await gateway.connect();
    client.socket.end("GET /x.sh HTTP/1.0\r\n\r\n");
    expect(await client.rest()).toMatch(/^HTTP\/1\.1 200 OK\r\n.*late\n$/s);
    expect((await gateway.trace()).outcome).toBe("ok");
  });
});

describe("a client that sends all it has and ends its side", () => {
  const post = (length: number, body: string) => request("POST", "/x.sh", [`Content-Length: ${length}`], body);

  test("is answered although its body waits with it for a place", async () => {
    await using gateway = await startGateway({ config: { limits: { concurrency: 1 } } });
    gateway.script("slow.sh", `sleep 0.5; ${echo}`);
    gateway.script("x.sh", `${echo}printf "<%s>" "$(cat)"`);
    const slow = gateway.get("/slow.sh");
    const clients = await Promise.all([gateway.connect(), gateway.connect()]);
    for (const client of clients) client.socket.end(post(5, "hello") + post(5, "world"));
    for (const client of clients) expect((await client.rest()).match(/<\w+>/g)).toEqual(["<hello>", "<world>"]);
    await slow;
  });

  test("is answered although its script read nothing, and so is what it sent behind", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", `exec 0<&-; ${echo}echo done`);
    const client = await gateway.connect();
    client.socket.end(post(5, "hello") + post(5, "world"));
    expect((await client.rest()).match(/done\n/g)).toHaveLength(2);
  });

  test("sees the connection close behind a body that is cut, which nobody read", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", `exec 0<&-; ${echo}`);
    const client = await gateway.connect();
    client.send(request("POST", "/x.sh", ["Content-Length: 100"], "x"));
    await waitFor("the response", () => gateway.endedSoFar === 1);
    client.socket.end();
    expect(await client.rest(5000)).toMatch(/^HTTP\/1\.1 200 /);
  });

  test("is told at once that the head behind its request is incomplete", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", `sleep 0.2; ${echo}`);
    const client = await gateway.connect();
    client.socket.end(`${request("GET", "/x.sh")}GET /x.sh HTTP/1.1\r\nHost:`);
    expect(await client.rest(5000)).toMatch(/^HTTP\/1\.1 200 .*HTTP\/1\.1 400 /s);
    expect((await gateway.ended(2)).at(-1)).toMatchObject({ cause: coded("head-incomplete") });
  });
});

describe("what other servers take is taken", () => {
  const fields = '; printf "%s|" "$REQUEST_METHOD" "$QUERY_STRING" "$HTTP_A"';
  const answered = async (bytes: string) => {
    await using gateway = await startGateway();
    gateway.script("x.sh", `${echo}true${fields}`);
    const response = await gateway.ask(Buffer.from(bytes, "latin1"));
    expect(headOf(response)).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect((await gateway.trace()).outcome).toBe("ok");
    return Buffer.from(/[^\r\n]*\|/.exec(bodyOf(response))?.[0] ?? "", "latin1").toString("latin1");
  };

  test("raw bytes in the target, UTF-8 and Latin-1: QUERY_STRING has them as they came", async () => {
    for (const name of ["J\xc3\xbcrgen", "J\xfcrgen"])
      expect(await answered(request("GET", `/x.sh?name=${name}`, [close]))).toBe(`GET|name=${name}||`);
  });

  test.each(["FOO", "QUERY", "M.x_y~1", "get"])("the method %s: C12", async (method) => {
    expect(await answered(request(method, "/x.sh", [close]))).toBe(`${method}|||`);
  });

  test("folded headers are joined with a space: C19", async () => {
    expect(await answered(request("GET", "/x.sh", [close, "A: b", "\t c", " d"]))).toBe("GET||b c d|");
  });

  test("lines that end in LF alone (RFC 9112 §2.2)", async () => {
    expect(await answered("GET /x.sh HTTP/1.1\nHost: localhost\nConnection: close\nA: b\n\n")).toBe("GET||b|");
  });
});

describe("requests that cannot be served become traces", () => {
  test.each(malformedRequests)("%s", async (_name, bytes, status, code, range) => {
    await using gateway = await startGateway();
    const response = await gateway.ask(Buffer.from(bytes, "latin1"));
    expect(response).toMatch(new RegExp(`^HTTP/1\\.1 ${status} .*Connection: close\\r\\n.*</html>\\n$`, "s"));
    expect(Number(/Content-Length: (\d+)/.exec(response)?.[1])).toBe(bodyOf(response).length);
    const trace = await gateway.trace();
    expect(trace).toMatchObject({ outcome: "bad-request", cause: { code }, response: { status }, process: null });
    if (range) expect(trace.cause?.data).toEqual({ from: range[0], to: range[1] });
    expect(trace.request.head.length).toBeGreaterThan(0);
    expect(bytes.startsWith(trace.request.head)).toBe(true);
  });

  test.each([
    ["folded headers", "foldedRequestHeader", request("GET", "/x.sh", ["A: b", " c"]), "header-folded"],
    ["lines that end in LF alone", "bareLineFeed", "GET /x.sh HTTP/1.1\nHost: localhost\n\n", "line-feed-alone"],
  ])("%s, where the policy refuses them", async (_name, choice, bytes, code) => {
    await using gateway = await startGateway({ config: { policy: { [choice]: "reject" } } });
    expect(await gateway.ask(bytes)).toMatch(/^HTTP\/1\.1 400 /);
    expect(await gateway.trace()).toMatchObject({ outcome: "bad-request", cause: { code } });
  });

  test("garbage after a request: its answer first", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", `sleep 0.1; ${echo}echo slow`);
    expect(await gateway.ask(`${request("GET", "/x.sh")}garbage\r\n\r\n`)).toMatch(
      /slow\n\r\n0\r\n\r\nHTTP\/1\.1 (?:400|501) /,
    );
    expect((await gateway.ended(2)).map(({ outcome, request: { head } }) => [outcome, head.slice(0, 7)])).toEqual([
      ["ok", "GET /x."],
      ["bad-request", "garbage"],
    ]);
  });

  test("a client that leaves in the middle of its head", async () => {
    await using gateway = await startGateway();
    const client = await gateway.connect();
    await sendAlone(client, "GET /x HTTP/1.1\r\nHost: loc");
    client.socket.resetAndDestroy();
    expect(await gateway.trace()).toMatchObject({
      outcome: "client-gone",
      request: { head: "GET /x HTTP/1.1\r\nHost: loc", method: "GET", target: "/x" },
      response: null,
    });
  });

  test("a client that resets the connection after CONNECT", async () => {
    await using gateway = await startGateway();
    const client = await gateway.connect();
    client.send("CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n");
    client.socket.resetAndDestroy();
    expect((await gateway.trace()).request.method).toBe("CONNECT");
    expect(await gateway.get("/nowhere")).toMatch(/^HTTP\/1\.1 404 /);
  });

  test("a connection without a byte is no request", async () => {
    await using gateway = await startGateway();
    const client = await gateway.connect();
    client.socket.end();
    await client.rest();
    await gateway.get("/nowhere");
    expect((await gateway.trace()).request.target).toBe("/nowhere");
  });

  test("OPTIONS *, an absolute target, Upgrade and an unknown Expect are plain requests", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", `${echo}echo "$SERVER_NAME$PATH_INFO"`);
    expect(await gateway.get("http://localhost:1/x.sh/y")).toContain("localhost/y\n");
    expect(
      await gateway.ask(request("GET", "/x.sh", ["Expect: tea", "Connection: upgrade, close", "Upgrade: h2c"])),
    ).toMatch(/^HTTP\/1\.1 200 /);
    expect(await gateway.ask(request("OPTIONS", "*", ["Connection: close"]))).toMatch(/^HTTP\/1\.1 \d{3} /);
    expect(await gateway.ended(3)).toHaveLength(3);
  });
});

describe("who may ask", () => {
  test("a Host that is neither loopback nor configured is 421: DNS rebinding", async () => {
    await using gateway = await startGateway({ config: { server: { hosts: ["shop.test"] } } });
    gateway.script("x.sh", echo);
    const withHost = (host: string) => gateway.ask(`GET /x.sh HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    const statuses = [];
    for (const host of [
      "localhost",
      "a.localhost:8080",
      "127.0.0.1",
      "[::1]:80",
      "SHOP.test:99",
      "evil.example",
      "127.0.0.1.evil.example",
    ])
      statuses.push(Number(/^HTTP\/1\.1 (\d+)/.exec(await withHost(host))?.[1]));
    expect(statuses).toEqual([200, 200, 200, 200, 200, 421, 421]);
    expect((await gateway.ended(7)).at(-1)).toMatchObject({ outcome: "bad-request", process: null });
  });

  test("an unsafe method from a foreign Origin is 403, unless it is allowed", async () => {
    await using gateway = await startGateway({ config: { server: { allowedOrigins: ["http://friend.test"] } } });
    gateway.script("x.sh", echo);
    const from = async (origin: string, method = "POST", ...more: string[]) =>
      Number(
        /^HTTP\/1\.1 (\d+)/.exec(
          await gateway.ask(
            request(method, "/x.sh", ["Connection: close", "Content-Length: 0", `Origin: ${origin}`, ...more]),
          ),
        )?.[1],
      );
    expect(await from("http://evil.example")).toBe(403);
    expect(await from("null")).toBe(403);
    expect(await from("http://localhost:1")).toBe(403);
    expect(await from("http://evil.example", "GET")).toBe(200);
    expect(await from("http://friend.test")).toBe(200);
    expect(await from(`http://127.0.0.1:${gateway.port}`)).toBe(200);
    expect(await from("null", "POST", "Sec-Fetch-Site: same-origin")).toBe(200);
    expect(headOf(await gateway.ask(request("DELETE", "/x.sh", ["Connection: close"])))).toMatch(/ 200 /);
  });

  test("what a foreign page fetches in the background is 403, a link that is followed is not (R2, R14)", async () => {
    await using gateway = await startGateway({ config: { server: { allowedOrigins: ["http://friend.test"] } } });
    gateway.script("x.sh", `touch "$DOCUMENT_ROOT/ran"; ${echo}`);
    gateway.file("secret.js", "window.secret = 1");
    const status = async (target: string, headers: readonly string[], method = "GET") =>
      Number(/^HTTP\/1\.1 (\d+)/.exec(await gateway.ask(request(method, target, [close, ...headers])))?.[1]);
    const foreign = ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors"];
    expect(await status("/x.sh", foreign)).toBe(403);
    expect(await status("/x.sh", [...foreign, "Referer: http://evil.example/page"])).toBe(403);
    expect(await status("/secret.js", foreign)).toBe(403);
    const preflight = ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: cors", "Origin: http://evil.example"];
    expect(await status("/x.sh", preflight, "OPTIONS")).toBe(403);
    const framed = ["iframe", "frame", "object", "embed"];
    for (const destination of framed)
      expect(
        await status("/x.sh", [
          ...["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", `Sec-Fetch-Dest: ${destination}`],
          "Referer: http://evil.example/page",
        ]),
      ).toBe(403);
    expect(() => gateway.folder.read("ran")).toThrow("ENOENT");
    expect((await gateway.ended(4 + framed.length)).slice(0, 4).map(({ cause }) => cause)).toEqual([
      coded("foreign-site"),
      coded("foreign-origin", { origin: "http://evil.example" }),
      coded("foreign-site"),
      coded("foreign-origin", { origin: "http://evil.example" }),
    ]);
    const followed = ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate"];
    expect(await status("/x.sh", followed)).toBe(200);
    expect(await status("/x.sh", [...followed, "Sec-Fetch-Dest: document"])).toBe(200);
    expect(await status("/x.sh", ["Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: no-cors"])).toBe(200);
    expect(await status("/x.sh", [...foreign, "Referer: http://friend.test/page"])).toBe(200);
    expect(await status("/x.sh", [...foreign, `Origin: http://localhost:${gateway.port}`])).toBe(200);
  });

  test("what a browser fetches before the user goes there is 403, unless a page of this server asks for it", async () => {
    await using gateway = await startGateway({ config: { server: { allowedOrigins: ["http://friend.test"] } } });
    gateway.script("x.sh", `touch "$DOCUMENT_ROOT/ran"; ${echo}`);
    const navigation = ["Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document", "Sec-Fetch-Site: none"];
    const status = async (headers: readonly string[]) =>
      Number(/^HTTP\/1\.1 (\d+)/.exec(await gateway.ask(request("GET", "/x.sh", [close, ...headers])))?.[1]);
    // as Chromium sends it for <script type="speculationrules"> of a page of another site
    const prefetch = [...navigation, "Sec-Purpose: prefetch"];
    expect(await status([...prefetch, "Referer: http://evil.example/"])).toBe(403);
    expect(await status([...navigation, "Sec-Purpose: prefetch;prerender"])).toBe(403);
    expect(() => gateway.folder.read("ran")).toThrow("ENOENT");
    expect((await gateway.ended(2)).map(({ cause }) => cause)).toEqual([
      coded("foreign-origin", { origin: "http://evil.example" }),
      coded("prefetched"),
    ]);
    expect(await status(navigation)).toBe(200);
    expect(await status([...prefetch, "Referer: http://friend.test/"])).toBe(200);
    const own = ["Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document", "Sec-Fetch-Site: same-origin"];
    expect(await status([...own, "Sec-Purpose: prefetch"])).toBe(200);
  });

  test.each([
    [{}, 403],
    [{ serviceWorkers: true }, 200],
  ])("a service worker's script, with %j: %i (B5)", async (server, status) => {
    await using gateway = await startGateway({ config: { server } });
    gateway.file("sw.js", "onfetch = (event) => event.respondWith(new Response('forged'))");
    expect(await gateway.get("/sw.js", "Service-Worker: script")).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(await gateway.get("/sw.js")).toMatch(/^HTTP\/1\.1 200 /);
  });
});
