// When exchanges end, and that nothing outlives them: silence, clients that leave, Stop, shutdown, what a script leaves
// behind, too many at once. Each test looks at the wire and at the trace, and at the processes themselves.
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { networkInterfaces } from "node:os";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { coded } from "../../support/coded.js";
import { bodyOf, type Client, request, startGateway, type TestGateway } from "../../support/gateway.js";
import { canListProcesses, isAlive, openDescriptors, waitUntilGone } from "../../support/processes.js";
import { waitFor } from "../../support/wait-for.js";

const hasIpv6 = Object.values(networkInterfaces()).some((list) => list?.some(({ address }) => address === "::1"));

const echo = 'printf "Content-Type: text/plain\\n\\n"; ';
/** Says who it is, then is silent. The number makes it findable among the processes. */
const silent = (seconds: number) => `echo $$ > "$DOCUMENT_ROOT/pid"; exec sleep ${seconds}`;

/** A POST with fewer bytes than it announces. */
const upload = (target: string, bytes: number, announced: number): string =>
  request("POST", target, ["Content-Type: text/plain", `Content-Length: ${announced}`], "x".repeat(bytes));

/** The pid the script wrote down. */
async function pidIn(gateway: TestGateway, name = "pid"): Promise<number> {
  const read = () => {
    try {
      return Number(gateway.folder.read(name)) || null;
    } catch {
      return null; // not written yet
    }
  };
  return waitFor("the script's pid", read);
}

async function gone(pid: number): Promise<void> {
  await waitFor(`process ${pid} is gone`, () => !isAlive(pid));
}

let descriptors = 0;
beforeAll(async () => {
  // Once through everything that opens descriptors for good.
  await using gateway = await startGateway();
  gateway.script("x.sh", echo);
  await gateway.get("/x.sh");
  descriptors = openDescriptors(process.pid).length;
});
afterAll(async () => {
  await waitFor("no descriptor is left", () => openDescriptors(process.pid).length <= descriptors);
});

