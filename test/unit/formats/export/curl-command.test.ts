// The copied command is run, by real shells and a real cURL, against a socket that keeps what arrives.
import { execFile } from "node:child_process";
import { createServer, type Server } from "node:net";
import { promisify } from "node:util";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { curlCommand, originByHost } from "../../../../server/formats/export/curl-command.js";
import type { RecordedRequest } from "../../../../server/formats/export/recorded-request.js";
import { byteString, fromBytes, utf8 } from "../../../../server/protocol/byte-string.js";
import { program, tempFolder } from "../../../support/temp-workspace.js";
import { anyRequest, origin, wireOf } from "./requests.js";

const run = promisify(execFile);
const shells = ["sh", "bash"].filter((name) => program(name) !== null);

const folder = tempFolder();
let server: Server;
let port = 0;
let arrived: Promise<string>;
let next: (bytes: string) => void;

beforeAll(async () => {
  server = createServer((socket) => {
    let bytes = "";
    socket.on("data", (chunk: Uint8Array) => {
      bytes += fromBytes(chunk);
      const end = bytes.indexOf("\r\n\r\n");
      if (end < 0) return;
      if (/\r\ntransfer-encoding: chunked\r\n/i.test(bytes.slice(0, end + 2)) && !bytes.endsWith("0\r\n\r\n")) return;
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(bytes.slice(0, end))?.[1] ?? 0);
      if (bytes.length < end + 4 + length) return;
      socket.end("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
      next(bytes);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  ({ port } = address);
});
afterAll(() => {
  server.close();
  folder[Symbol.dispose]();
});

/** What arrives when a shell runs the copied command. */
function replayed(request: RecordedRequest, shell: string): Promise<string> {
  return sent(curlCommand(request, origin).replace(`${origin}/`, `http://127.0.0.1:${port}/`), shell);
}

async function sent(command: string, shell: string): Promise<string> {
  arrived = new Promise((resolve) => {
    next = resolve;
  });
  folder.write("again.sh", `${command} --max-time 10 --silent --output /dev/null\n`);
  await run(shell, [folder.file("again.sh")]).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${command}`);
  });
  return arrived;
}

/** Host as the copied command knows it: the port is the test's own. */
const expected = (request: RecordedRequest): string =>
  wireOf(request).replace("Host: 127.0.0.1:8080", `Host: 127.0.0.1:${port}`);

describe.skipIf(!program("curl"))("a request copied as cURL (needs curl)", () => {
  test.each(shells)("gives the same bytes again when %s runs it", async (shell) => {
    await fc.assert(
      fc.asyncProperty(anyRequest, async (request) => {
        expect(await replayed(request, shell)).toBe(expected(request));
      }),
      { numRuns: 60 },
    );
  });

  test("a body of any bytes, larger than a word may be", async () => {
    const body = fromBytes(Uint8Array.from({ length: 300_000 }, (_, index) => (index * 7) & 255));
    const headers = [
      [byteString("Host"), byteString("localhost:8080")],
      [byteString("Content-Length"), byteString("300000")],
    ] as const;
    const request = { method: byteString("POST"), target: byteString("/"), httpVersion: "1.1", headers, body };
    expect((await replayed(request, "sh")) === expected(request)).toBe(true);
  });
});

describe.skipIf(!program("curl"))("what cURL would leave out (needs curl)", () => {
  const host = (value: string) => [byteString("Host"), byteString(value)] as const;
  const plain = { target: byteString("/"), httpVersion: "1.1", body: utf8("") };

  test.each(["GET", "POST", "HEAD"])("the last chunk of an empty body, with %s", async (method) => {
    const headers = [host("127.0.0.1:8080"), [byteString("Transfer-Encoding"), byteString("chunked")] as const];
    const request = { ...plain, method: byteString(method), headers };
    const bytes = await replayed(request, "sh");
    expect(bytes).toBe(expected(request));
    expect(bytes.endsWith("\r\n\r\n0\r\n\r\n")).toBe(true);
  });

  test.each(["shop.test:80", "shop.test:080", "shop.test:08080", "shop.test:8080", "shop.test"])(
    "a Host's port as it was written, of %s",
    async (value) => {
      const request = { ...plain, method: byteString("GET"), headers: [host(value)] };
      const command = curlCommand(request, originByHost(value));
      expect(await sent(`${command} --connect-to ::127.0.0.1:${port}`, "sh")).toContain(`\r\nHost: ${value}\r\n`);
    },
  );
});

test("of a request from a file nothing but a header is an option, and a Host is one host", () => {
  const headers = [
    [byteString("@/etc/passwd"), byteString("")],
    [byteString("X"), utf8("a \u202e b")],
  ] as const;
  const request = { method: byteString("GET"), target: byteString("/"), httpVersion: "1.1", headers, body: utf8("") };
  const command = curlCommand(request, origin);
  expect(command).not.toContain("@");
  expect(command).toContain(`-H "$(printf 'X: a \\342\\200\\256 b')"`);
  expect(["a.test", "a.test:80", "[::1]:8080"].map(originByHost)).toEqual([
    "http://a.test",
    "http://a.test:80",
    "http://[::1]:8080",
  ]);
  for (const host of [null, "", "me@a.test", "a.test/b?", "a[1-9].test", "a{b,c}.test", "a\r\nX: y", "a:b", "a#"])
    expect(originByHost(host)).toBe("http://127.0.0.1");
});

test("what is usual is written as people write it", () => {
  const headers = [
    [byteString("Host"), byteString("127.0.0.1:8080")],
    [byteString("User-Agent"), byteString("curl/8")],
    [byteString("Accept"), byteString("*/*")],
    [byteString("Content-Type"), byteString("application/x-www-form-urlencoded")],
    [byteString("Content-Length"), byteString("7")],
  ] as const;
  const request = {
    method: byteString("POST"),
    target: byteString("/cgi-bin/sum.py?x=1"),
    httpVersion: "1.1",
    headers,
    body: utf8("a=1&b=2"),
  };
  expect(curlCommand(request, origin).split(" \\\n  ")).toEqual([
    "curl -i 'http://127.0.0.1:8080/cgi-bin/sum.py?x=1'",
    "-H 'User-Agent: curl/8'",
    "-H 'Accept: */*'",
    "-H 'Content-Type: application/x-www-form-urlencoded'",
    "--data-raw 'a=1&b=2'",
  ]);
  expect(
    curlCommand({ ...request, method: byteString("HEAD"), headers: headers.slice(0, 3), body: utf8("") }, origin),
  ).toContain("--head");
});
