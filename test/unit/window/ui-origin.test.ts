// Browser mode's origin over real sockets: who gets the window's files, and who gets to speak.
import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import type { ContractRouterClient } from "@orpc/contract";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { z } from "zod";
import { proveSecret } from "../../../renderer/rpc/prove-secret.js";
import { Workbench } from "../../../server/app/workbench.js";
import type { Contract } from "../../../server/contract/rpc.js";
import { socketTransport } from "../../../server/rpc/socket-transport.js";
import { contentSecurityPolicy } from "../../../server/window/csp.js";
import { OneTimeCodes } from "../../../server/window/one-time-codes.js";
import { serveUi, serveUiAt, type UiOrigin } from "../../../server/window/ui-origin.js";
import { occupiedPort } from "../../support/free-port.js";
import { tempFolder } from "../../support/temp-workspace.js";
import {
  likeABrowsers,
  provingSocket,
  secretOf,
  strangeSocket,
  tokenSecret,
  windowSocket,
} from "../../support/window-socket.js";

const token = "token-of-this-test";
const root = tempFolder();
let workbench: Workbench;
let ui: UiOrigin;
let port = 0;

beforeAll(async () => {
  root.write("index.html", "<!doctype html>page");
  workbench = await Workbench.create();
  ui = await serveUi({ onSocket: socketTransport(workbench), root: root.path, port: 0, token });
  port = Number(new URL(ui.link(null)).port);
});
afterAll(async () => {
  await ui.close();
  await workbench.dispose();
  root[Symbol.dispose]();
});

