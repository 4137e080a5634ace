// RFC 6455 on a raw socket: opening handshakes, frames, control frames, closing, and what a client must not send.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { maxMessageBytes } from "../../../server/contract/limits.js";
import { type Client, startGateway, type TestGateway } from "../../support/gateway.js";
import { closeCodeIn, closing, frame, framesOf, handshake, opcode, sampleKey } from "../../support/raw-web-socket.js";

async function servingCat(): Promise<TestGateway> {
  const serving = await startGateway({ config: { scripts: { cat: { mode: "websocket" } } } });
  serving.script("cat", "exec cat");
  return serving;
}
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await servingCat();
});
afterAll(() => gateway[Symbol.asyncDispose]());

const { continuation, text, binary, close, ping, pong } = opcode;

async function open(to = gateway): Promise<Client> {
  const client = await to.connect();
  client.send(handshake("/cat"));
  await client.until("\r\n\r\n");
  return client;
}

describe("§4: the opening handshake", () => {
  test.each<readonly [what: string, status: number, fields: Record<string, string | null>]>([
    ["as it should be", 101, {}],
    ["§4.2.1: other protocols are named, too", 101, { Upgrade: "h2c, websocket" }],
    ["§4.2.1: in other letters", 101, { Upgrade: "WebSocket", Connection: "upgrade" }],
    ["§4.2.1: other options of the connection", 101, { Connection: "keep-alive, Upgrade" }],
    ["§4.2.1: no Upgrade", 426, { Upgrade: null }],
    ["§4.2.1: another protocol", 426, { Upgrade: "h2c" }],
    ["§4.2.1: no Connection", 426, { Connection: null }],
    ["§4.2.1: a Connection without Upgrade", 426, { Connection: "keep-alive" }],
    ["§4.2.1: no key", 400, { "Sec-WebSocket-Key": null }],
    ["§4.2.1: a key that is not base64", 400, { "Sec-WebSocket-Key": "not base64, is it?" }],
    ["§4.2.1: a key of 15 bytes", 400, { "Sec-WebSocket-Key": Buffer.alloc(15).toString("base64") }],
    ["§4.2.1: two keys", 400, { "sec-websocket-key": sampleKey }],
    ["§4.4: no version", 426, { "Sec-WebSocket-Version": null }],
    ["§4.4: an old version", 426, { "Sec-WebSocket-Version": "8" }],
    ["§4.4: a new version", 426, { "Sec-WebSocket-Version": "14" }],
    ["no Host", 400, { Host: null }],
    ["a body", 400, { "Content-Length": "5" }],
    ["§4.1: malformed subprotocols", 400, { "Sec-WebSocket-Protocol": "a b" }],
  ])("%s: %i", async (_what, status, fields) => {
    const client = await gateway.connect();
    client.send(handshake("/cat", fields));
    await client.until("\r\n\r\n");
    expect(client.received).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    if (status === 426) expect(client.received).toMatch(/\r\nSec-WebSocket-Version: 13\r\n/);
    client.socket.destroy();
  });

  test.each(["POST /cat HTTP/1.1", "GET /cat HTTP/1.0"])("§4.1: %s: 426", async (line) => {
    const client = await gateway.connect();
    client.send(handshake("/cat", {}, line));
    expect(await client.until("\r\n\r\n")).toMatch(/^HTTP\/1\.1 426 /);
    client.socket.destroy();
  });

  test("§1.3, §4.2.2: the accept value, a subprotocol and no extension", async () => {
    const client = await gateway.connect();
    const offers = { "Sec-WebSocket-Protocol": "chat, superchat", "Sec-WebSocket-Extensions": "permessage-deflate" };
    client.send(handshake("/cat", offers));
    await client.until("\r\n\r\n");
    expect(client.received).toMatch(/\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=\r\n/);
    expect(client.received).toMatch(/\r\nSec-WebSocket-Protocol: chat\r\n/);
    expect(client.received).not.toMatch(/\r\nSec-WebSocket-Extensions:/);
    client.socket.destroy();
  });

  test("frames in one piece with the head are not lost", async () => {
    const client = await gateway.connect();
    client.send(Buffer.concat([Buffer.from(handshake("/cat")), frame(text, "early"), frame(text, "bird")]));
    expect((await framesOf(client, 2)).map(({ payload }) => payload)).toEqual(["early", "bird"]);
    client.socket.destroy();
  });
});

