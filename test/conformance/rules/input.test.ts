// The body on its way to the script, and methods: RFC 3875 §4.2, §4.3.3, §3.4.
import { createHash } from "node:crypto";
import type { Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { coded } from "../../support/coded.js";
import { bodyOf, request, startGateway } from "../../support/gateway.js";
import { ask, seenScript, variableOf } from "../../support/seen.js";
import { program } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

const close = "Connection: close";
const echo = 'printf "Content-Type: text/plain\\n\\n"; ';
const latin1 = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString("latin1");
const md5 = (text: string): string => createHash("md5").update(text, "latin1").digest("hex");

describe("C30: the body is on stdin, whole, and then comes its end", () => {
  test("C30: every byte, NUL and invalid UTF-8 included, is on stdin and in the trace", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", seenScript);
    const body = "a\0\xff\xfe\r\n\x80z";
    const { seen, trace } = await ask(
      gateway,
      request("POST", "/x.sh", [close, `Content-Length: ${body.length}`], body),
    );
    expect(seen.stdin).toBe(body); // `cat` reads to the end: without one it would never come back
    expect([latin1(trace.request.body.read(0, 100)), latin1(trace.stdin?.read(0, 100))]).toEqual([body, body]);
    expect((await ask(gateway, request("GET", "/x.sh", [close]))).seen.stdin).toBe("");
  });

  test("C30: no byte of the next request on the connection gets there", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", `${echo}printf '<%s>' "$(cat)"`);
    const response = await gateway.ask(
      request("POST", "/x.sh", ["Content-Length: 3"], "abc") +
        request("POST", "/x.sh", [close, "Content-Length: 2"], "de"),
    );
    expect(response.match(/<\w*>/g)).toEqual(["<abc>", "<de>"]);
    expect((await gateway.ended(2)).map(({ stdin }) => stdin?.bytes)).toEqual([3, 2]);
  });

  test("C30: whole also for a script whose response is complete before it reads, and the connection goes on", async () => {
    await using gateway = await startGateway();
    gateway.script(
      "x.sh",
      'printf "Content-Type: text/plain\\nContent-Length: 3\\n\\nok\\n"; wc -c > "$DOCUMENT_ROOT/count"',
    );
    gateway.script("y.sh", `${echo}printf after`);
    const client = await gateway.connect();
    client.send(request("POST", "/x.sh", ["Content-Length: 1000000"], "y".repeat(200_000)));
    await client.until("ok\n");
    client.send("y".repeat(800_000) + request("GET", "/y.sh", [close]));
    expect(bodyOf(await client.rest())).toContain("after");
    const [first] = await gateway.ended(2);
    expect([first?.outcome, first?.stdin?.bytes, gateway.folder.read("count").trim()]).toEqual([
      "ok",
      1_000_000,
      "1000000",
    ]);
  });

  test("C30: whole also for a script whose output is no response, and the connection goes on", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", 'printf "no head\\n\\n"; wc -c > "$DOCUMENT_ROOT/count"');
    gateway.script("y.sh", `${echo}printf after`);
    const client = await gateway.connect();
    client.send(request("POST", "/x.sh", ["Content-Length: 1000000"], "y".repeat(200_000)));
    await client.until("</html>");
    client.send("y".repeat(800_000) + request("GET", "/y.sh", [close]));
    expect(bodyOf(await client.rest())).toContain("after");
    const [first] = await gateway.ended(2);
    expect([first?.outcome, first?.response?.status, gateway.folder.read("count").trim()]).toEqual([
      "invalid-output",
      500,
      "1000000",
    ]);
  });

  for (const [how, leave] of [
    ["resets the connection", (socket: Socket) => void socket.resetAndDestroy()],
    ["closes its side", (socket: Socket) => void socket.end()],
  ] as const)
    test(`C30: a script that has answered ends when the client ${how} in the middle of its body`, async () => {
      await using gateway = await startGateway();
      gateway.script("x.sh", 'printf "Content-Type: text/plain\\nContent-Length: 3\\n\\nok\\n"; cat > /dev/null');
      const client = await gateway.connect();
      client.send(request("POST", "/x.sh", ["Content-Length: 1000000"], "y".repeat(200_000)));
      await client.until("ok\n");
      leave(client.socket);
      expect(await gateway.trace()).toMatchObject({
        outcome: "client-gone",
        cause: { code: "body-incomplete" },
        process: { signal: "SIGTERM" },
      });
    });

  test.skipIf(!program("perl"))(
    "C30: a Perl script reads as many bytes as CONTENT_LENGTH says (needs perl)",
    async () => {
      await using gateway = await startGateway();
      gateway.script(
        "x.pl",
        '#!/usr/bin/env perl\nread(STDIN, my $body, $ENV{CONTENT_LENGTH});\nprint "Content-Type: text/plain\\n\\n", scalar reverse($body);\n',
      );
      expect(bodyOf(await gateway.ask(request("POST", "/x.pl", [close, "Content-Length: 5"], "hello")))).toContain(
        "olleh",
      );
      expect((await gateway.trace()).outcome).toBe("ok");
    },
  );
});

