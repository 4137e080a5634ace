// Browser mode's origin over real sockets: who gets the window's files, and who gets to speak.
import { once } from "node:events";
import { connect } from "node:net";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import type { ContractRouterClient } from "@orpc/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { Workbench } from "../../../server/app/workbench.js";
import type { Contract } from "../../../server/contract/rpc.js";
import { socketTransport } from "../../../server/rpc/socket-transport.js";
import { contentSecurityPolicy } from "../../../server/window/csp.js";
import { serveUi, type UiOrigin } from "../../../server/window/ui-origin.js";
import { occupiedPort } from "../../support/free-port.js";
import { tempFolder } from "../../support/temp-workspace.js";

const token = "token-of-this-test";
const root = tempFolder();
let workbench: Workbench;
let ui: UiOrigin;
let port = 0;

beforeAll(async () => {
  root.write("index.html", "<!doctype html>page");
  workbench = await Workbench.create();
  ui = await serveUi({ onSocket: socketTransport(workbench), root: root.path, port: 0, token });
  port = Number(new URL(ui.url).port);
});
afterAll(async () => {
  await ui.close();
  await workbench.dispose();
  root[Symbol.dispose]();
});

/** Sends bytes, gives back everything until the other side closes. */
async function raw(request: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  let answer = "";
  socket.setEncoding("latin1").on("data", (text) => {
    answer += String(text);
  });
  socket.write(request);
  await once(socket, "close");
  return answer;
}
const get = (target: string, { host = `127.0.0.1:${port}`, method = "GET" } = {}): Promise<string> =>
  raw(`${method} ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);

describe("the window's files", () => {
  test("come with the policy and without a cookie", async () => {
    const answer = await get("/");
    expect(statusOf(answer)).toBe(200);
    expect(answer).toContain(`content-security-policy: ${contentSecurityPolicy({ frames: true })}`);
    expect(answer).toMatch(/\r\n\r\n<!doctype html>page$/);
    expect(answer).not.toMatch(/set-cookie|access-control/i);
    expect(answer).not.toContain(token);
  });

  test("need no secret, so the token is in no request", () => {
    const { pathname, search, hash } = new URL(ui.url);
    expect([pathname, search, hash]).toEqual(["/", "", `#token=${token}`]);
  });

  test("HEAD has no body, other methods are refused", async () => {
    expect(await get("/", { method: "HEAD" })).toMatch(/\r\n\r\n$/);
    expect(statusOf(await get("/", { method: "POST" }))).toBe(405);
  });

  test.each(["localhost", "evil.test", "evil.test:80", "127.0.0.1", "[::1]"])(
    "are not for the host %s (DNS rebinding)",
    async (name) => {
      expect(statusOf(await get("/", { host: name }))).toBe(421);
    },
  );

  test.each(["/../package.json", "/..%2fx", "//etc/passwd", "/%00", "/nothing", "http://127.0.0.1/", "*"])(
    "%s is not found",
    async (target) => {
      expect(statusOf(await get(target))).toBe(404);
    },
  );
});

describe("the socket", () => {
  const upgrade = (lines: readonly string[], path = "/rpc"): Promise<string> =>
    raw(
      `${[`GET ${path} HTTP/1.1`, "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", ...lines].join("\r\n")}\r\n\r\n`,
    );

  test("is refused to every other origin, host and path", async () => {
    const own = `127.0.0.1:${port}`;
    const refused = [
      [`Host: ${own}`],
      [`Host: ${own}`, "Origin: null"],
      [`Host: ${own}`, "Origin: http://127.0.0.1:8080"],
      [`Host: ${own}`, `Origin: https://${own}`],
      [`Host: ${own}`, `Origin: http://${own}.evil.test`],
      [`Host: localhost:${port}`, `Origin: http://${own}`],
      [`Host: localhost:${port}`, `Origin: http://localhost:${port}`],
    ];
    for (const lines of refused) expect([lines, statusOf(await upgrade(lines))]).toEqual([lines, 403]);
    expect(statusOf(await upgrade([`Host: ${own}`, `Origin: http://${own}`], "/other"))).toBe(403);
  });

  const open = async (): Promise<WebSocket> => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc`, { origin: `http://127.0.0.1:${port}` });
    await once(socket, "open");
    return socket;
  };
  const closeCode = async (socket: WebSocket): Promise<unknown> => (await once(socket, "close"))[0];

  test.each(["", "wrong", `${token}x`, token.slice(1), '{"i":"1","p":{"u":"/state/next"}}'])(
    "closes with 4401 when the first message is %j",
    async (first) => {
      const socket = await open();
      socket.send(first);
      expect(await closeCode(socket)).toBe(4401);
    },
  );

  test("closes with 4408 when there is no token within 3 s", async () => {
    expect(await closeCode(await open())).toBe(4408);
  });

  test("cuts a first message that is larger than a token", async () => {
    const socket = await open();
    socket.on("error", () => {}); // the reset connection: its end is what the test awaits
    socket.send("x".repeat(8 << 20));
    expect(await closeCode(socket)).toBe(1006);
  });

  test("holds 32 sockets without a token; one more ends the oldest, and the token still opens", async () => {
    const sockets: WebSocket[] = [];
    for (let opened = 0; opened < 32; opened++) sockets.push(await open());
    const oldest = sockets[0] ?? expect.fail("32 sockets were opened");
    const ended = closeCode(oldest);
    const window = await open();
    expect(await ended).toBe(1006);
    window.send(token);
    expect(String((await once(window, "message"))[0])).toBe("welcome");
    expect(sockets.slice(2).map(({ readyState }) => readyState)).toEqual(sockets.slice(2).map(() => WebSocket.OPEN));
    for (const socket of [...sockets, window]) socket.terminate();
  });

  test("speaks the contract after the token, and sends bytes as frames of their own", async () => {
    const socket = await open();
    socket.send(token);
    expect(String((await once(socket, "message"))[0])).toBe("welcome");
    const client: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ websocket: likeABrowsers(socket) }));
    const state = await client.state.next({ since: -1, generation: null });
    expect(state).toMatchObject({ pid: process.pid, workspace: null });
    await expect(
      client.traces.frame({ id: "none", stream: "stdout", from: 0, length: 1, ticket: 1 }),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
    socket.terminate();
  });
});

test("a port in use is reported", async () => {
  const taken = await occupiedPort();
  await expect(
    serveUi({ onSocket: socketTransport(workbench), root: root.path, port: taken.port }),
  ).rejects.toMatchObject({ code: "EADDRINUSE" });
  await taken.release();
});

test("the token is new each time, with 128 bits", async () => {
  const others = await Promise.all(
    [1, 2].map(() => serveUi({ onSocket: socketTransport(workbench), root: root.path, port: 0 })),
  );
  const tokens = others.map(({ url }) => url.split("#token=")[1]);
  await Promise.all(others.map((other) => other.close()));
  expect(new Set([...tokens, token]).size).toBe(3);
  expect(tokens.every((each) => /^[\w-]{22}$/.test(each ?? ""))).toBe(true);
});

/** The library is made for a browser's WebSocket; the one of `ws` does the same under types of its own. */
function likeABrowsers(socket: unknown): globalThis.WebSocket {
  return socket as globalThis.WebSocket;
}
