// Frames that are none, or not of a browser, at the window's socket: they end their own connection, before and
// after the proof, and another window goes on.
import { once } from "node:events";
import { connect, Socket } from "node:net";
import { afterAll, beforeAll, describe, test } from "vitest";
import type { WebSocket } from "ws";
import { Workbench } from "../../../server/app/workbench.js";
import { socketTransport } from "../../../server/rpc/socket-transport.js";
import { serveUi, type UiOrigin } from "../../../server/window/ui-origin.js";
import { tempFolder } from "../../support/temp-workspace.js";
import { within } from "../../support/wait-for.js";
import { secretOf, windowSocket } from "../../support/window-socket.js";

const root = tempFolder();
let workbench: Workbench;
let ui: UiOrigin;
let other: WebSocket;
const host = (): string => new URL(ui.link(null)).host;

beforeAll(async () => {
  workbench = await Workbench.create();
  ui = await serveUi({ onSocket: socketTransport(workbench), root: root.path, port: 0 });
  other = await windowSocket(host(), secretOf(ui.link(null)));
});
afterAll(async () => {
  other.terminate();
  await ui.close();
  await workbench.dispose();
  root[Symbol.dispose]();
});

const mask = [1, 2, 3, 4];
/** As a client sends it: masked; `length` may lie. */
function frame(first: number, payload: string | Uint8Array = "", length = Buffer.from(payload).length): Buffer {
  const bytes = Buffer.from(payload).map((byte, at) => byte ^ (mask[at % 4] ?? 0));
  return Buffer.concat([Buffer.from([first, 0x80 | length, ...mask]), bytes]);
}
const [text, binary, more, close, ping, pong] = [0x81, 0x82, 0x80, 0x88, 0x89, 0x8a];

const broken: readonly (readonly [string, Buffer])[] = [
  ["a frame without a mask", Buffer.from([text, 2, 0x7b, 0x7d])],
  ["a ping without a mask", Buffer.from([ping, 0])],
  ...[0x40, 0x20, 0x10, 0x70].map((bit) => [`a reserved bit ${bit}`, frame(text | bit, "{}")] as const),
  ...[3, 4, 5, 6, 7, 0xb, 0xc, 0xd, 0xe, 0xf].map((code) => [`opcode ${code}`, frame(0x80 | code, "x")] as const),
  ["a continuation of nothing", frame(more, "x")],
  ["two beginnings", Buffer.concat([frame(0x01, "a"), frame(text, "b")])],
  ["a ping in pieces", frame(0x09, "x")],
  ["a close in pieces", frame(0x08)],
  ["a ping of 126 bytes", Buffer.from([ping, 0xfe, 0, 126, ...mask])],
  ["a close of one byte", frame(close, "x")],
  ["a close with a code that is none", frame(close, Buffer.from([0, 1]))],
  ["a close with a reserved code", frame(close, Buffer.from([3, 237]))],
  ["a close with words that are no UTF-8", frame(close, Buffer.from([3, 232, 0xff, 0xfe]))],
  ["text that is no UTF-8", frame(text, Buffer.from([0xc3, 0x28]))],
  ["text with half a surrogate pair", frame(text, Buffer.from([0xed, 0xa0, 0x80]))],
  ["a length of 2^63", Buffer.from([text, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0, ...mask])],
  ["a length of 2^53", Buffer.from([text, 0xff, 0, 0x20, 0, 0, 0, 0, 0, 0, ...mask])],
  ["a length beyond the largest message", Buffer.from([text, 0xff, 0, 0, 0, 0, 0x10, 0, 0, 0, ...mask])],
  ["HTTP", Buffer.from("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")],
  ["TLS", Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3])],
  ["nothing but ones", Buffer.alloc(64, 0xff)],
  ["nothing but zeros", Buffer.alloc(64)],
];

async function isServed(): Promise<void> {
  const answered = within("the other window is answered", once(other, "message"), 20_000);
  other.send(JSON.stringify({ i: "1", p: { u: "/state/next", b: { json: { since: -1, generation: null } } } }));
  await answered;
}

describe("before the proof", () => {
  test.each(broken)("%s", async (_what, bytes) => {
    const at = host();
    const socket = connect(Number(at.split(":")[1]), "127.0.0.1");
    const ended = within("the connection ends", once(socket.resume(), "close"), 20_000);
    socket.on("error", () => undefined); // a reset is an end, too
    socket.write(
      `GET /rpc HTTP/1.1\r\nHost: ${at}\r\nOrigin: http://${at}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
    );
    socket.write(bytes);
    await ended;
    await isServed();
  });
});

describe("of a window", () => {
  const andOthers: readonly (readonly [string, Buffer])[] = [
    ...broken,
    ["bytes where calls are text", frame(binary, Buffer.from([0, 1, 2, 0xff]))],
    ["JSON that is no call", frame(text, "[]")],
    ["no JSON", frame(text, "{")],
    ["a call of nothing", frame(text, '{"i":"1","p":{"u":"/__proto__/next"}}')],
    ["an answer to nothing", frame(pong, "x")],
  ];
  test.each(andOthers)("%s", async (_what, bytes) => {
    const socket = await windowSocket(host(), secretOf(ui.link(60_000)));
    socket.on("error", () => undefined);
    const ended = once(socket, "close");
    const connection: unknown = Reflect.get(socket, "_socket");
    if (!(connection instanceof Socket)) throw new Error("a WebSocket of ws has its connection");
    connection.write(bytes);
    await isServed();
    socket.terminate();
    await ended;
  });
});