const split = (payload: string, ...options: { first: number }[]): Buffer[] =>
  [...payload].map((letter, index) =>
    frame(index === 0 ? (options[0]?.first ?? text) : continuation, letter, { fin: index === payload.length - 1 }),
  );

describe("§5: messages come back as they were sent", () => {
  test.each<readonly [string, readonly Buffer[], string]>([
    ["an empty one", [frame(text)], ""],
    ["125 bytes", [frame(text, "a".repeat(125))], "a".repeat(125)],
    ["126 bytes", [frame(text, "a".repeat(126))], "a".repeat(126)],
    ["65,535 bytes", [frame(text, "a".repeat(65_535))], "a".repeat(65_535)],
    ["65,536 bytes", [frame(text, "a".repeat(65_536))], "a".repeat(65_536)],
    ["the largest", [frame(text, "a".repeat(maxMessageBytes))], "a".repeat(maxMessageBytes)],
    ["§5.3: another mask", [frame(text, "masked", { mask: Buffer.from([0, 255, 7, 128]) })], "masked"],
    ["§5.3: a mask of zeros", [frame(text, "zeros", { mask: Buffer.alloc(4) })], "zeros"],
    ["§5.4: a byte in each fragment", split("fragments"), "fragments"],
    ["§5.4: empty fragments", [frame(text, "", { fin: false }), frame(continuation, "x")], "x"],
    ["§5.4: a ping between fragments", [frame(text, "a", { fin: false }), frame(ping), frame(continuation, "b")], "ab"],
    ["§5.6: a binary one", [frame(binary, "bytes\n")], "bytes"],
    ["§5.5.3: a pong that nobody asked for", [frame(pong, "?"), frame(text, "after")], "after"],
    ["§5.2: a length in more bytes than it needs", [frame(text, "long", { lengthBytes: 8 })], "long"],
    ["§8.1: characters of four bytes", [frame(text, "𝒳😀")], Buffer.from("𝒳😀").toString("latin1")],
    [
      "§8.1: a character in two fragments",
      [frame(text, Buffer.from([0xc3]), { fin: false }), frame(continuation, Buffer.from([0xa4]))],
      "Ã¤",
    ],
  ])("%s", async (_what, frames, expected) => {
    const client = await open();
    client.send(Buffer.concat(frames));
    const pings = frames.filter((each) => (each[0] ?? 0) === (0x80 | ping)).length;
    const messages = (await framesOf(client, 1 + pings)).filter((each) => each.opcode !== pong);
    expect(messages.map((each) => [each.fin, each.opcode, each.payload === expected])).toEqual([[true, text, true]]);
    client.socket.destroy();
  });

  test("a byte at a time", async () => {
    const client = await open();
    for (const byte of frame(text, "slowly")) client.send(Buffer.from([byte]));
    expect((await framesOf(client, 1))[0]?.payload).toBe("slowly");
    client.socket.destroy();
  });

  test.each([
    ["nothing", ""],
    ["text", "are you there?"],
    ["125 bytes", "p".repeat(125)],
  ])("§5.5.2: a ping with %s gets a pong with the same", async (_what, payload) => {
    const client = await open();
    client.send(frame(ping, payload));
    expect(await framesOf(client, 1)).toEqual([{ fin: true, opcode: pong, payload }]);
    client.socket.destroy();
  });
});

describe("§7: the client closes, and gets its code back", () => {
  test.each([1000, 1001, 1003, 1007, 1008, 1011, 3000, 4999])("%i", async (code) => {
    const client = await open();
    client.send(frame(close, closing(code, "reason")));
    expect(closeCodeIn(await client.rest())).toBe(code);
  });

  test("§7.1.5: without a code", async () => {
    const client = await open();
    client.send(frame(close));
    expect(closeCodeIn(await client.rest())).toBe(1005);
  });

  test("§5.5.1: what follows a close frame is not passed on", async () => {
    const client = await open();
    client.send(Buffer.concat([frame(text, "before"), frame(close, closing(1000)), frame(text, "after")]));
    expect(await client.rest()).not.toContain("after");
  });
});

