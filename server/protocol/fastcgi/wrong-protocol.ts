// Recognizes the protocol of a port that does not speak FastCGI (nginx: "upstream sent unsupported FastCGI protocol
// version: 72") by the bytes at the place where a record should begin.
import type { Message } from "../../contract/message.js";
import { byteString, fromBytes } from "../byte-string.js";
import { quoteBytes } from "../quote.js";
import { notFastcgiMessage } from "./messages.js";
import type { RecordFault } from "./record-reader.js";
import { recordTypeName } from "./record-types.js";

/** How many bytes from the fault on are worth showing. */
export const tellingBytes = 64;

/** `bytes`: from the wrong byte on, at least one, as many as came (the first 64 suffice). */
export function wrongProtocol({ offset, byte, after }: RecordFault, bytes: Uint8Array): Message {
  const text = fromBytes(bytes, 0, Math.min(bytes.length, tellingBytes));
  const isText = /^[\t\n\r\x20-\x7e]+$/.test(text);
  const line = quotedLine(text);
  if (after) {
    const record = {
      record: recordTypeName(after.type),
      recordAt: after.offset,
      contentBytes: after.contentLength,
      paddingBytes: after.paddingLength,
      at: offset,
    };
    if (byte === 0) return notFastcgiMessage("undeclared-padding", record);
    return notFastcgiMessage("bytes-after-record", { ...record, byte, line: isText ? line : null });
  }
  if (/^H(T(T(P(\/|$)|$)|$)|$)/.test(text)) return notFastcgiMessage("speaks-http", { line });
  if (byte === 0x15 || byte === 0x16) return notFastcgiMessage("speaks-tls");
  if (/^(S(t|$)|(Content-Type|Location|Set-Cookie|X-[\w-]+)[ \t]*:)/i.test(text))
    return notFastcgiMessage("speaks-scgi", { line });
  if (/^[{[]/.test(text)) return notFastcgiMessage("speaks-json", { line });
  if (byte === 0) return notFastcgiMessage("begins-with-zero");
  if (byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 13)
    return notFastcgiMessage("other-fastcgi-version", { byte });
  return isText ? notFastcgiMessage("speaks-text", { line }) : notFastcgiMessage("unknown-protocol", { byte });
}

/** The first line, quoted and bounded. */
function quotedLine(text: string): string {
  const [first = ""] = text.split(/[\r\n]/, 1);
  return quoteBytes(byteString(first));
}
