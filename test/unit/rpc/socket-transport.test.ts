// A page that calls without end, or that never reads, over a real WebSocket: the server refuses it and goes on.
import { once } from "node:events";
import type { Socket } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { WebSocket } from "ws";
import { Workbench } from "../../../server/app/workbench.js";
import { socketTransport } from "../../../server/rpc/socket-transport.js";
import { serveUi, type UiOrigin } from "../../../server/window/ui-origin.js";
import { tempFolder } from "../../support/temp-workspace.js";
import { tokenSecret, windowSocket } from "../../support/window-socket.js";

const token = "token-of-this-test";
const root = tempFolder();
let workbench: Workbench;
let ui: UiOrigin;
let host = "";
/** The server's ends, the newest last. */
const served: WebSocket[] = [];

beforeAll(async () => {
  root.write("large.txt", "x".repeat(4 << 20));
  root.write("quotes.txt", '"'.repeat(8 << 20)); // each becomes two bytes of a message
  workbench = await Workbench.create();
  await workbench.folder.open(root.path, { port: 0 });
  const serve = socketTransport(workbench, { stallMs: 500 });
  const onSocket = (socket: WebSocket, connection: Socket): void => {
    served.push(socket);
    serve(socket, connection);
  };
  ui = await serveUi({ onSocket, root: root.path, port: 0, token });
  host = new URL(ui.link(null)).host;
});
afterAll(async () => {
  await ui.close();
  await workbench.dispose();
  root[Symbol.dispose]();
});

async function open(): Promise<WebSocket> {
  const socket = await windowSocket(host, tokenSecret(token));
  socket.on("error", () => {}); // a socket that the server cuts: its end is what the tests await
  return socket;
}
const call = (id: number, path: string, json: unknown): string =>
  JSON.stringify({ i: String(id), p: { u: path, b: { json } } });
/** Reads the responses until `count` of them have come. */
async function responses(socket: WebSocket, count: number): Promise<string[]> {
  const texts: string[] = [];
  const enough = new Promise<void>((resolve) =>
    socket.on("message", (data) => {
      if (texts.push(String(data)) === count) resolve();
    }),
  );
  await enough;
  return texts;
}
const longPoll = (id: number): string =>
  call(id, "/traces/next", { since: 0, generation: workbench.traces.generation, max: 1 });

test("the 97th call under way is refused, and the connection goes on once some have ended", async () => {
  const socket = await open();
  const refused = responses(socket, 204);
  for (let id = 1; id <= 300; id++) socket.send(longPoll(id));
  const texts = await refused;
  expect(texts.every((text) => text.includes("TOO_MANY_REQUESTS"))).toBe(true);
  // the ids of the long polls that were refused: the last ones
  expect(texts.map((text) => Number(JSON.parse(text).i)).sort((a, b) => a - b)[0]).toBe(97);
  socket.send(JSON.stringify({ i: "1", t: 4 })); // aborts the first call
  await expect
    .poll(async () => {
      const read = responses(socket, 1);
      socket.send(call(1000, "/files/read", { path: "large.txt" }));
      return (await read)[0];
    })
    .toContain("xxxx"); // an aborted call counts until its work has settled
  socket.terminate();
});

test("a page that asks for much and never reads is cut; others are served (R6)", async () => {
  const before = process.memoryUsage.rss();
  const hog = await open();
  const closed = once(served.at(-1) ?? expect.fail("the server has the socket"), "close");
  hog.pause();
  for (let id = 1; id <= 2000; id++) hog.send(call(id, "/files/read", { path: "large.txt" }));
  const good = await open();
  const read = responses(good, 1);
  good.send(call(1, "/files/read", { path: "large.txt" }));
  expect((await read)[0]).toContain("xxxx");
  good.terminate();
  await closed;
  hog.terminate();
  expect(process.memoryUsage.rss() - before).toBeLessThan(400 << 20);
});

test("a page that does not read a few responses is cut after a while", async () => {
  const idle = await open();
  const closed = once(served.at(-1) ?? expect.fail("the server has the socket"), "close");
  idle.pause();
  for (let id = 1; id <= 5; id++) idle.send(call(id, "/files/read", { path: "large.txt" }));
  await closed;
  idle.terminate();
});

test("a page that reads one long message slowly is not cut", async () => {
  const slow = await open();
  const read = responses(slow, 2);
  for (const id of [1, 2]) slow.send(call(id, "/files/read", { path: "quotes.txt" }));
  slow.pause();
  // libuv reads at most 2 MiB before the pause: each message of 16 MiB takes longer than the limit of 500 ms
  const reading = setInterval(() => {
    slow.resume();
    setImmediate(() => slow.pause());
  }, 100);
  const whole = await Promise.race([read, once(slow, "close").then(() => [])]);
  clearInterval(reading);
  slow.terminate();
  expect(whole.map((text) => text.length > 16 << 20)).toEqual([true, true]);
});

test("two million nested lists are refused as any wrong input (R6)", async () => {
  const socket = await open();
  const answered = responses(socket, 1);
  socket.send(`{"i":"1","p":{"u":"/files/read","b":{"json":${"[".repeat(2_000_000)}${"]".repeat(2_000_000)}}}}`);
  expect((await answered)[0]).toContain("BAD_REQUEST");
  socket.terminate();
});
