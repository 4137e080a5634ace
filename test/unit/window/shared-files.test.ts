// Clients that ask for the window's files and do not read them: each file is in memory once, and one connection has a
// few requests at most.
import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SharedFiles } from "../../../server/window/shared-files.js";
import { serveUi, type UiOrigin } from "../../../server/window/ui-origin.js";
import { tempFolder } from "../../support/temp-workspace.js";

const root = tempFolder();
let ui: UiOrigin;
let host = "";

beforeAll(async () => {
  root.write("index.html", "<!doctype html>page");
  root.makeFolder("assets");
  root.write("assets/editor.js", "x".repeat(100_000));
  ui = await serveUi({ onSocket: () => undefined, root: root.path, port: 0 });
  ({ host } = new URL(ui.link(null)));
});
afterAll(async () => {
  await ui.close();
  root[Symbol.dispose]();
});

test("a file whose name holds its hash is read once, any other each time", async () => {
  const files = new SharedFiles(root.path);
  const [first, second] = await Promise.all([files.read("/assets/editor.js"), files.read("/assets/%65ditor.js")]);
  expect(first?.bytes).toHaveLength(100_000);
  expect(second).toBe(first);
  expect(await files.read("/assets/missing.js")).toBeNull();
  root.write("assets/missing.js", "there now");
  expect((await files.read("/assets/missing.js"))?.bytes).toHaveLength(9);

  const page = await files.read("/");
  root.write("index.html", "<!doctype html>new page");
  expect((await files.read("/"))?.bytes).not.toEqual(page?.bytes);
});

/** Sends `count` requests in one piece; returns how many responses came before the connection was closed. */
async function pipelined(count: number): Promise<number> {
  const { port, hostname } = new URL(`http://${host}`);
  const socket = connect(Number(port), hostname);
  let received = "";
  socket.setEncoding("latin1").on("data", (text) => {
    received += String(text);
  });
  socket.on("error", () => undefined); // the server closed the connection
  const request = (n: number): string =>
    `GET /assets/editor.js HTTP/1.1\r\nHost: ${host}\r\n${n === count ? "Connection: close\r\n" : ""}\r\n`;
  socket.write(Array.from({ length: count }, (_, n) => request(n + 1)).join(""));
  await once(socket, "close");
  return received.match(/HTTP\/1\.1 200/g)?.length ?? 0;
}

test("a connection that sends many requests at once is closed, and others are served", async () => {
  expect(await pipelined(8)).toBe(8);
  expect(await pipelined(900)).toBeLessThan(8);
  expect(await pipelined(1)).toBe(1);
});