/** Sends bytes, gives back everything until the other side closes. */
async function raw(request: string, to = port): Promise<string> {
  const socket = connect(to, "127.0.0.1");
  let answer = "";
  socket.setEncoding("latin1").on("data", (text) => {
    answer += String(text);
  });
  socket.write(request);
  await once(socket, "close");
  return answer;
}
const getText = (target: string, host: string, method = "GET"): string =>
  `${method} ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
const get = (target: string, { host = `127.0.0.1:${port}`, method = "GET" } = {}): Promise<string> =>
  raw(getText(target, host, method));
const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);

test("a page is announced once for a group of files, by its own address alone", async () => {
  const toldBy = vi.fn();
  const own = await serveUi({ onSocket: () => {}, onPage: toldBy, root: root.path, port: 0 });
  const { host, port: ownPort } = new URL(own.link(null));
  const asked = async (named: string) => statusOf(await raw(getText("/", named), Number(ownPort)));
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    expect(await asked("localhost")).toBe(421);
    vi.advanceTimersByTime(1000);
    expect(toldBy).not.toHaveBeenCalled();
    expect(await Promise.all([asked(host), asked(host)])).toEqual([200, 200]);
    vi.advanceTimersByTime(1000);
    expect(toldBy).toHaveBeenCalledTimes(1);
    expect(await asked(host)).toBe(200);
  } finally {
    await own.close();
    vi.advanceTimersByTime(1000);
    vi.useRealTimers();
  }
  expect(toldBy).toHaveBeenCalledTimes(1); // not after its end
});

describe("the window's files", () => {
  test("come with the policy and without a cookie", async () => {
    const answer = await get("/");
    expect(statusOf(answer)).toBe(200);
    expect(answer).toContain(`content-security-policy: ${contentSecurityPolicy({ frames: true })}`);
    expect(answer).toMatch(/\r\n\r\n<!doctype html>page$/);
    expect(answer).not.toMatch(/set-cookie|access-control/i);
    expect(answer).not.toContain(token);
  });

  test("need no secret: the address has a code in its fragment, which no request carries", () => {
    const { pathname, search, hash } = new URL(ui.link(null));
    expect([pathname, search, hash]).toEqual(["/", "", expect.stringMatching(/^#code=[\w-]{8}\.[\w-]{22}$/)]);
    expect(hash).not.toContain(token);
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

  test("a second Host field is refused, whatever it says (D9)", async () => {
    const own = `127.0.0.1:${port}`;
    for (const second of [own, "evil.test"])
      expect(
        statusOf(await raw(`GET / HTTP/1.1\r\nHost: ${own}\r\nHost: ${second}\r\nConnection: close\r\n\r\n`)),
      ).toBe(400);
  });

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
      [`Host: ${own}`, `Host: ${own}`, `Origin: http://${own}`],
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

  const host = (): string => `127.0.0.1:${port}`;
  const open = (): Promise<WebSocket> => strangeSocket(host());
  const closeCode = async (socket: WebSocket): Promise<unknown> => (await once(socket, "close"))[0];
  const nonce = "0".repeat(32);

  test.each([
    "",
    token,
    JSON.stringify({ hello: "token" }),
    JSON.stringify({ hello: "token", nonce: "short" }),
    JSON.stringify({ hello: "no-code", nonce }),
    '{"i":"1","p":{"u":"/state/next"}}',
  ])("closes with 4401 when the first message is %j", async (first) => {
    const socket = await open();
    socket.send(first);
    expect(await closeCode(socket)).toBe(4401);
  });

  test.each(["", token, JSON.stringify({ proof: "0".repeat(64) }), '{"i":"1","p":{"u":"/state/next"}}'])(
    "closes with 4401 when the proof is %j",
    async (second) => {
      const socket = await open();
      socket.send(JSON.stringify({ hello: "token", nonce }));
      await once(socket, "message");
      socket.send(second);
      expect(await closeCode(socket)).toBe(4401);
    },
  );

  test("closes with 4408 when there is no proof within 3 s", async () => {
    const [silent, half] = [await open(), await open()];
    half.send(JSON.stringify({ hello: "token", nonce }));
    expect(await Promise.all([closeCode(silent), closeCode(half)])).toEqual([4408, 4408]);
  });

  test("cuts a first message that is larger than a proof (R5)", async () => {
    const socket = await open();
    socket.on("error", () => {}); // the reset connection: its end is what the test awaits
    socket.send("x".repeat(8 << 20));
    expect(await closeCode(socket)).toBe(1006);
  });

  test("holds 32 sockets without a proof; one more ends the oldest, and the token still opens (R5)", async () => {
    const sockets: WebSocket[] = [];
    for (let opened = 0; opened < 32; opened++) sockets.push(await open());
    const oldest = sockets[0] ?? expect.fail("32 sockets were opened");
    const ended = closeCode(oldest);
    const window = await windowSocket(host(), tokenSecret(token));
    expect(await ended).toBe(1006);
    expect(sockets.slice(2).map(({ readyState }) => readyState)).toEqual(sockets.slice(2).map(() => WebSocket.OPEN));
    for (const socket of [...sockets, window]) socket.terminate();
  });

  test("speaks the contract after the proof, and sends bytes as frames of their own", async () => {
    const socket = await windowSocket(host(), tokenSecret(token));
    const client: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ websocket: likeABrowsers(socket) }));
    const state = await client.state.next({ since: -1, generation: null });
    expect(state).toMatchObject({ pid: process.pid, workspace: null });
    await expect(
      client.traces.frame({ id: "none", stream: "stdout", from: 0, length: 1, ticket: 1 }),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
    socket.terminate();
  });

  test("a code opens the window once, and brings the token", async () => {
    const secret = secretOf(ui.link(null));
    const first = await provingSocket(host(), secret);
    expect(first.result).toEqual({ kind: "welcome", token });
    const second = await provingSocket(host(), secret);
    expect(second.result).toEqual({ kind: "closed", code: 4401 });
    first.socket.terminate();
  });

  test("a page that is loaded again before it had the token proves its code again; no other page can", async () => {
    const known = { ...secretOf(ui.link(null)), nonce: "a".repeat(32) };
    for (let time = 0; time < 2; time++) {
      const { socket, result } = await provingSocket(host(), known);
      expect(result).toEqual({ kind: "welcome", token });
      socket.terminate();
    }
    const other = await provingSocket(host(), { ...known, nonce: "b".repeat(32) });
    expect(other.result).toEqual({ kind: "closed", code: 4401 });
  });

  test("of two that prove a code at the same time, one is let in", async () => {
    const secret = secretOf(ui.link(null));
    const both = await Promise.all([provingSocket(host(), secret), provingSocket(host(), secret)]);
    expect(both.map(({ result }) => result.kind).sort()).toEqual(["closed", "welcome"]);
    for (const { socket } of both) socket.terminate();
  });

  test("a code is good for as long as was said, and 32 are kept", () => {
    let now = 0;
    const codes = new OneTimeCodes(() => now);
    const idOf = (code: string): string => code.split(".")[0] ?? "";
    const [brief, lasting] = [idOf(codes.issue(60_000)), idOf(codes.issue(null))];
    now = 59_999;
    expect(codes.secret(brief, "page")).not.toBeNull();
    now = 60_000;
    expect([codes.secret(brief, "page"), codes.use(brief, "page")]).toEqual([null, false]);
    expect([codes.use(lasting, "page"), codes.use(lasting, "page"), codes.use(lasting, "other")]).toEqual([
      ...[true, true, false],
    ]);
    now = 120_000; // one minute after its use it is over for that page, too
    expect(codes.use(lasting, "page")).toBe(false);
    const many = Array.from({ length: 33 }, () => idOf(codes.issue(null)));
    expect(many.map((id) => codes.use(id, "page"))).toEqual([false, ...many.slice(1).map(() => true)]);
  });

  test("no secret crosses the connection", async () => {
    const link = ui.link(null);
    const { name, secret } = secretOf(link);
    const crossed: string[] = [];
    const listen = (socket: WebSocket): void => {
      const send = socket.send.bind(socket);
      socket.send = (data: string) => {
        crossed.push(data);
        send(data);
      };
      socket.on("message", (data) => crossed.push(String(data)));
    };
    for (const each of [{ name, secret, nonce: null }, tokenSecret(token)]) {
      const socket = await open();
      listen(socket);
      expect(await proveSecret(likeABrowsers(socket), each, host())).toMatchObject({ kind: "welcome" });
      socket.terminate();
    }
    expect(crossed).toHaveLength(8);
    const text = crossed.join("\n");
    for (const hidden of [token, secret]) {
      expect(text).not.toContain(hidden);
      expect(text).not.toContain(Buffer.from(hidden).toString("hex"));
      expect(text).not.toContain(Buffer.from(hidden).toString("base64url"));
    }
  });

  test("a program that takes the port learns nothing, and the page does not go on (B3)", async () => {
    const heard: string[] = [];
    const thief = new WebSocketServer({ port: 0, host: "127.0.0.1" });
    await once(thief, "listening");
    thief.on("connection", (socket) =>
      socket.on("message", (data) => {
        heard.push(String(data));
        socket.send(JSON.stringify({ nonce, proof: "0".repeat(64) }));
      }),
    );
    const { port: stolen } = z.object({ port: z.number() }).parse(thief.address());
    const { socket, result } = await provingSocket(`127.0.0.1:${stolen}`, tokenSecret(token));
    expect(result).toEqual({ kind: "stranger" });
    expect(heard).toHaveLength(1);
    expect(heard.join()).not.toContain(token);
    socket.terminate();
    await new Promise((resolve) => thief.close(resolve));
  });

  test("a program that passes everything on to the server from another address is not let in", async () => {
    const relayed = await provingSocket(host(), tokenSecret(token), "127.0.0.1:4711");
    expect(relayed.result).toEqual({ kind: "stranger" });
    const socket = relayed.socket;
    const closed = closeCode(socket);
    socket.send(JSON.stringify({ proof: "0".repeat(64) }));
    expect(await closed).toBe(4401);
  });
});

