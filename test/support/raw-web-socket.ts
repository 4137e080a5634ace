// Frames of RFC 6455 as bytes, right or wrong, and the frames that come back.
import type { Client } from "./gateway.js";
import { waitFor } from "./wait-for.js";

export const opcode = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

interface FrameOptions {
  readonly fin?: boolean;
  /** The bits RSV1 to RSV3: 4, 2 and 1. */
  readonly rsv?: number;
  /** Null: not masked, which a client must not do. */
  readonly mask?: Uint8Array | null;
  /** The length as it is written; of as many bytes as `lengthBytes`. */
  readonly length?: bigint;
  readonly lengthBytes?: 2 | 8;
}

export function frame(code: number, payload: Uint8Array | string = "", options: FrameOptions = {}): Buffer {
  const { fin = true, rsv = 0, mask = Buffer.from([1, 2, 3, 4]), length, lengthBytes } = options;
  const bytes = Buffer.from(payload);
  const size = length ?? BigInt(bytes.length);
  const width = lengthBytes ?? (size > 65_535n ? 8 : size > 125n ? 2 : 0);
  const head = Buffer.alloc(2 + width);
  head[0] = (fin ? 0x80 : 0) | (rsv << 4) | code;
  head[1] = (mask ? 0x80 : 0) | (width === 8 ? 127 : width === 2 ? 126 : Number(size));
  if (width === 2) head.writeUInt16BE(Number(size), 2);
  if (width === 8) head.writeBigUInt64BE(size, 2);
  if (!mask) return Buffer.concat([head, bytes]);
  return Buffer.concat([head, mask, bytes.map((byte, index) => byte ^ (mask[index % 4] ?? 0))]);
}

/** The payload of a close frame. */
export const closing = (code: number, reason: Uint8Array | string = ""): Buffer => {
  const payload = Buffer.alloc(2);
  payload.writeUInt16BE(code);
  return Buffer.concat([payload, Buffer.from(reason)]);
};

export const sampleKey = "dGhlIHNhbXBsZSBub25jZQ==";

/** The head of an opening handshake; a field with null is left out. */
export function handshake(target: string, fields: Readonly<Record<string, string | null>> = {}, line?: string): string {
  const all: Readonly<Record<string, string | null>> = {
    ...{ Host: "localhost", Upgrade: "websocket", Connection: "Upgrade" },
    ...{ "Sec-WebSocket-Key": sampleKey, "Sec-WebSocket-Version": "13" },
    ...fields,
  };
  const lines = Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]));
  return `${[line ?? `GET ${target} HTTP/1.1`, ...lines].join("\r\n")}\r\n\r\n`;
}

export interface Frame {
  readonly fin: boolean;
  readonly opcode: number;
  /** As latin1 text. */
  readonly payload: string;
}

/** The whole frames behind the head; a server's are not masked. */
export function framesIn(received: string): Frame[] {
  const bytes = Buffer.from(received, "latin1");
  const frames: Frame[] = [];
  for (let at = received.indexOf("\r\n\r\n") + 4; at >= 4 && at + 2 <= bytes.length; ) {
    const [first = 0, second = 0] = [bytes[at], bytes[at + 1]];
    if (second > 127) throw new Error("a server’s frame is masked");
    const width = second === 127 ? 8 : second === 126 ? 2 : 0;
    if (at + 2 + width > bytes.length) break;
    const length =
      width === 8 ? Number(bytes.readBigUInt64BE(at + 2)) : width === 2 ? bytes.readUInt16BE(at + 2) : second;
    const from = at + 2 + width;
    if (from + length > bytes.length) break;
    frames.push({ fin: first > 127, opcode: first & 15, payload: bytes.toString("latin1", from, from + length) });
    at = from + length;
  }
  return frames;
}

/** The first `count` frames that come. */
export async function framesOf(client: Client, count: number): Promise<Frame[]> {
  await waitFor(
    () => `${count} frames in ${JSON.stringify(client.received.slice(-200))}`,
    () => framesIn(client.received).length >= count,
  );
  return framesIn(client.received);
}

/** The code of a close frame; 1005 if it has none, null without such a frame. */
export function closeCodeIn(received: string): number | null {
  const close = framesIn(received).find((each) => each.opcode === opcode.close);
  if (!close) return null;
  return close.payload === "" ? 1005 : Buffer.from(close.payload, "latin1").readUInt16BE(0);
}