// Side by side: they wait more than they compute.
describe.skipIf(!canListProcesses)("silence (C41) (needs /proc)", { concurrent: true }, () => {
  test("before the head: 504, and the script is ended", async () => {
    await using gateway = await startGateway({ config: { limits: { silenceMs: 1500 } } });
    gateway.script("x.sh", silent(1001));
    expect(await gateway.get("/x.sh")).toMatch(/^HTTP\/1\.1 504 Gateway Timeout\r\n/);
    const trace = await gateway.trace();
    expect(trace).toMatchObject({
      outcome: "timeout",
      cause: coded("silent-responder", { responder: "script", limitMs: 1500 }),
      response: { status: 504 },
      process: { signal: "SIGTERM" },
    });
    await gone(trace.process?.pid ?? 0);
  });

  test("in the body: the connection is cut, so that the client can tell", async () => {
    await using gateway = await startGateway({ config: { limits: { silenceMs: 1500 } } });
    gateway.script("x.sh", `${echo}echo begun; exec sleep 1002`);
    const response = await gateway.get("/x.sh");
    expect(bodyOf(response)).toBe("6\r\nbegun\n\r\n");
    expect(await gateway.trace()).toMatchObject({ outcome: "timeout", response: { status: 200 } });
  });

  test("output keeps a script alive beyond the limit", async () => {
    await using gateway = await startGateway({ config: { limits: { silenceMs: 2000 } } });
    gateway.script("x.sh", `${echo}for i in 1 2 3 4 5 6 7 8 9 10; do echo $i; sleep 0.3; done`);
    expect(await gateway.get("/x.sh")).toMatch(/0\r\n\r\n$/);
    expect((await gateway.trace()).outcome).toBe("ok");
  });

  test("one that ignores TERM is killed, and the client does not wait for that", async () => {
    await using gateway = await startGateway({ config: { limits: { silenceMs: 1500 } } });
    gateway.script("x.sh", `trap "" TERM; echo $$ > "$DOCUMENT_ROOT/pid"; while :; do sleep 0.1 >/dev/null; done`);
    expect(await gateway.get("/x.sh")).toMatch(/^HTTP\/1\.1 504 /);
    expect(isAlive(await pidIn(gateway))).toBe(true);
    expect(await gateway.trace()).toMatchObject({ outcome: "timeout", process: { signal: "SIGKILL" } });
  });

  const late = { outcome: "timeout", cause: coded("silent-upload", { limitMs: 1500 }) };

  test("an upload that stops arriving: 408 when it is collected", async () => {
    await using gateway = await startGateway({ config: { limits: { silenceMs: 1500 } } });
    gateway.script("x.sh", echo);
    expect(await gateway.ask(request("POST", "/x.sh", ["Transfer-Encoding: chunked"], "3\r\nabc\r\n"))).toMatch(
      /^HTTP\/1\.1 408 /,
    );
    const trace = await gateway.trace();
    expect(trace).toMatchObject({ ...late, process: null });
    expect(trace.findings[0]?.rule).toBe("body-incomplete");
  });

  test.each(["native", "portable"] as const)("and when it streams, with the %s start", async (start) => {
    await using gateway = await startGateway({ start, config: { limits: { silenceMs: 1500 } } });
    gateway.script("x.sh", "exec cat");
    gateway.script("begun.sh", `${echo}exec cat`);
    expect(await gateway.ask(upload("/x.sh", 3, 10))).toMatch(/^HTTP\/1\.1 408 /);
    expect(await gateway.ask(upload("/begun.sh", 3, 10))).toMatch(/^HTTP\/1\.1 200 .*xxx/s);
    for (const trace of await gateway.ended(2))
      expect(trace).toMatchObject({ ...late, process: { signal: "SIGTERM" }, findings: [{ rule: "body-incomplete" }] });
  });

  test.each(["native", "portable"] as const)(
    "a script that does not read holds it up itself (%s start)",
    async (start) => {
      await using gateway = await startGateway({ start, config: { limits: { silenceMs: 1500 } } });
      gateway.script("x.sh", silent(1011));
      expect(await gateway.ask(upload("/x.sh", 2_000_000, 4_000_000))).toMatch(/^HTTP\/1\.1 504 /);
      expect(await gateway.trace()).toMatchObject({
        cause: coded("silent-responder", { responder: "script", limitMs: 1500 }),
        findings: [{ rule: "timeout" }],
      });
    },
  );

  test("so does one behind a local redirect, which gets no body", async () => {
    await using gateway = await startGateway({ config: { limits: { silenceMs: 1500 } } });
    gateway.script("x.sh", 'printf "Location: /silent.sh\\n\\n"');
    gateway.script("silent.sh", silent(1012));
    expect(await gateway.ask(upload("/x.sh", 3, 10))).toMatch(/^HTTP\/1\.1 504 /);
    expect((await gateway.ended(2))[1]?.cause).toEqual(
      coded("silent-responder", { responder: "script", limitMs: 1500 }),
    );
  });

  test("a script that keeps running after its local redirect to a file is stopped", async () => {
    await using gateway = await startGateway({ config: { limits: { silenceMs: 1500 } } });
    gateway.file("a.txt", "content");
    gateway.script("x.sh", 'printf "Location: /a.txt\\n\\n"; exec sleep 1013 >/dev/null 2>&1');
    expect(bodyOf(await gateway.get("/x.sh"))).toBe("content");
    expect(await gateway.trace()).toMatchObject({
      outcome: "timeout",
      cause: coded("running-after-response", { responder: "script", limitMs: 1500 }),
      process: { signal: "SIGTERM" },
    });
  });

  test("what a script of a local redirect still says, on stdout or stderr, does not keep it alive", async () => {
    await using gateway = await startGateway({ config: { limits: { silenceMs: 200 } } });
    gateway.script("x.sh", 'printf "Location: /y.sh\\n\\n"; while :; do echo more; echo more >&2; sleep 0.05; done');
    expect(await gateway.get("/x.sh")).toMatch(/^HTTP\/1\.1 504 /);
    expect((await gateway.trace()).outcome).toBe("timeout");
  });

  test("a client that reads nothing does not hold a script for ever", async () => {
    await using gateway = await startGateway({ config: { limits: { silenceMs: 1500 } } });
    gateway.script("x.sh", `${echo}exec cat /dev/zero`);
    const client = await gateway.connect();
    client.socket.pause();
    client.send(request("GET", "/x.sh"));
    expect(await gateway.trace()).toMatchObject({
      outcome: "timeout",
      cause: coded("client-not-reading", { limitMs: 1500 }),
      findings: [{ rule: "timeout", severity: "warning" }],
    });
    client.socket.destroy();
  });

  test("the total limit", async () => {
    await using gateway = await startGateway({ config: { limits: { totalMs: 1500 } } });
    gateway.script("x.sh", `${echo}while :; do echo tick; sleep 0.05; done`);
    expect(await gateway.get("/x.sh")).toMatch(/^HTTP\/1\.1 200 .*tick/s);
    expect(await gateway.trace()).toMatchObject({
      outcome: "timeout",
      cause: coded("total-timeout", { limitMs: 1500 }),
      findings: [{ rule: "timeout", detail: expect.stringContaining("limits.totalMs") }],
    });
  });

  test("after a complete response a script has one silence limit to end", async () => {
    await using gateway = await startGateway({ config: { limits: { silenceMs: 1500 } } });
    gateway.script(
      "x.sh",
      'printf "Status: 204 No\\nContent-Type: text/plain\\n\\n"; while :; do echo more; sleep 0.05; done',
    );
    expect(await gateway.get("/x.sh")).toMatch(/^HTTP\/1\.1 204 No\r\n/);
    expect(await gateway.trace()).toMatchObject({
      outcome: "timeout",
      response: { status: 204 },
      findings: expect.arrayContaining([
        expect.objectContaining({ rule: "timeout", title: "The script kept running after its response" }),
      ]),
    });
  });
});

