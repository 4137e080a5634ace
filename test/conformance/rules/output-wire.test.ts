// What of a script's response goes over the wire, RFC 3875 §6.3.4 to §6.4, and NPH, §5: whatever the script says, the
// client gets valid HTTP, and the connection stays in step or is closed. Every change is in the trace with its reason.
import { describe, expect, test } from "vitest";
import { coded } from "../../support/coded.js";
import { bodyOf, headOf, request, startGateway } from "../../support/gateway.js";

const close = "Connection: close";
const fine = 'printf "Content-Type: text/plain\\n\\nfine"';
const latin1 = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString("latin1");

test("C61: what concerns the connection stays behind, each with its reason; a body is never chunked twice", async () => {
  await using gateway = await startGateway();
  gateway.script(
    "x.sh",
    'printf "Content-Type: text/plain\\nTransfer-Encoding: chunked\\nConnection: keep-alive, X-Hop\\nKeep-Alive: timeout=9\\nUpgrade: h2c\\nTrailer: X\\nTE: x\\nProxy-Connection: a\\n\\n5\\r\\nhello\\r\\n0\\r\\n\\r\\n"',
  );
  gateway.script("ok.sh", fine);
  const response = await gateway.ask(request("GET", "/x.sh") + request("GET", "/ok.sh", [close]));
  const head = headOf(response);
  expect(head.match(/^(?:Connection|Keep-Alive|Upgrade|Trailer|TE|Proxy-Connection):/gim)).toBeNull();
  expect(head.match(/^Transfer-Encoding: chunked$/gim)).toHaveLength(1); // ours
  // The script's own chunks are its body's bytes.
  expect(response).toMatch(/\r\n\r\nf\r\n5\r\nhello\r\n0\r\n\r\n\r\n0\r\n\r\nHTTP\/1\.1 200 OK\r\n/);
  const [trace] = await gateway.ended(2);
  const names = ["Transfer-Encoding", "Connection", "Keep-Alive", "Upgrade", "Trailer", "TE", "Proxy-Connection"];
  expect(trace?.response?.dropped).toEqual(names.map((name) => [name, coded("connection-specific")]));
});

