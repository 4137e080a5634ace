// WebSockets under load: many messages in both directions, many connections that come and go, a slow reader on either
// side, and what is left when the server ends.
import { expect, test, vi } from "vitest";
import { maxChunks } from "../../../server/contract/limits.js";
import { startGateway } from "../../support/gateway.js";
import { processes, waitUntilGone } from "../../support/processes.js";
import { handshake } from "../../support/raw-web-socket.js";
import { settled, waitFor } from "../../support/wait-for.js";
import { SocketClient } from "../../support/web-socket.js";

vi.setConfig({ testTimeout: 120_000 });

const serving = (...names: string[]) => ({
  config: { scripts: Object.fromEntries(names.map((name) => [name, { mode: "websocket" }])) },
});
const MiB = 1 << 20;

test("10,000 messages in both directions at once, without loss or disorder", async () => {
  await using gateway = await startGateway(serving("both.py"));
  const count = 10_000;
  // The script counts by itself in one thread and echoes in another.
  gateway.script(
    "both.py",
    `#!/usr/bin/env python3
import sys, threading
lock = threading.Lock()
def say(text):
    with lock:
        sys.stdout.write(text + "\\n")
        sys.stdout.flush()
def own():
    for i in range(${count}):
        say("own %d" % i)
thread = threading.Thread(target=own)
thread.start()
for line in sys.stdin:
    say("echo " + line.rstrip("\\n"))
thread.join()
`,
  );
  const client = await SocketClient.open(gateway.port, "/both.py");
  for (let i = 0; i < count; i++) client.socket.send(String(i));
  await client.messages(2 * count, 60_000);
  client.socket.close();
  await client.closed();
  const numbers = (who: string) =>
    client.received.flatMap((text) => (text.startsWith(who) ? [Number(text.slice(who.length))] : []));
  const expected = Array.from({ length: count }, (_, index) => index);
  expect(numbers("echo ")).toEqual(expected);
  expect(numbers("own ")).toEqual(expected);
  const { stdin, stdout } = await gateway.trace();
  expect(stdin?.bytes).toBe(expected.reduce((sum, index) => sum + String(index).length + 1, 0));
  expect([stdin?.bytes, stdout?.bytes]).toEqual([stdin?.captured, stdout?.captured]);
  expect(stdin?.chunks).toHaveLength(maxChunks);
});

test("200 connections that are opened and dropped, in four ways, leave nothing", async () => {
  await using gateway = await startGateway(serving("cat"));
  gateway.script("cat", "exec cat -u - # websocket-drop");
  const drop = async (index: number): Promise<void> => {
    const client = await SocketClient.open(gateway.port, "/cat");
    client.socket.send(String(index));
    if (index % 2 === 0) await client.messages(1);
    if (index % 4 < 2) client.socket.terminate();
    else client.socket.close(index % 3 === 0 ? 1001 : 1000);
    await client.closed();
  };
  for (let from = 0; from < 200; from += 20)
    await Promise.all(Array.from({ length: 20 }, (_, index) => drop(from + index)));
  const traces = await gateway.ended(200);
  expect(new Set(traces.map(({ outcome }) => outcome))).toEqual(new Set(["ok", "client-gone"]));
  expect(processes().filter(({ command }) => command.includes("websocket-drop"))).toEqual([]);
  await waitUntilGone("cat -u -");
  expect(gateway.listener.heldBytes).toBe(0);
});

test("a client that does not read holds up its script, and memory stays bounded", async () => {
  await using gateway = await startGateway(serving("flood.py"));
  gateway.script(
    "flood.py",
    `#!/usr/bin/env python3
import sys
line = "x" * 1023 + "\\n"
for i in range(200000):
    sys.stdout.write(line)
`,
  );
  const client = await gateway.connect();
  client.send(handshake("/flood.py"));
  await client.until("\r\n\r\n");
  client.socket.pause();
  const before = process.memoryUsage.rss();
  await waitFor("the script waits", () => gateway.listener.heldBytes > 0);
  const rss = await settled(() => Math.round(process.memoryUsage.rss() / MiB));
  expect(rss - before / MiB).toBeLessThan(60);
  expect(gateway.listener.heldBytes).toBeLessThan(MiB);
  client.socket.destroy();
  const trace = await gateway.trace();
  expect(trace.outcome).toBe("client-gone");
  expect(trace.stdout?.bytes).toBeLessThan(20 * MiB);
});

