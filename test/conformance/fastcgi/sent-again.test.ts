// What is sent again when an application refuses a request: all of it, or nothing; and when (needs python3).
import { describe, expect, test } from "vitest";
import { protocolStatus } from "../../../server/protocol/fastcgi/record-types.js";
import { coded } from "../../support/coded.js";
import type { ReceivedRequest } from "../../support/fastcgi-application.js";
import { hello, plain, served } from "../../support/fastcgi-gateway.js";
import { bodyOf, headOf, request, startGateway, type TestGateway } from "../../support/gateway.js";
import { isAlive } from "../../support/processes.js";
import { program } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

/** Refuses its first request with `status` once it has `afterBytes` of the body; says of each other how much it got. */
const refusing = (status: number, afterBytes: number, firstOutput = "") => `#!/usr/bin/env python3
import socket, struct
listening = socket.socket(fileno=0)
has_refused = False

def record(kind, content):
    return struct.pack(">BBHHBB", 1, kind, 1, len(content), 0, 0) + content

while True:
    connection, _ = listening.accept()
    stream, answers, got = connection.makefile("rb"), has_refused, 0
    while header := stream.read(8):
        _, kind, _, length, padding, _ = struct.unpack(">BBHHBB", header)
        stream.read(length + padding)
        if kind != 5:
            continue
        got += length
        if answers and length == 0:
            answer = b"Content-Type: text/plain\\n\\ngot %d" % got
            connection.sendall(record(6, answer) + record(6, b"") + record(3, bytes(8)))
            got = 0
        elif not has_refused and got >= ${afterBytes}:
            has_refused = True
            first = b"${firstOutput}"
            connection.sendall((record(6, first) if first else b"") + record(3, struct.pack(">IB3x", 0, ${status})))
`;

async function serving(application: string): Promise<TestGateway> {
  const gateway = await startGateway({ config: { scripts: { "refuses.fcgi": { workers: 1 } } } });
  gateway.script("refuses.fcgi", application);
  return gateway;
}

async function posted(application: string, bytes: number) {
  await using gateway = await serving(application);
  const answer = await gateway.ask(plain("POST", "/refuses.fcgi", [`Content-Length: ${bytes}`], "x".repeat(bytes)));
  const trace = await gateway.trace();
  const next = await gateway.ask(plain("POST", "/refuses.fcgi", ["Content-Length: 3"], "xyz"));
  expect(bodyOf(next)).toBe("got 3"); // the worker is free again
  return { answer, trace };
}

describe.skipIf(program("python3") === null).each([
  ["overloaded", protocolStatus.overloaded, 503],
  ["busy", protocolStatus.cannotMultiplex, 502],
] as const)("an application that is %s", (code, status, answered) => {
  test("F12: a short body is sent again whole", async () => {
    const { answer, trace } = await posted(refusing(status, 1000), 1000);
    expect(bodyOf(answer)).toBe("got 1000");
    expect(trace).toMatchObject({ outcome: "ok", stdin: { bytes: 1000 }, fastcgi: { attempts: 2 } });
  });

  test("F12: a long body, which is not stored, is never sent again without its beginning", async () => {
    const { answer, trace } = await posted(refusing(status, 100_000), 300_000);
    expect(headOf(answer)).toContain(` ${answered} `);
    expect(trace).toMatchObject({ outcome: "upstream-error", cause: coded(code), fastcgi: { attempts: 1 } });
  });

  test("F12: after a first part of the response nothing is sent again", async () => {
    const { answer, trace } = await posted(refusing(status, 1000, "Content-Type: text/plain\\n\\nfirst"), 1000);
    expect(answer).not.toContain("got");
    expect(trace).toMatchObject({ outcome: "upstream-error", cause: coded(code), fastcgi: { attempts: 1 } });
  });
});

test.skipIf(program("python3") === null)(
  "F12: what was refused, sent again and then left by its client has not ended: its process is replaced",
  async () => {
    // It refuses the first request on its connection, and never responds to the second.
    await using gateway = await serving(refusing(protocolStatus.overloaded, 0));
    const client = await gateway.connect();
    client.send(request("GET", "/refuses.fcgi"));
    const pid = await waitFor("it is sent again", () => {
      const { pid = null, currentTrace = null } = gateway.workers.list()[0]?.workers[0] ?? {};
      return gateway.traces.get(currentTrace ?? "")?.fastcgi?.attempts === 2 && pid;
    });
    client.socket.destroy();
    expect(await gateway.trace()).toMatchObject({
      outcome: "client-gone",
      fastcgi: { attempts: 2, reused: true, appStatus: null, protocolStatus: null },
    });
    await waitFor("its process is gone", () => !isAlive(pid));
  },
);

test.each([
  ["refused on", (r: ReceivedRequest): void => void r.end(0, protocolStatus.cannotMultiplex)],
  ["left unanswered on", (r: ReceivedRequest) => r.close()],
] as const)(
  "F12: a request that was %s a kept connection goes out again before those that wait",
  async (_how, leave) => {
    const order: string[] = [];
    await using t = await served(
      (r): void => {
        if (t.application.requests.length === 2) return; // until the others wait
        order.push(r.params.get("PATH_INFO") ?? "");
        r.answer(hello);
      },
      { over: "unix", connections: 1 },
    );
    await t.gateway.ask(plain("GET", "/app/before"));
    const answers: Promise<string>[] = [];
    for (const name of ["first", "b", "c", "d"]) {
      answers.push(t.gateway.ask(plain("GET", `/app/${name}`)));
      await waitFor("it has come", () => t.gateway.listener.running === answers.length);
    }
    leave(await waitFor("the first is being served", () => t.application.requests[1] ?? null));
    for (const answer of await Promise.all(answers)) expect(bodyOf(answer)).toBe("hello");
    expect(order).toEqual(["/before", "/first", "/b", "/c", "/d"]);
  },
);