test("C62: Date and Server are the gateway's own, once", async () => {
  await using gateway = await startGateway();
  gateway.script("x.sh", 'printf "Content-Type: text/plain\\nDate: never\\nServer: me\\ndate: 2\\n\\nx"');
  const head = headOf(await gateway.get("/x.sh"));
  expect(head.match(/^Date: (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/gm)).toHaveLength(1);
  expect(head.match(/^(?:Date|Server):/gim)).toHaveLength(2);
  expect((await gateway.trace()).response?.dropped.map(([name]) => name)).toEqual(["Date", "Server", "date"]);
});

test("C63: X-CGI- fields are for the server and stay behind", async () => {
  await using gateway = await startGateway();
  gateway.script("x.sh", 'printf "Content-Type: text/plain\\nX-CGI-Hint: y\\nX-Cgi: z\\n\\nx"');
  const head = headOf(await gateway.get("/x.sh"));
  expect([head.includes("X-CGI-Hint"), head.includes("X-Cgi: z")]).toEqual([false, true]);
  expect((await gateway.trace()).response?.dropped).toEqual([["X-CGI-Hint", coded("cgi-extension-field")]]);
});

test("C64: every byte of the body, to its end, unmodified", async () => {
  await using gateway = await startGateway();
  const every = Uint8Array.from({ length: 256 }, (_, i) => i);
  gateway.file("body.bin", every);
  gateway.script(
    "x.sh",
    'printf "Content-Type: application/octet-stream\\n\\n"; cat body.bin; printf "\\r\\n\\r\\n0\\r\\n\\r\\n"',
  );
  gateway.script("none.sh", 'printf "Content-Type: text/plain\\n\\n"');
  gateway.script("large.sh", 'printf "Content-Type: text/plain\\n\\n"; exec head -c 20000000 /dev/zero');
  const body = `${latin1(every)}\r\n\r\n0\r\n\r\n`;
  expect(bodyOf(await gateway.ask("GET /x.sh HTTP/1.0\r\n\r\n"))).toBe(body);
  expect(bodyOf(await gateway.get("/none.sh"))).toBe("0\r\n\r\n");
  expect(bodyOf(await gateway.ask("GET /large.sh HTTP/1.0\r\n\r\n"))).toHaveLength(20_000_000);
  const [plain, none, large] = await gateway.ended(3);
  expect(plain).toMatchObject({ outcome: "ok", response: { framing: "close" } });
  expect(latin1(plain?.response?.body.read(0, 1000))).toBe(body);
  expect([none?.response?.body.bytes, large?.response?.body.bytes, large?.outcome]).toEqual([0, 20_000_000, "ok"]);
});

describe("C65: a wrong Content-Length never desynchronises the connection", () => {
  test("C65: a longer body is cut there, and the connection goes on", async () => {
    await using gateway = await startGateway();
    gateway.script(
      "long.sh",
      'printf "Content-Type: text/plain\\nContent-Length: 3\\n\\nabcde"; sleep 0.05; printf fgh',
    );
    gateway.script("ok.sh", fine);
    const response = await gateway.ask(request("GET", "/long.sh") + request("GET", "/ok.sh", [close]));
    expect(response).toMatch(/\r\n\r\nabcHTTP\/1\.1 200 OK\r\n/);
    const [long] = await gateway.ended(2);
    expect(latin1(long?.stdout?.read(0, 200))).toMatch(/\n\nabcdefgh$/);
    expect([long?.response?.body.bytes, long?.outcome]).toEqual([3, "ok"]);
  });

  test("C65: a shorter one ends the connection, so that the client can tell", async () => {
    await using gateway = await startGateway();
    gateway.script("short.sh", 'printf "Content-Type: text/plain\\nContent-Length: 10\\n\\nabcde"');
    const response = await gateway.ask(request("GET", "/short.sh") + request("GET", "/short.sh"));
    expect(bodyOf(response)).toBe("abcde");
    expect((await gateway.ended(2)).map(({ outcome, cause }) => [outcome, cause])).toEqual([
      ["invalid-output", coded("body-too-short", { missingBytes: 5 })],
      ["client-gone", coded("closed-before-turn")],
    ]);
  });

  test.each([
    ["said twice, differently", "Content-Length: 3\\nContent-Length: 4\\n"],
    ["negative", "Content-Length: -1\\n"],
    ["no number", "Content-Length: 3, 3\\n"],
    ["too large a number", "Content-Length: 99999999999999999999\\n"],
  ])("C65: one that is %s is dropped", async (_name, fields) => {
    await using gateway = await startGateway();
    gateway.script("x.sh", `printf "Content-Type: text/plain\\n${fields}\\nabc"`);
    gateway.script("ok.sh", fine);
    const response = await gateway.ask(request("GET", "/x.sh") + request("GET", "/ok.sh", [close]));
    expect(headOf(response)).not.toContain("Content-Length");
    expect(response).toMatch(/\r\n\r\n3\r\nabc\r\n0\r\n\r\nHTTP\/1\.1 200 OK\r\n/);
    expect((await gateway.ended(2))[0]?.response?.dropped).toContainEqual([
      "Content-Length",
      { code: expect.stringMatching(/^length/), data: null, text: expect.any(String) },
    ]);
  });
});

describe("C66: an NPH script speaks HTTP itself", () => {
  test("C66: its bytes go out unmodified, after the answers before it, and the connection closes", async () => {
    await using gateway = await startGateway();
    gateway.script("slow.sh", 'sleep 0.1; printf "Content-Type: text/plain\\n\\nslow"');
    gateway.script("nph-x.sh", 'printf "HTTP/1.0 299 Mine\\r\\nX-Raw: \\374\\r\\n\\r\\nraw"');
    const response = await gateway.ask(
      request("GET", "/slow.sh") + request("GET", "/nph-x.sh") + request("GET", "/slow.sh"),
    );
    expect(response).toMatch(/slow\r\n0\r\n\r\nHTTP\/1\.0 299 Mine\r\nX-Raw: \xfc\r\n\r\nraw$/);
    const [, nph, unserved] = await gateway.ended(3);
    expect(nph).toMatchObject({
      outcome: "ok",
      script: { kind: "nph", status: 299, reason: "Mine", headers: [["X-Raw", "\xfc"]] },
      response: { status: 299, framing: "close" },
    });
    expect(latin1(nph?.response?.body.read(0, 10))).toBe("raw");
    expect(unserved).toMatchObject({ outcome: "client-gone", response: null });
  });

  test("C66: interim responses, folded fields and own chunks pass, unbuffered", async () => {
    await using gateway = await startGateway();
    const wire =
      "HTTP/1.1 102 Processing\\r\\n\\r\\nHTTP/1.1 200 OK\\r\\nX-Folded: a\\r\\n b\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n2\\r\\nok\\r\\n0\\r\\n\\r\\n";
    gateway.script(
      "nph-x.sh",
      `printf "HTTP/1.1 100 C\\r\\n\\r\\n"; while [ ! -e "$DOCUMENT_ROOT/go" ]; do sleep 0.02; done; printf "${wire}"`,
    );
    const client = await gateway.connect();
    client.send(request("GET", "/nph-x.sh"));
    await client.until("HTTP/1.1 100 C\r\n\r\n");
    gateway.file("go", "");
    expect(await client.rest()).toBe(`HTTP/1.1 100 C\r\n\r\n${wire.replaceAll("\\r\\n", "\r\n")}`);
    expect(await gateway.trace()).toMatchObject({ outcome: "ok", response: { status: 200, interim: [100, 102] } });
  });

  test.each([
    ["GET", "HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\nConnection: close\\r\\n\\r\\nok", "ok"],
    ["GET", "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n2\\r\\nok\\r\\n0\\r\\n\\r\\n", "0\r\n\r\n"],
    ["GET", "HTTP/1.1 304 Not Modified\\r\\n\\r\\n", "\r\n\r\n"],
    ["HEAD", "HTTP/1.1 200 OK\\r\\nContent-Length: 9\\r\\n\\r\\n", "\r\n\r\n"],
  ])("C66: %s, %s: a client that has all of it may leave before the script ends", async (method, wire, end) => {
    await using gateway = await startGateway();
    gateway.script("x.sh", 'printf "Content-Type: text/plain\\n\\n"');
    gateway.script("nph-x.sh", `printf "${wire}"; while [ ! -e "$DOCUMENT_ROOT/go" ]; do sleep 0.02; done`);
    const client = await gateway.connect();
    client.send(request(method, "/nph-x.sh"));
    await client.until(end);
    client.socket.resetAndDestroy();
    await gateway.get("/x.sh"); // the server has read the reset when this is answered
    gateway.file("go", "");
    const [left] = await gateway.ended(2);
    expect(left).toMatchObject({ outcome: "ok", process: { exitCode: 0, signal: null } });
  });

  test("C66: what a script writes beyond its response holds it up no longer than its client is there", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", 'printf "Content-Type: text/plain\\n\\n"');
    gateway.script("nph-x.sh", 'printf "HTTP/1.1 200 OK\\r\\n\\r\\n"; head -c 20000000 /dev/zero');
    const client = await gateway.connect();
    client.send(request("HEAD", "/nph-x.sh"));
    await client.until("\r\n\r\n");
    client.socket.resetAndDestroy();
    await gateway.get("/x.sh");
    const left = (await gateway.ended(2)).find(({ request: { method } }) => method === "HEAD");
    expect(left).toMatchObject({ outcome: "ok", process: { exitCode: 0, signal: null } });
  });

  test("C66: one that leaves before it has all of it is gone", async () => {
    await using gateway = await startGateway();
    gateway.script("nph-x.sh", 'printf "HTTP/1.1 200 OK\\r\\nContent-Length: 3\\r\\n\\r\\nok"; exec sleep 60');
    const client = await gateway.connect();
    client.send(request("GET", "/nph-x.sh"));
    await client.until("ok");
    client.socket.resetAndDestroy();
    expect(await gateway.trace()).toMatchObject({ outcome: "client-gone", process: { signal: "SIGTERM" } });
  });

  test("C66: one that runs on after its response is stopped, and its client keeps the response", async () => {
    await using gateway = await startGateway({ config: { limits: { silenceMs: 5000 } } });
    gateway.script("nph-x.sh", 'printf "HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\nok"; exec sleep 60');
    const client = await gateway.connect();
    client.send(request("GET", "/nph-x.sh"));
    expect(await client.rest()).toMatch(/\r\n\r\nok$/);
    expect(client.socket.errored).toBeNull(); // no reset
    expect(await gateway.trace()).toMatchObject({ outcome: "timeout", cause: coded("running-after-response") });
  });

  test("C66: one that writes nothing gets a page", async () => {
    await using gateway = await startGateway();
    gateway.script("nph-x.sh", "exit 1");
    expect(await gateway.get("/nph-x.sh")).toMatch(/^HTTP\/1\.1 500 /);
    expect(await gateway.trace()).toMatchObject({ outcome: "crashed", script: { reasons: [coded("no-output")] } });
  });
});