test("a slow reader gets everything in the end", async () => {
  await using gateway = await startGateway(serving("some.py"));
  const count = 20_000;
  gateway.script("some.py", `#!/usr/bin/env python3\nfor i in range(${count}): print("%d " % i + "x" * 500)\n`);
  const client = await SocketClient.open(gateway.port, "/some.py");
  for (let from = 0; from < count; from += 2000) {
    await client.messages(from + 1);
    client.socket.pause();
    await settled(() => gateway.listener.heldBytes);
    client.socket.resume();
  }
  expect(await client.closed()).toBe(1000);
  expect(client.received.map((text) => Number.parseInt(text, 10))).toEqual(
    Array.from({ length: count }, (_, index) => index),
  );
});

test("a script that does not read holds up its client, and gets everything in the end", async () => {
  await using gateway = await startGateway(serving("late.py"));
  const [count, size] = [4000, 8000];
  gateway.script(
    "late.py",
    `#!/usr/bin/env python3
import sys, os, time
print("ready", flush=True)
while not os.path.exists("go"): time.sleep(0.05)
print(sum(len(sys.stdin.readline()) for _ in range(${count})), flush=True)
`,
  );
  const client = await SocketClient.open(gateway.port, "/late.py");
  await client.messages(1);
  for (let i = 0; i < count; i++) client.socket.send("m".repeat(size));
  await settled(() => client.socket.bufferedAmount);
  expect(client.socket.bufferedAmount).toBeGreaterThan((count * size) / 4); // the rest waits with the client
  expect(gateway.listener.heldBytes).toBeLessThan(MiB);
  gateway.file("go", "");
  expect(await client.messages(2, 60_000)).toEqual(["ready", String(count * (size + 1))]);
  expect(await client.closed()).toBe(1000);
});

test("a line that never ends ends the script, not the server", async () => {
  await using gateway = await startGateway(serving("endless.py"));
  gateway.script("endless.py", `#!/usr/bin/env python3\nimport sys\nwhile True: sys.stdout.write("x" * 65536)\n`);
  const client = await SocketClient.open(gateway.port, "/endless.py");
  expect(await client.closed()).toBe(1011);
  const trace = await gateway.trace();
  expect([trace.outcome, trace.cause?.code]).toEqual(["invalid-output", "message-too-long"]);
  expect(client.received).toEqual([]);
});

test("when the server ends, so do the connections and their scripts", async () => {
  const gateway = await startGateway(serving("stay.sh"));
  gateway.script("stay.sh", "echo ready; trap '' TERM; while :; do sleep 91; done");
  const clients = await Promise.all(Array.from({ length: 5 }, () => SocketClient.open(gateway.port, "/stay.sh")));
  for (const client of clients) await client.messages(1);
  await gateway[Symbol.asyncDispose]();
  for (const client of clients) expect(await client.closed()).toBe(1001);
  await waitUntilGone("stay.sh");
  await waitUntilGone("sleep 91");
});

test("silence ends a connection, unless the client pings", async () => {
  await using gateway = await startGateway({ config: { limits: { silenceMs: 400 }, ...serving("cat").config } });
  gateway.script("cat", "exec cat");
  const silent = await SocketClient.open(gateway.port, "/cat");
  const pinging = await SocketClient.open(gateway.port, "/cat");
  const timer = setInterval(() => pinging.socket.ping(), 100);
  expect(await silent.closed()).toBe(1001);
  await gateway.ended(1);
  expect(pinging.socket.readyState).toBe(pinging.socket.OPEN);
  clearInterval(timer);
  expect(await pinging.closed()).toBe(1001);
  expect((await gateway.ended(2)).map(({ outcome }) => outcome)).toEqual(["timeout", "timeout"]);
});