describe.skipIf(!canListProcesses)("the client is gone (C42) (needs /proc)", () => {
  const leave: [string, (client: Client) => void][] = [
    ["closes", (client) => client.socket.destroy()],
    ["resets the connection", (client) => client.socket.resetAndDestroy()],
  ];
  test.each(leave)("it %s while the script is silent: the script is ended", async (_how, go) => {
    await using gateway = await startGateway();
    gateway.script("x.sh", silent(1003));
    const client = await gateway.connect();
    client.send(request("GET", "/x.sh"));
    const pid = await pidIn(gateway);
    go(client);
    await gone(pid);
    expect(await gateway.trace()).toMatchObject({
      outcome: "client-gone",
      response: null,
      process: { signal: "SIGTERM" },
    });
  });

  test("it closes in the middle of an upload the script does not read", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", silent(1004));
    const client = await gateway.connect();
    client.send(request("POST", "/x.sh", ["Content-Length: 50000000"]));
    client.send(Buffer.alloc(5_000_000));
    const pid = await pidIn(gateway);
    client.socket.destroy();
    await gone(pid);
    expect((await gateway.trace()).outcome).toBe("client-gone");
  });

  test("it has its answer and closes in the middle of its upload: a script that waits for the rest is ended", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", `echo $$ > "$DOCUMENT_ROOT/pid"; exec cat >/dev/null`);
    const client = await gateway.connect();
    client.send(request("POST", "/x.sh", ["Content-Length: 500000"]));
    client.send(Buffer.alloc(100_000));
    expect(await client.until("</html>")).toMatch(/^HTTP\/1\.1 500 /);
    const pid = await pidIn(gateway);
    client.socket.destroy();
    await gone(pid);
    expect(await gateway.trace()).toMatchObject({
      outcome: "invalid-output",
      response: { status: 500 },
      process: { signal: "SIGTERM" },
    });
  });

  test("it closes while it does not read a long response", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", `echo $$ > "$DOCUMENT_ROOT/pid"; ${echo}exec cat /dev/zero`);
    const client = await gateway.connect();
    client.send(request("GET", "/x.sh"));
    await client.until("\0\0\0");
    client.socket.pause();
    const pid = await pidIn(gateway);
    client.socket.destroy();
    await gone(pid);
    expect((await gateway.trace()).outcome).toBe("client-gone");
  });

  test("it only half-closed: the script runs on; then it closes", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", 'echo $$ > "$DOCUMENT_ROOT/$QUERY_STRING"; exec sleep 1005');
    const halfClosed = async (name: string) => {
      const client = await gateway.connect();
      client.socket.end(request("GET", `/x.sh?${name}`));
      return { client, pid: await pidIn(gateway, name) };
    };
    const staying = await halfClosed("stays");
    // Each of these is found to be gone by one look at all connections.
    for (const name of ["first", "second", "third"]) {
      const { client, pid } = await halfClosed(name);
      client.socket.destroy();
      await gone(pid);
    }
    expect(isAlive(staying.pid)).toBe(true);
    staying.client.socket.destroy();
    await gone(staying.pid);
    expect((await gateway.ended(4)).map(({ outcome }) => outcome)).toEqual(Array(4).fill("client-gone"));
  });

  test.skipIf(!hasIpv6)(
    "another address had the same ports before: the client that half-closed is still there",
    async () => {
      await using gateway = await startGateway({ host: "::" });
      gateway.script(
        "x.sh",
        'echo $$ > "$DOCUMENT_ROOT/pid"; while [ ! -e "$DOCUMENT_ROOT/go" ]; do sleep 0.02; done; echo "Content-Type: a/b\n\nstill"',
      );
      const socket = await waitFor("a port that both addresses have free", async () => {
        const earlier = await gateway.connect("::1");
        const { localPort = 0 } = earlier.socket;
        const closed = once(earlier.socket, "close");
        earlier.socket.end();
        earlier.socket.resume();
        await closed; // the system remembers this connection for a minute, without an owner
        const later = connect({
          ...{ port: gateway.port, host: "127.0.0.1", localPort, localAddress: "127.0.0.1" },
          allowHalfOpen: true,
        });
        return new Promise<Socket | null>((resolve) => {
          later.once("connect", () => resolve(later)).once("error", () => resolve(null));
        });
      });
      socket.end(request("GET", "/x.sh"));
      const answer = text(socket);
      const pid = await pidIn(gateway);
      const begun = performance.now();
      await waitFor("several looks", () => performance.now() - begun > 1500);
      expect(isAlive(pid)).toBe(true);
      gateway.file("go", "");
      expect(await answer).toContain("still");
      expect((await gateway.trace()).outcome).toBe("ok");
    },
  );

  test("with requests in the pipeline: each is a trace", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", silent(1006));
    const client = await gateway.connect();
    client.send(request("GET", "/x.sh") + request("GET", "/x.sh?2") + request("GET", "/x.sh?3"));
    const pid = await pidIn(gateway);
    client.socket.destroy();
    await gone(pid);
    const traces = await gateway.ended(3);
    expect(traces.map(({ outcome, process, request: { target } }) => [outcome, process !== null, target])).toEqual([
      ["client-gone", true, "/x.sh"],
      ["client-gone", false, "/x.sh?2"],
      ["client-gone", false, "/x.sh?3"],
    ]);
  });
});

