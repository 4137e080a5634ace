// Bytes as text one can type, and back, without loss. A line's end is CR LF, as HTTP wants it; every
// other control byte, and what is not UTF-8, is written as an escape: \r \n \t \0 \\ \xff. A
// backslash before anything else is a backslash.
import { hexEscape } from "../../../server/protocol/hex.js";
import { invalidUtf8 } from "../../../server/protocol/utf8-validity.js";

const names: Readonly<Record<string, number>> = { r: 13, n: 10, t: 9, "0": 0, "\\": 92 };

export function rawToBytes(text: string): Uint8Array<ArrayBuffer> {
  const parts: string[] = [];
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  const flush = (): void => {
    if (parts.length > 0) for (const byte of encoder.encode(parts.splice(0).join(""))) bytes.push(byte);
  };
  for (const [piece, hex, name, lineEnd] of text.matchAll(
    /\\x([0-9A-Fa-f]{2})|\\([rnt0\\])|(\r\n|\n|\r)|[^\\\r\n]+|\\/g,
  )) {
    if (lineEnd !== undefined) parts.push("\r\n");
    else if (hex === undefined && name === undefined) parts.push(piece);
    else {
      flush();
      bytes.push(hex === undefined ? (names[name ?? ""] ?? 0) : Number.parseInt(hex, 16));
    }
  }
  flush();
  return Uint8Array.from(bytes);
}

export function bytesToRaw(bytes: Uint8Array): string {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let text = "";
  let at = 0;
  for (const [from, to] of [...invalidUtf8(bytes), [bytes.length, bytes.length] as const]) {
    text += escapeControls(decoder.decode(bytes.subarray(at, from)));
    for (const byte of bytes.subarray(from, to)) text += hexEscape(String.fromCharCode(byte));
    at = to;
  }
  return text;
}

function escapeControls(text: string): string {
  return text.replaceAll(/\r\n|[\\\x00-\x1f\x7f]/g, (found) => {
    if (found === "\r\n") return "\n";
    const name = Object.keys(names).find((key) => names[key] === found.charCodeAt(0));
    return name === undefined ? hexEscape(found) : `\\${name}`;
  });
}
