// The socket by which commands join a running server: what connects and stays silent, and what cannot be made.
import { once } from "node:events";
import { chmodSync, readdirSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Log } from "../../../server/base/log.js";
import { link } from "../../../server/cli/link.js";
import { joinServer, type Service, serveCommands } from "../../../server/features/join/server-socket.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { within } from "../../support/wait-for.js";

let place: TempFolder;
const connected: Socket[] = [];
beforeEach(() => {
  place = tempFolder();
  vi.stubEnv("XDG_RUNTIME_DIR", place.path);
});
afterEach(() => {
  for (const socket of connected.splice(0)) socket.destroy();
  vi.unstubAllEnvs();
  place[Symbol.dispose]();
});

const root = "/some/where";
const socketPath = (pid = process.pid): string => place.file(`cgi-workbench/server-${pid}.sock`);

/** A server that has the folder open and offers the address of a window. */
async function serving(silenceMs?: number) {
  const ends: (() => Promise<void>)[] = [];
  const log = new Log();
  const folder = { current: { root } };
  const offered = (service: Service) =>
    service === "window-link" ? async (socket: Socket) => void socket.end("the address") : null;
  await serveCommands({ folder, log, beforeEnd: (work) => ends.push(work) }, offered, silenceMs);
  return { log, close: () => Promise.all(ends.map((end) => end())) };
}

async function silent(): Promise<Socket> {
  const socket = connect({ path: socketPath(), allowHalfOpen: true });
  connected.push(socket);
  await once(socket, "connect");
  return socket;
}

describe.skipIf(process.platform === "win32")("a server's socket", () => {
  test("a command joins for this folder and an offered service alone, and no limit counts on", async () => {
    const { close } = await serving();
    expect(await joinServer("/some/other", "window-link")).toBeNull();
    expect(await joinServer(root, "assistant")).toBeNull();
    const socket = await joinServer(root, "window-link");
    // Both sides wait for the other's line with the same function.
    expect([socket?.timeout, socket?.listenerCount("timeout")]).toEqual([0, 0]);
    expect(socket && (await text(socket.end()))).toBe("the address");
    await close();
  });

  test.each([["{}"], ["no JSON"], [JSON.stringify({ root, service: "any" })], ["x".repeat(20_000)]])(
    "a line that asks for nothing has no answer: %.40s",
    async (line) => {
      const { close } = await serving();
      const socket = await silent();
      socket.write(`${line}\n`);
      expect(await within("it is ended", text(socket), 3000)).toBe("");
      await close();
    },
  );

  test("the server's end ends what is connected and silent", async () => {
    const { close } = await serving();
    const socket = await silent();
    await close();
    await within("it is ended", once(socket.resume(), "end"), 3000);
    expect(readdirSync(place.file("cgi-workbench"))).toEqual([]);
  });

  test("a silent connection has a limit", async () => {
    const { close } = await serving(50);
    const socket = await silent();
    await within("it is ended", once(socket.resume(), "end"), 3000);
    await close();
  });

  test("a server that does not answer, or ends first, is not joined", async () => {
    await (await serving()).close();
    const asked: Socket[] = [];
    const stopped = createServer({ allowHalfOpen: true }, (socket) => {
      asked.push(socket);
      socket.resume();
    });
    await once(stopped.listen(socketPath(process.ppid)), "listening");
    expect(await within("the wait ends", joinServer(root, "window-link", 50), 3000)).toBeNull();
    const again = joinServer(root, "window-link", 60_000);
    await once(stopped, "connection");
    asked.at(-1)?.end();
    expect(await within("it is told", again, 3000)).toBeNull();
    for (const socket of asked) socket.destroy();
    await new Promise((resolve) => stopped.close(resolve));
  });

  test("without a private folder no command joins, and that is all", async () => {
    for (const name of [`cgi-workbench-${process.getuid?.()}`, "cgi-workbench"]) place.makeFolder(name);
    for (const name of readdirSync(place.path)) chmodSync(place.file(name), 0o755);
    for (const name of ["TMPDIR", "XDG_STATE_HOME"]) vi.stubEnv(name, place.path);
    const { log, close } = await serving();
    expect(log.after(0).entries).toMatchObject([{ code: "server-not-joined" }]);
    await within("it is closed", close(), 3000);
    await expect(link([place.path])).rejects.toMatchObject({ problem: { code: "windows-not-found" } });
  });
});