describe("C31: transfer codings are removed", () => {
  test("C31: a chunked body is decoded, CONTENT_LENGTH its true length, its trailer no variable", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", seenScript);
    const client = request(
      "POST",
      "/x.sh",
      [close, "Transfer-Encoding: chunked", "Trailer: X-Sum"],
      "3;x=y\r\nabc\r\n4\r\ndefg\r\n0\r\nX-Sum: 7\r\n\r\n",
    );
    const { seen, trace } = await ask(gateway, client);
    expect([
      seen.env["CONTENT_LENGTH"],
      seen.env["HTTP_TRANSFER_ENCODING"],
      seen.env["HTTP_X_SUM"],
      seen.stdin,
    ]).toEqual(["7", undefined, undefined, "abcdefg"]);
    expect([latin1(trace.request.body.read(0, 100)), latin1(trace.stdin?.read(0, 100)), trace.cause]).toEqual([
      "abcdefg",
      "abcdefg",
      coded("chunked-body-collected", { bytes: 7 }),
    ]);
    expect(variableOf(trace, "CONTENT_LENGTH")?.source).toBe("header:Transfer-Encoding");
    expect(trace.notExported).toContainEqual(["X-Sum", coded("trailer-field")]);
  });

  test("C31: one beyond a megabyte goes through a file without a name", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", `${echo}echo "$CONTENT_LENGTH"; md5sum`);
    const piece = "x".repeat(1 << 20);
    const body = `${(1 << 20).toString(16)}\r\n${piece}\r\n`.repeat(5);
    const response = bodyOf(
      await gateway.ask(request("POST", "/x.sh", [close, "Transfer-Encoding: chunked"], `${body}0\r\n\r\n`)),
    );
    expect(response).toContain(`${5 << 20}\n`);
    expect(response).toContain(md5(piece.repeat(5)));
    expect((await gateway.trace()).stdin?.bytes).toBe(5 << 20);
  });

  test.each([
    ["another coding", ["Transfer-Encoding: gzip, chunked"], "0\r\n\r\n", 501],
    ["a chunk whose size is none", ["Transfer-Encoding: chunked"], "zz\r\n", 400],
    ["a chunk longer than it says", ["Transfer-Encoding: chunked"], "3\r\nabcd\r\n0\r\n\r\n", 400],
    ["chunked not the last coding", ["Transfer-Encoding: chunked, gzip"], "0\r\n\r\n", 400],
    ["length and coding both", ["Content-Length: 3", "Transfer-Encoding: chunked"], "3\r\nabc\r\n0\r\n\r\n", 400],
    ["two lengths", ["Content-Length: 3", "Content-Length: 4"], "abcd", 400],
    ["a length that is none", ["Content-Length: +3"], "abc", 400],
  ])("C31: %s is refused", async (_name, headers, body, status) => {
    await using gateway = await startGateway();
    gateway.script("x.sh", `touch "$DOCUMENT_ROOT/ran"; ${echo}`);
    expect(await gateway.ask(request("POST", "/x.sh", [close, ...headers], body))).toMatch(
      new RegExp(`^HTTP/1\\.1 ${status} .*Connection: close`, "s"),
    );
    expect(await gateway.trace()).toMatchObject({ outcome: "bad-request", response: { status }, process: null });
    expect(() => gateway.folder.read("ran")).toThrow("ENOENT");
  });
});

