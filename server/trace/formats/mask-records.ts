// Secrets in the bytes of a FastCGI conversation. A record may end anywhere, also inside a value: each stream is masked
// as a whole, and its pieces go back into their records.
import type { ByteString } from "../../contract/bytes-text.js";
import { fromBytes, latin1, toBytes } from "../../protocol/byte-string.js";
import { NameValueReader, pairBytes } from "../../protocol/fastcgi/name-values.js";
import { RecordReader } from "../../protocol/fastcgi/record-reader.js";

/** Of a stream: its records' type, and what is in them. Returns as many bytes. */
type MaskContent = (type: number, content: ByteString) => ByteString;

/** What is no record stays as it is. */
export function maskRecords(base64: string, maskContent: MaskContent): string {
  const bytes = Buffer.from(base64, "base64");
  const streams = new Map<string, { readonly type: number; readonly pieces: Uint8Array[] }>();
  const reader = new RecordReader({
    record: () => {},
    content: (piece, { type, requestId }) => {
      const key = `${type} ${requestId}`;
      const stream = streams.get(key);
      if (stream) stream.pieces.push(piece);
      else streams.set(key, { type, pieces: [piece] });
    },
    contentEnd: () => {},
  });
  reader.push(bytes);
  for (const { type, pieces } of streams.values()) {
    const masked = toBytes(maskContent(type, fromBytes(Buffer.concat(pieces))));
    let at = 0;
    for (const piece of pieces) {
      piece.set(masked.subarray(at, at + piece.length)); // a view of `bytes`
      at += piece.length;
    }
  }
  return bytes.toString("base64");
}

/** Of a stream of variables: stars for the values of these. */
export function maskPairs(content: ByteString, isSecret: (name: string) => boolean): ByteString {
  const parts: string[] = [];
  let from = 0;
  const reader = new NameValueReader((pair, at) => {
    const [name, value] = pair;
    if (!isSecret(name)) return;
    const end = at + pairBytes(pair);
    parts.push(content.slice(from, end - value.length), "*".repeat(value.length));
    from = end;
  });
  reader.push(toBytes(content));
  return latin1(parts.join("") + content.slice(from));
}