describe.skipIf(!canListProcesses)("Stop and shutdown (needs /proc)", () => {
  test("Stop ends a running script: 503", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", silent(1007));
    const client = await gateway.connect();
    const told: string[] = [];
    gateway.overrides.register(client.socket, {
      from: "composer",
      mode: null,
      variables: new Map(),
      parent: null,
      onTrace: ({ id }) => told.push(id),
    });
    client.send(request("GET", "/x.sh", ["Connection: close"]));
    await pidIn(gateway);
    expect(gateway.listener.running).toBe(1);
    expect([gateway.listener.stop("nothing"), gateway.listener.stop(told[0] ?? "")]).toEqual([false, true]);
    expect(await client.rest()).toMatch(/^HTTP\/1\.1 503 /);
    expect(await gateway.trace()).toMatchObject({ outcome: "stopped", process: { signal: "SIGTERM" } });
    expect(gateway.listener.running).toBe(0);
  });

  test("closing the listener ends what runs and what waits, and every connection", async () => {
    await using gateway = await startGateway({ config: { limits: { concurrency: 1 } } });
    gateway.script("x.sh", silent(1008));
    const clients = [await gateway.connect(), await gateway.connect(), await gateway.connect()];
    for (const client of clients.slice(0, 2)) client.send(request("GET", "/x.sh"));
    const pid = await pidIn(gateway);
    await waitFor("the second request waits", () => gateway.listener.queued === 1);
    await gateway.listener.close();
    expect(isAlive(pid)).toBe(false);
    for (const client of clients) await client.rest();
    expect(clients.map(({ received }) => received.slice(0, 12))).toEqual(["HTTP/1.1 503", "HTTP/1.1 503", ""]);
    expect((await gateway.ended(2)).map(({ outcome }) => outcome)).toEqual(["stopped", "stopped"]);
  });
});