test("C67: the head and each piece of the body go out when the script flushes them", async () => {
  await using gateway = await startGateway();
  gateway.script(
    "sse.sh",
    'printf "Content-Type: text/event-stream\\nX-Name: M\\374ller\\n\\n"; while [ ! -e go ]; do sleep 0.02; done; printf "data: 1\\n\\n"; while [ ! -e on ]; do sleep 0.02; done; printf "data: 2\\n\\n"',
  );
  const client = await gateway.connect();
  client.send(request("GET", "/sse.sh", [close]));
  expect(await client.until("\r\n\r\n")).toContain("X-Name: M\xfcller\r\n");
  gateway.file("go", "");
  await client.until("data: 1");
  gateway.file("on", "");
  expect(await client.rest()).toContain("data: 2\n\n\r\n0\r\n\r\n");
  const { stdout, response } = await gateway.trace();
  expect([stdout?.chunks.length, response?.body.chunks.length]).toEqual([3, 2]);
});

test("C68: an exit code other than 0 or a signal after a good head is in the trace, and the response stands", async () => {
  await using gateway = await startGateway();
  gateway.script("x.sh", 'printf "Content-Type: text/plain\\n\\nhalf"; echo oops >&2; exit 3');
  gateway.script("y.sh", 'printf "Content-Type: text/plain\\n\\nhalf"; kill -SEGV $$');
  for (const target of ["/x.sh", "/y.sh"])
    expect(await gateway.get(target)).toMatch(/^HTTP\/1\.1 200 OK.*\r\nhalf\r\n0\r\n\r\n$/s);
  const [coded, killed] = await gateway.ended(2);
  expect(coded).toMatchObject({ outcome: "ok", process: { exitCode: 3 }, findings: [{ rule: "ended-badly" }] });
  expect(latin1(coded?.stderr?.read(0, 100))).toBe("oops\n");
  expect(killed).toMatchObject({ outcome: "crashed", process: { exitCode: null, signal: "SIGSEGV" } });
});

test("C70: stderr beyond a pipe's size blocks nothing, is in the trace, and none of it in the response", async () => {
  await using gateway = await startGateway();
  gateway.script(
    "x.sh",
    'head -c 300000 /dev/zero | tr "\\0" e >&2; printf "Content-Type: text/plain\\n\\ndone"; echo last >&2',
  );
  expect(bodyOf(await gateway.get("/x.sh"))).toBe("4\r\ndone\r\n0\r\n\r\n");
  const { stderr } = await gateway.trace();
  expect([stderr?.bytes, latin1(stderr?.read(299_999, 100))]).toEqual([300_005, "elast\n"]);
});
