// Bytes as text, hex or base64 for the clipboard. In pieces with a pause between
// them: 8 MB of hex take a while to write.
import { spacedHex } from "../../../server/protocol/hex.js";
import { delay } from "../../rpc/delay.js";
import type { ByteRange } from "./byte-selection.js";
import { decode } from "./tokens.js";

export const byteForms = ["text", "hex", "base64"] as const;
export type ByteForm = (typeof byteForms)[number];

/** A multiple of three, so that pieces of base64 join; and of 16, so that lines of hex do. */
const pieceBytes = 3 * 16 * 4096;

/** Hex as it is read: 16 bytes a line. One line when there are no more. */
function hexPiece(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 16) lines.push(spacedHex(bytes.subarray(at, at + 16)));
  return lines.join("\n");
}

function base64Piece(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

/** `charset` is that of `text`; bytes that mean nothing in it become U+FFFD. `range`: all by default. */
export async function formatAs(
  all: Uint8Array,
  form: ByteForm,
  charset: string,
  signal?: AbortSignal,
  range?: ByteRange,
): Promise<string> {
  const { from, to } = range ?? { from: 0, to: all.length };
  if (form === "text") {
    // The platform's decoder takes windows-1252 for US-ASCII.
    const text = decode(all, from, to, charset);
    return charset === "us-ascii" || charset === "binary" ? text.replace(/[^\0-\x7f]/g, "\ufffd") : text;
  }
  const bytes = all.subarray(from, to);
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    const piece = bytes.subarray(at, at + pieceBytes);
    pieces.push(form === "hex" ? hexPiece(piece) : base64Piece(piece));
    if (at + pieceBytes < bytes.length) await delay(0, signal);
    signal?.throwIfAborted();
  }
  return pieces.join(form === "hex" ? "\n" : "");
}
