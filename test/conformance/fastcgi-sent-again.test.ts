// What is sent again when an application refuses a request: all of it, or nothing (needs python3).
import { describe, expect, test } from "vitest";
import { protocolStatus } from "../../server/protocol/fastcgi/record-types.js";
import { coded } from "../support/coded.js";
import { plain } from "../support/fastcgi-gateway.js";
import { bodyOf, headOf, startGateway } from "../support/gateway.js";
import { program } from "../support/temp-workspace.js";

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

async function posted(application: string, bytes: number) {
  await using gateway = await startGateway({ config: { scripts: { "refuses.fcgi": { workers: 1 } } } });
  gateway.script("refuses.fcgi", application);
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