test("a port in use is reported", async () => {
  const taken = await occupiedPort();
  await expect(
    serveUi({ onSocket: socketTransport(workbench), root: root.path, port: taken.port }),
  ).rejects.toMatchObject({ code: "EADDRINUSE" });
  await taken.release();
});

describe("connections that another process accepted", () => {
  const silenceMs = 300;
  const place = { authority: "", page: null };
  const listening = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on("error", () => {});
    served.accept(socket);
  });
  const served = serveUiAt(place, { onSocket: () => {}, root: root.path, token, silenceMs });
  beforeAll(async () => {
    await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
    const address = listening.address();
    if (address === null || typeof address === "string") throw new Error("no address");
    place.authority = `127.0.0.1:${address.port}`;
  });
  afterAll(() => void listening.close());

  async function opened(): Promise<Socket> {
    const socket = connect({ port: Number(place.authority.split(":")[1]), host: "127.0.0.1", allowHalfOpen: true });
    socket.on("error", () => {}).resume();
    await once(socket, "connect");
    return socket;
  }

  test.each([
    ["nothing", ""],
    ["a part of a head", "GET / HTTP/1.1\r\nHo"],
    ["an upgrade that is refused", "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"],
  ])("are closed after silence: %s", async (_name, text) => {
    const before = await connectionsOf(listening);
    const socket = await opened();
    socket.write(text);
    await expect.poll(() => connectionsOf(listening), { timeout: 5000 }).toBe(before + 1);
    await expect.poll(() => connectionsOf(listening), { timeout: 5000 }).toBe(before);
    socket.destroy();
  });

  test("stay open as WebSockets, however silent", async () => {
    const socket = await windowSocket(place.authority, tokenSecret(token));
    const younger = await opened();
    await once(younger, "end"); // after silence, so the older one's was longer
    socket.ping();
    await once(socket, "pong", { signal: AbortSignal.timeout(5000) });
    expect(socket.readyState).toBe(WebSocket.OPEN);
    younger.destroy();
    socket.terminate();
  });
});

const connectionsOf = (server: Server): Promise<number> =>
  new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
  });

test("the token is new each time, with 128 bits", async () => {
  const others = await Promise.all(
    [1, 2].map(() => serveUi({ onSocket: socketTransport(workbench), root: root.path, port: 0 })),
  );
  const opened = await Promise.all(
    others.map((other) => {
      const link = other.link(null);
      return provingSocket(new URL(link).host, secretOf(link));
    }),
  );
  await Promise.all(others.map((other) => other.close()));
  const tokens = opened.map(({ result }) => (result.kind === "welcome" ? result.token : null));
  expect(new Set([...tokens, token]).size).toBe(3);
  expect(tokens.every((each) => /^[\w-]{22}$/.test(each ?? ""))).toBe(true);
});
