// Scripts behind WebSockets: a process for each connection, messages as lines or as bytes, how a connection ends, and
// what its trace says.
import { expect, test } from "vitest";
import { exportForms, exportTrace } from "../../../server/trace/formats/export-trace.js";
import { toTraceJson } from "../../../server/trace/formats/trace-json.js";
import { startGateway } from "../../support/gateway.js";
import { waitUntilGone } from "../../support/processes.js";
import { SocketClient } from "../../support/web-socket.js";

const echo = `#!/usr/bin/env python3
import sys
for line in sys.stdin:
    print("echo " + line.rstrip("\\n"), flush=True)
`;
const serving = (mode: string, ...names: string[]) => ({
  config: { scripts: Object.fromEntries(names.map((name) => [name, { mode }])) },
});

test("a line is a message in each direction, and the trace has the time of each", async () => {
  await using gateway = await startGateway(serving("websocket", "echo.py"));
  gateway.script("echo.py", echo);
  const client = await SocketClient.open(gateway.port, "/echo.py/info?a=b");
  for (const text of ["one", "", "zwei äöü", "three"]) client.socket.send(text);
  const latin1 = (text: string) => Buffer.from(text).toString("latin1");
  expect(await client.messages(4)).toEqual(["echo one", "echo ", latin1("echo zwei äöü"), "echo three"]);
  client.socket.close(1000, "enough");
  expect(await client.closed()).toBe(1000);
  const trace = await gateway.trace();
  expect([trace.outcome, trace.cause?.code, trace.cause?.data]).toEqual([
    "ok",
    "websocket-closed",
    { code: 1000, reason: "enough" },
  ]);
  expect(trace.response?.status).toBe(101);
  expect(trace.response?.headers.map(([name]) => name)).toContain("Sec-WebSocket-Accept");
  expect(trace.process?.exitCode).toBe(0);
  expect(trace.route.mode).toBe("websocket");
  const written = [...(trace.stdin?.pieces() ?? [])].map(({ bytes }) => Buffer.from(bytes).toString());
  expect(written).toEqual(["one\n", "\n", "zwei äöü\n", "three\n"]);
  const times = trace.stdin?.chunks.map(({ at }) => at) ?? [];
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(trace.findings.map(({ rule }) => rule)).toEqual([]);
});

test("the environment is that of CGI, with the headers of the upgrade", async () => {
  await using gateway = await startGateway(serving("websocket", "env.sh"));
  gateway.script("env.sh", "env");
  const client = await SocketClient.open(gateway.port, "/env.sh/a/b?x=1", { headers: { "X-Foo": "1" } });
  expect(await client.closed()).toBe(1000);
  const found = new Map(client.received.map((line) => [line.split("=", 1)[0], line.slice(line.indexOf("=") + 1)]));
  expect(Object.fromEntries(found)).toMatchObject({
    GATEWAY_INTERFACE: "CGI/1.1",
    REQUEST_METHOD: "GET",
    PATH_INFO: "/a/b",
    QUERY_STRING: "x=1",
    HTTP_UPGRADE: "websocket",
    HTTP_CONNECTION: "Upgrade",
    HTTP_SEC_WEBSOCKET_VERSION: "13",
    HTTP_X_FOO: "1",
    UNIQUE_ID: (await gateway.trace()).id,
  });
});

test("in binary, what the script writes at once is a message, and only a text gets a line end", async () => {
  await using gateway = await startGateway(serving("websocket-binary", "cat"));
  gateway.script("cat", "#!/bin/sh\nexec cat\n");
  const client = await SocketClient.open(gateway.port, "/cat");
  client.socket.send(Buffer.from([0, 10, 255]));
  expect(await client.messages(1)).toEqual(["\0\n\xff"]);
  client.socket.send("text");
  expect(await client.messages(2)).toEqual(["\0\n\xff", "text\n"]);
  expect(client.kinds).toEqual(["binary", "binary"]);
  client.socket.close();
  await client.closed();
  expect((await gateway.trace()).stdin?.bytes).toBe(8);
});

test("the end of a script closes the connection: 1000, or 1011 if it failed", async () => {
  await using gateway = await startGateway(serving("websocket", "good.sh", "bad.sh", "killed.sh", "silent.sh"));
  gateway.script("good.sh", "echo one; printf two");
  gateway.script("bad.sh", "echo one; echo why >&2; exit 3");
  gateway.script("killed.sh", "kill -9 $$");
  gateway.script("silent.sh", "exec >&-; sleep 60");
  const ends: unknown[] = [];
  for (const name of ["good", "bad", "killed", "silent"]) {
    const client = await SocketClient.open(gateway.port, `/${name}.sh`);
    ends.push([await client.closed(), client.received]);
  }
  // A last line without its end is no message, as with websocketd.
  expect(ends).toEqual([
    [1000, ["one"]],
    [1011, ["one"]],
    [1011, []],
    [1000, []],
  ]);
  const traces = await gateway.ended(4);
  expect(traces.map(({ outcome, cause }) => [outcome, cause?.code])).toEqual([
    ["ok", undefined],
    ["crashed", "failed-in-conversation"],
    ["crashed", "failed-in-conversation"],
    ["ok", "output-closed"],
  ]);
  expect(traces[1]?.stderr?.bytes).toBe(4);
  expect(traces.flatMap(({ findings }) => findings.map(({ rule }) => rule))).toEqual([]); // no header is missing
});

test("a client that leaves ends its script, and so does Stop", async () => {
  await using gateway = await startGateway(serving("websocket", "long.sh"));
  gateway.script("long.sh", "echo $UNIQUE_ID; exec sleep 98765");
  const gone = await SocketClient.open(gateway.port, "/long.sh");
  await gone.messages(1);
  gone.socket.terminate();
  await waitUntilGone("sleep 98765");
  const stopped = await SocketClient.open(gateway.port, "/long.sh");
  const [id = ""] = await stopped.messages(1);
  expect(gateway.listener.stop(id)).toBe(true);
  expect(await stopped.closed()).toBe(1001);
  await waitUntilGone("sleep 98765");
  const polite = await SocketClient.open(gateway.port, "/long.sh");
  await polite.messages(1);
  polite.socket.close(4000, "bye");
  expect(await polite.closed()).toBe(4000);
  await waitUntilGone("sleep 98765");
  const traces = await gateway.ended(3);
  expect(traces.map(({ outcome, cause }) => [outcome, cause?.code])).toEqual([
    ["client-gone", "client-gone"],
    ["stopped", "stopped-by-user"],
    ["ok", "websocket-closed"],
  ]);
});

test("secrets in messages are masked in every form in which a trace is handed on", async () => {
  await using gateway = await startGateway(serving("websocket", "echo.py"));
  gateway.script("echo.py", echo);
  const client = await SocketClient.open(gateway.port, "/echo.py");
  client.socket.send('{"user":"ada","password":"correct-horse"}');
  await client.messages(1);
  client.socket.close(1000, "token=correct-horse");
  await client.closed();
  const trace = toTraceJson(await gateway.trace());
  const plain = (bytes: Buffer): string =>
    bytes.toString().replace(/[A-Za-z0-9+/]{16,}={0,2}/g, (text) => text + Buffer.from(text, "base64").toString());
  for (const form of exportForms) {
    const { bytes } = exportTrace(trace, form, { isMasked: true });
    expect(plain(bytes), form).not.toContain("correct-horse");
  }
  const { bytes } = exportTrace(trace, "capsule", { isMasked: false });
  expect(plain(bytes)).toContain("correct-horse");
});
