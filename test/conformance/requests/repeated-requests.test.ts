// Clients that keep a connection repeat their requests, and scripts repeat their heads. What was made of the last ones
// is used again: that must show nowhere, and whatever has changed must count.
import { statSync } from "node:fs";
import { expect, test } from "vitest";
import { bodyOf, type Client, headOf, request, startGateway, type TestGateway } from "../../support/gateway.js";
import { seenIn, seenScript } from "../../support/seen.js";
import { waitFor } from "../../support/wait-for.js";

/** Sends a request on a connection that is kept, and gives its response once the last chunk has come. */
async function next(client: Client, bytes: string): Promise<string> {
  client.received = "";
  client.send(bytes);
  return client.until("\r\n0\r\n\r\n");
}

/** A file that changed a moment ago is read again for each request. */
const settled = (gateway: TestGateway, name: string) =>
  waitFor(`${name} is settled`, () => Date.now() - statSync(gateway.folder.file(name)).ctimeMs > 150);

test("a repeated request has the same variables and the same trace, also behind another one, and on another connection its own", async () => {
  await using gateway = await startGateway();
  gateway.script("x.sh", seenScript);
  await settled(gateway, "x.sh");
  const a = request("GET", "/x.sh/a?q=1", ["X-One: 1", "Cookie: a=1", "Cookie: b=2", "Proxy: evil"]);
  const b = request("GET", "/x.sh/a?q=1", ["X-One: 2", "Cookie: a=1", "Cookie: b=2", "Proxy: evil"]);
  const client = await gateway.connect();
  const other = await gateway.connect();
  const seen = [];
  for (const [connection, bytes] of [
    [client, a],
    [client, a],
    [client, a],
    [other, a],
    [client, b],
    [client, a],
    [client, a],
  ] as const)
    seen.push(seenIn(await next(connection, bytes)));
  client.socket.destroy();
  other.socket.destroy();

  const [first] = seen;
  const changed = seen.map(({ env }) => Object.keys(env).filter((name) => env[name] !== first?.env[name]));
  expect(changed).toEqual([[], [], [], ["REMOTE_PORT"], ["HTTP_X_ONE"], [], []]);
  expect(seen.map(({ count, argv, cwd }) => ({ count, argv, cwd }))).toEqual(
    seen.map(() => ({ count: first?.count, argv: first?.argv, cwd: first?.cwd })),
  );
  const traces = await gateway.ended(7);
  expect(new Set(traces.map(({ id }) => id)).size).toBe(7);
  expect(traces.map(({ connection: { nth } }) => nth)).toEqual([1, 2, 3, 1, 4, 5, 6]);
  expect(traces.map(({ request: { head } }) => head)).toEqual([a, a, a, a, b, a, a]);
  for (const trace of traces) {
    const env = Object.fromEntries((trace.env ?? []).map(({ name, value }) => [name, value]));
    expect(env).toEqual(seen[traces.indexOf(trace)]?.env);
    expect(trace.notExported).toEqual(traces[0]?.notExported);
    expect(trace.response?.headers.map(([name]) => name)).toEqual(traces[0]?.response?.headers.map(([name]) => name));
  }
});

test("a repeated head with another body", async () => {
  await using gateway = await startGateway();
  gateway.script("x.sh", "printf 'Content-Type: text/plain\\n\\n'; cat");
  await settled(gateway, "x.sh");
  const client = await gateway.connect();
  for (const body of ["hello", "world", "again", "again"])
    expect(bodyOf(await next(client, request("POST", "/x.sh", ["Content-Length: 5"], body)))).toContain(
      `5\r\n${body}\r\n`,
    );
  client.socket.destroy();
});

test("a script that has changed, or is gone, between two equal requests", async () => {
  await using gateway = await startGateway();
  const write = (word: string) =>
    gateway.script("x.sh", `printf 'Content-Type: text/plain\\nX-Word: ${word}\\n\\n${word}'`);
  write("one");
  await settled(gateway, "x.sh");
  const client = await gateway.connect();
  const get = request("GET", "/x.sh");
  for (const word of ["one", "one", "one", "three", "three", "three"]) {
    if (word === "three" && gateway.folder.read("x.sh").includes("one")) write("three");
    const response = await next(client, get);
    expect(headOf(response)).toContain(`\r\nX-Word: ${word}\r\n`);
    expect(bodyOf(response)).toContain(word);
  }
  const traces = await gateway.ended(6);
  expect(new Set(traces.map(({ route }) => route.scriptHash)).size).toBe(2);
  gateway.folder.remove("x.sh");
  client.received = "";
  client.send(get);
  expect(await client.until("\r\n\r\n")).toMatch(/^HTTP\/1\.1 404 /);
  client.socket.destroy();
});

test("a script whose head is another one each time, or begins like the last one", async () => {
  await using gateway = await startGateway();
  gateway.script(
    "x.sh",
    "n=$(cat n 2>/dev/null || echo 0); n=$((n+1)); echo $n > n\nprintf 'Content-Type: text/plain\\nX-Count: %s\\n\\n%s' $((n / 3)) $n",
  );
  await settled(gateway, "x.sh");
  const client = await gateway.connect();
  for (let n = 1; n <= 31; n++) {
    const response = await next(client, request("GET", "/x.sh"));
    expect(headOf(response)).toContain(`\r\nX-Count: ${Math.floor(n / 3)}\r\n`);
    expect(bodyOf(response)).toContain(`\r\n${n}\r\n`);
  }
  client.socket.destroy();
});

test("the same head of a script is framed for each request: GET, HEAD, HTTP/1.0, a connection that ends", async () => {
  await using gateway = await startGateway();
  gateway.script("x.sh", "printf 'Content-Type: text/plain\\n\\nhello'");
  await settled(gateway, "x.sh");
  for (let round = 0; round < 2; round++) {
    expect(headOf(await gateway.get("/x.sh"))).toMatch(
      /\r\nTransfer-Encoding: chunked\r\n[\s\S]*\r\nConnection: close$/,
    );
    expect(await gateway.ask(request("HEAD", "/x.sh", ["Connection: close"]))).toMatch(
      /\r\nConnection: close\r\n\r\n$/,
    );
    const old = request("GET", "/x.sh").replace("HTTP/1.1", "HTTP/1.0");
    expect(await gateway.ask(old)).toMatch(/\r\nConnection: close\r\n[\s\S]*\r\n\r\nhello$/);
  }
});