test("C32: a script that does not read its body is fine, and the connection goes on", async () => {
  await using gateway = await startGateway();
  gateway.script("closes.sh", `exec 0<&-; ${echo}echo done`);
  gateway.script("ignores.sh", `${echo}echo done`);
  const size = 3_000_000;
  for (const target of ["/closes.sh", "/ignores.sh"]) {
    const response = await gateway.ask(
      request("POST", target, [`Content-Length: ${size}`], "x".repeat(size)) + request("GET", target, [close]),
    );
    expect(response.match(/done\n\r\n0\r\n\r\n/g)).toHaveLength(2);
  }
  expect(
    await gateway.ask(request("POST", "/ignores.sh", [close, `Content-Length: ${size}`], "x".repeat(size))),
  ).toMatch(/done\n\r\n0\r\n\r\n$/);
  expect((await gateway.ended(5)).map(({ outcome }) => outcome)).toEqual(Array(5).fill("ok"));
});

test("C33: a script that writes before it reads does not block, and starts before its body is there", async () => {
  await using gateway = await startGateway();
  gateway.script(
    "x.sh",
    `${echo}touch "$DOCUMENT_ROOT/started"; head -c 500000 /dev/zero; head -c 200000 /dev/zero >&2; cat`,
  );
  const client = await gateway.connect();
  client.send(request("POST", "/x.sh", [close, "Content-Length: 500000"], "y".repeat(100_000)));
  const isThere = () => {
    try {
      return gateway.folder.read("started") === "";
    } catch {
      return false; // not yet
    }
  };
  await waitFor("the script runs while its body is on the way", isThere);
  client.send("y".repeat(400_000));
  expect(bodyOf(await client.rest()).match(/[\0y]/g)).toHaveLength(1_000_000);
  const { stdin, stdout, stderr, outcome } = await gateway.trace();
  expect([stdin?.bytes, (stdout?.bytes ?? 0) - "Content-Type: text/plain\n\n".length, stderr?.bytes, outcome]).toEqual([
    500_000,
    1_000_000,
    200_000,
    "ok",
  ]);
});

test("C34: HEAD gets the head of what the script says and none of its body, and the connection goes on", async () => {
  await using gateway = await startGateway();
  gateway.script(
    "x.sh",
    'printf "Content-Type: text/plain\\nContent-Length: 5\\nX-Method: $REQUEST_METHOD\\n\\nhello"',
  );
  const response = await gateway.ask(request("HEAD", "/x.sh") + request("GET", "/x.sh", [close]));
  expect(response).toMatch(/^HTTP\/1\.1 200 OK\r\n(?:[^\r]+\r\n)+\r\nHTTP\/1\.1 200 OK\r\n(?:[^\r]+\r\n)+\r\nhello$/);
  expect(response).toContain("X-Method: HEAD\r\n");
  expect(response.match(/Content-Length: 5\r\n/g)).toHaveLength(2);
  const [head] = await gateway.ended(2);
  expect(head).toMatchObject({ outcome: "ok", response: { framing: "none", body: { bytes: 0 } } });
  expect(latin1(head?.stdout?.read(0, 200))).toMatch(/\n\nhello$/);
});

test("C40: 100 Continue comes once, before the body is read, and not when the request is refused", async () => {
  await using gateway = await startGateway({ config: { limits: { requestBodyBytes: 10 } } });
  gateway.script("x.sh", `${echo}cat`);
  const client = await gateway.connect();
  client.send(request("POST", "/x.sh", [close, "Expect: 100-continue", "Content-Length: 3"]));
  await client.until("HTTP/1.1 100 Continue\r\n\r\n");
  client.send("abc");
  expect(await client.rest()).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n.*abc/s);
  for (const [target, status, ...more] of [
    ["/x.sh", 413, "Content-Length: 11"],
    ["/nothing", 404, "Content-Length: 3"],
    ["/x.sh", 403, "Content-Length: 3", "Origin: http://evil.example"],
  ] as const)
    expect(await gateway.ask(request("POST", target, ["Expect: 100-continue", ...more]))).toMatch(
      new RegExp(`^HTTP/1\\.1 ${status} .*Connection: close`, "s"),
    );
  expect(
    (await gateway.ended(4)).map(({ response, process }) => [response?.status, response?.interim, process !== null]),
  ).toEqual([
    [200, [100], true],
    [413, [], false],
    [404, [], false],
    [403, [], false],
  ]);
});
