// The socket where a running server gives further addresses of its window: what connects and stays silent.
import { once } from "node:events";
import { chmodSync, readdirSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Log } from "../../../server/base/log.js";
import { link } from "../../../server/cli/link.js";
import { serveLinks, windowLink } from "../../../server/window/link-socket.js";
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

const linkOf = () => "http://127.0.0.1:1/#code";
const workbench = (root: string) => ({ folder: { current: { root } }, windowLink: null, log: new Log() });
const socketPath = (pid = process.pid): string => place.file(`cgi-workbench/window-${pid}.sock`);

async function silent(): Promise<Socket> {
  const socket = connect({ path: socketPath(), allowHalfOpen: true });
  connected.push(socket);
  await once(socket, "connect");
  return socket;
}

test.skipIf(process.platform === "win32")("closing ends what is connected and silent", async () => {
  const links = await serveLinks(workbench("/some/where"), linkOf);
  await silent();
  expect(await windowLink("/some/where")).toBe(linkOf());
  const reader = await silent();
  reader.end("/some/where");
  expect(JSON.parse(await text(reader))).toEqual({ url: linkOf() });
  await within("it is closed", links.close(), 3000);
  expect(readdirSync(place.file("cgi-workbench"))).toEqual([]);
});

test.skipIf(process.platform === "win32")("a silent connection has a limit", async () => {
  const links = await serveLinks(workbench("/some/where"), linkOf, 50);
  const socket = await silent();
  await within("it is ended", once(socket.resume(), "end"), 3000);
  await links.close();
});

test.skipIf(process.platform === "win32")("a server that does not answer, or ends first, has no link", async () => {
  const links = await serveLinks(workbench("/some/where"), linkOf);
  await links.close();
  const asked: Socket[] = [];
  const stopped = createServer({ allowHalfOpen: true }, (socket) => {
    asked.push(socket);
    socket.resume();
  });
  await once(stopped.listen(socketPath(process.ppid)), "listening");
  expect(await within("the wait ends", windowLink("/some/where", 50), 3000)).toBeNull();
  const again = windowLink("/some/where", 60_000);
  await once(stopped, "connection");
  asked.at(-1)?.end();
  expect(await within("it is told", again, 3000)).toBeNull();
  for (const socket of asked) socket.destroy();
  await new Promise((resolve) => stopped.close(resolve));
});

test.skipIf(process.platform === "win32")("without a private folder there are no links, and that is all", async () => {
  for (const name of [`cgi-workbench-${process.getuid?.()}`, "cgi-workbench"]) place.makeFolder(name);
  for (const name of readdirSync(place.path)) chmodSync(place.file(name), 0o755);
  for (const name of ["TMPDIR", "XDG_STATE_HOME"]) vi.stubEnv(name, place.path);
  const serving = workbench("/some/where");
  const links = await serveLinks(serving, linkOf);
  expect(serving.log.after(0).entries).toMatchObject([{ code: "links-not-served" }]);
  await within("it is closed", links.close(), 3000);
  await expect(link([place.path])).rejects.toMatchObject({ problem: { code: "windows-not-found" } });
});
