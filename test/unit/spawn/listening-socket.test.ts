// A listening socket as a child's descriptor 0: the child accepts, whoever comes while no child lives waits for
// the next one, and nothing is left behind.
import { once } from "node:events";
import { existsSync, readdirSync, unlinkSync } from "node:fs";
import { connect } from "node:net";
import { afterAll, describe, expect, test } from "vitest";
import { utf8 } from "../../../server/protocol/byte-string.js";
import { createStarter } from "../../../server/spawn/create-starter.js";
import { listeningSockets } from "../../../server/spawn/native/listening-socket.js";
import { StartError, type Starter } from "../../../server/spawn/start.js";
import { program, tempFolder } from "../../support/temp-workspace.js";
import { within } from "../../support/wait-for.js";
import { run } from "./run-child.js";

const folder = tempFolder();
afterAll(() => folder[Symbol.dispose]());
const perl = program("perl");

/** Accepts one connection on descriptor 0, says its own pid there, and goes. */
const acceptOnce =
  'use Socket; open(my $l, "+<&=0") or die; accept(my $c, $l) or die "accept: $!"; syswrite($c, "pid $$\\n"); close $c;';

function answerOf(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    const socket = connect(path);
    socket.on("data", (bytes) => {
      text += bytes.toString();
    });
    socket.on("error", reject).on("close", () => resolve(text));
  });
}

const startOn = (starter: Starter, descriptor: number) =>
  run(starter, {
    file: utf8(perl ?? ""),
    argv: ["perl", "-e", acceptOnce].map(utf8),
    env: [],
    cwd: utf8("/"),
    stdin: { descriptor },
  });

describe.skipIf(perl === null).each(["native", "portable"] as const)("with the %s starter (needs perl)", (kind) => {
  test("the child accepts on it, and who comes while none lives is answered by the next", async () => {
    const { starter } = await createStarter(kind);
    const sockets = await listeningSockets();
    const before = readdirSync("/proc/self/fd").length;
    const socket = sockets.listen(folder.file(`${kind}.sock`));
    for (let round = 0; round < 2; round++) {
      const answer = answerOf(socket.path); // waits in the backlog: nobody accepts yet
      const { child, result } = await startOn(starter, socket.descriptor);
      const { exit, err } = await result;
      expect({ exit: exit.exitCode, err }).toEqual({ exit: 0, err: "" });
      expect(await within("the answer", answer, 5000)).toBe(`pid ${child.pid}\n`);
    }
    socket.close();
    socket.close();
    expect(existsSync(socket.path)).toBe(false);
    expect(readdirSync("/proc/self/fd").length).toBe(before);
    await starter.dispose();
  });
});

test("a path that does not fit is refused with its length, and nothing is left open", async () => {
  const sockets = await listeningSockets();
  const before = readdirSync("/proc/self/fd").length;
  const path = folder.file("x".repeat(108));
  const refusalOf = (at: string) => {
    try {
      sockets.listen(at);
      return null;
    } catch (error) {
      return error instanceof StartError ? error.why : error;
    }
  };
  expect(refusalOf(path)).toMatchObject({ code: "socket-path-too-long", data: { limitBytes: 107 } });
  expect(refusalOf(folder.file("missing/socket"))).toMatchObject({ code: "no-socket", data: { errno: "ENOENT" } });
  expect(readdirSync("/proc/self/fd").length).toBe(before);
});

test.skipIf(process.platform !== "linux")("a client that waits is seen, whatever the path's letters", async () => {
  const sockets = await listeningSockets();
  for (const name of ["plain", "with a space", "jürgen"]) {
    folder.makeFolder(name);
    const socket = sockets.listen(folder.file(`${name}/socket`));
    expect([name, socket.hasUnaccepted()]).toEqual([name, false]);
    const client = connect(socket.path);
    await once(client, "connect");
    expect([name, socket.hasUnaccepted()]).toEqual([name, true]);
    client.destroy();
    socket.close();
  }
});

test("a socket whose file was removed is not reachable", async () => {
  const sockets = await listeningSockets();
  const socket = sockets.listen(folder.file("removed.sock"));
  expect(socket.isReachable()).toBe(true);
  unlinkSync(socket.path);
  expect(socket.isReachable()).toBe(false);
  socket.close();
});