describe("what a client must not send closes the connection", () => {
  const unfinished = { fin: false } as const;
  test.each<readonly [string, number, readonly Buffer[]]>([
    ["§5.1: a frame that is not masked", 1002, [frame(text, "plain", { mask: null })]],
    ["§5.2: RSV1", 1002, [frame(text, "x", { rsv: 4 })]],
    ["§5.2: RSV2", 1002, [frame(text, "x", { rsv: 2 })]],
    ["§5.2: RSV3", 1002, [frame(text, "x", { rsv: 1 })]],
    ["§5.2: a reserved opcode", 1002, [frame(3, "x")]],
    ["§5.2: the last reserved opcode", 1002, [frame(7, "x")]],
    ["§5.2: a reserved control opcode", 1002, [frame(11)]],
    ["§5.2: the last reserved control opcode", 1002, [frame(15)]],
    ["§5.5: a control frame in fragments", 1002, [frame(ping, "x", unfinished)]],
    ["§5.5: a ping of 126 bytes", 1002, [frame(ping, "p".repeat(126))]],
    ["§5.5: a close frame of 126 bytes", 1002, [frame(close, closing(1000, "r".repeat(124)))]],
    ["§5.4: a continuation of nothing", 1002, [frame(continuation, "x")]],
    ["§5.4: a message within another", 1002, [frame(text, "a", unfinished), frame(text, "b")]],
    ["§5.5.1: a code of one byte", 1002, [frame(close, "x")]],
    ["§7.4.1: code 999", 1002, [frame(close, closing(999))]],
    ["§7.4.1: code 1004", 1002, [frame(close, closing(1004))]],
    ["§7.4.1: code 1005", 1002, [frame(close, closing(1005))]],
    ["§7.4.1: code 1006", 1002, [frame(close, closing(1006))]],
    ["§7.4.1: code 1015", 1002, [frame(close, closing(1015))]],
    ["§7.4.2: code 2999", 1002, [frame(close, closing(2999))]],
    ["§7.4.2: code 5000", 1002, [frame(close, closing(5000))]],
    ["§8.1: a byte that is never in UTF-8", 1007, [frame(text, Buffer.from([0xff]))]],
    ["§8.1: an overlong form", 1007, [frame(text, Buffer.from([0xc0, 0xaf]))]],
    ["§8.1: a surrogate", 1007, [frame(text, Buffer.from([0xed, 0xa0, 0x80]))]],
    ["§8.1: half of a character", 1007, [frame(text, Buffer.from([0xc3]))]],
    ["§8.1: a reason that is not UTF-8", 1007, [frame(close, closing(1000, Buffer.from([0xff])))]],
    ["§7.4.1: a message that is too large", 1009, [frame(text, "", { length: BigInt(maxMessageBytes + 1) })]],
    ["§5.2: a length of 63 bits", 1009, [frame(text, "", { length: 2n ** 62n })]],
    [
      "fragments that are too large together",
      1009,
      [frame(text, "a".repeat(maxMessageBytes), unfinished), frame(continuation, "b")],
    ],
    [
      "more fragments than anybody needs",
      1008,
      [frame(text, "a", unfinished), ...Array.from({ length: 16_384 }, () => frame(continuation, "", unfinished))],
    ],
  ])("%s: %i", async (_what, code, frames) => {
    await using own = await servingCat();
    const client = await open(own);
    client.send(Buffer.concat(frames));
    expect(closeCodeIn(await client.rest())).toBe(code);
    const trace = await own.trace();
    expect([trace.outcome, trace.cause?.code, trace.stdin?.bytes]).toEqual(["bad-request", "websocket-fault", 0]);
  });

  test("a connection that ends without a close frame is one whose client has left", async () => {
    await using own = await servingCat();
    const client = await open(own);
    client.socket.end();
    await client.rest();
    const trace = await own.trace();
    expect([trace.outcome, trace.process?.signal]).toEqual(["client-gone", "SIGTERM"]);
  });
});