describe.skipIf(!canListProcesses)("what a script leaves behind (needs /proc)", () => {
  test("something else holds stdout: the response ends 2 s after the process, with a finding", async () => {
    const left = `sleep 1009.${process.pid}`; // no other run's
    {
      await using gateway = await startGateway();
      gateway.script("x.sh", `${echo}echo done; ${left} & exit 0`);
      const begun = performance.now();
      expect(await gateway.get("/x.sh")).toMatch(/done\n\r\n0\r\n\r\n$/);
      expect(performance.now() - begun).toBeGreaterThan(1900);
      expect(await gateway.trace()).toMatchObject({
        outcome: "ok",
        process: { exitCode: 0 },
        findings: [{ rule: "output-held" }],
      });
    }
    await waitUntilGone(left); // with the server at the latest
  });

  test("work in the background with its output elsewhere delays nothing", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", `${echo}echo done; sleep 1010 >/dev/null 2>&1 & echo $! > "$DOCUMENT_ROOT/pid"`);
    await gateway.get("/x.sh");
    expect(isAlive(await pidIn(gateway))).toBe(true);
    expect(await gateway.trace()).toMatchObject({ outcome: "ok", findings: [] });
  });
});

describe.skipIf(!canListProcesses)("too many at once (needs /proc)", () => {
  test("the queue goes on in order, and one more than fits is 503 with Retry-After", async () => {
    await using gateway = await startGateway({ config: { limits: { concurrency: 1, queue: 2 } } });
    gateway.script(
      "x.sh",
      `echo $$ > "$DOCUMENT_ROOT/pid"; while [ ! -e "$DOCUMENT_ROOT/go" ]; do sleep 0.02; done; ${echo}echo $QUERY_STRING >> "$DOCUMENT_ROOT/order"`,
    );
    const clients: Client[] = [];
    for (const n of [1, 2, 3, 4]) {
      const client = await gateway.connect();
      client.send(request("GET", `/x.sh?n=${n}`, ["Connection: close"]));
      if (n === 1) await pidIn(gateway);
      else await waitFor(`request ${n} has come`, () => gateway.listener.queued === Math.min(n - 1, 2));
      clients.push(client);
    }
    expect(await clients[3]?.rest()).toMatch(/^HTTP\/1\.1 503 .*Retry-After: 1\r\n/s);
    expect([gateway.listener.running, gateway.listener.queued]).toEqual([1, 2]);
    gateway.file("go", "");
    for (const client of clients.slice(0, 3)) expect(await client.rest()).toMatch(/^HTTP\/1\.1 200 /);
    expect(gateway.folder.read("order")).toBe("n=1\nn=2\nn=3\n");
    expect((await gateway.ended(4)).map(({ outcome }) => outcome)).toEqual(["ok", "ok", "ok", "queue-full"]);
  });

  test("a script may call its own server", async () => {
    await using gateway = await startGateway();
    gateway.script("inner.sh", `${echo}echo inner`);
    gateway.script(
      "outer.py",
      `#!/usr/bin/env python3\nimport os, urllib.request\nbody = urllib.request.urlopen('http://127.0.0.1:' + os.environ['SERVER_PORT'] + '/inner.sh').read()\nprint('Content-Type: text/plain\\n')\nprint('outer', body.decode())\n`,
    );
    expect(await gateway.get("/outer.py")).toContain("outer inner");
    expect(await gateway.ended(2)).toHaveLength(2);
  });

  test("200 requests on 20 connections: each one trace, nothing left", async () => {
    await using gateway = await startGateway();
    gateway.script("x.sh", `${echo}printf "<$QUERY_STRING>"`);
    const connections = Array.from({ length: 20 }, async (_, c) => {
      const client = await gateway.connect();
      client.send(
        Array.from({ length: 10 }, (_unused, n) =>
          request("GET", `/x.sh?${c}.${n}`, n === 9 ? ["Connection: close"] : []),
        ).join(""),
      );
      const response = await client.rest(20_000);
      expect(response.match(/<[\d.]+>/g)).toEqual(Array.from({ length: 10 }, (_unused, n) => `<${c}.${n}>`));
    });
    await Promise.all(connections);
    const traces = await gateway.ended(200);
    expect(traces.filter(({ outcome }) => outcome !== "ok")).toEqual([]);
    expect([traces.length, gateway.listener.running, gateway.listener.queued]).toEqual([200, 0, 0]);
  });
});
