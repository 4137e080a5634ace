// What answers on a port that does not speak FastCGI (nginx: "upstream sent unsupported FastCGI protocol version: 72"): told by the bytes
// where a record should have begun.
import { byteString, fromBytes } from "../byte-string.js";
import { quoteBytes } from "../quote.js";
import type { RecordFault } from "./record-reader.js";
import { recordTypeName } from "./record-types.js";

export type Speaks = "http" | "scgi" | "tls" | "json" | "text" | "padding" | "other-version" | "unknown";

export interface WrongProtocol {
  readonly speaks: Speaks;
  /** What came instead of a record: a plain sentence. */
  readonly what: string;
  /** What to do about it. */
  readonly fix: string;
}

/** How many bytes from the fault on are worth showing. */
export const tellingBytes = 64;

/** `bytes`: from the wrong byte on, at least one, as many as came (the first 64 suffice). */
export function wrongProtocol({ offset, byte, after }: RecordFault, bytes: Uint8Array): WrongProtocol {
  const text = fromBytes(bytes, 0, Math.min(bytes.length, tellingBytes));
  if (after) return afterRecord(offset, byte, after, text);
  if (/^H(T(T(P(\/|$)|$)|$)|$)/.test(text)) {
    return {
      speaks: "http",
      what: `An HTTP server answered there: it said ${line(text)}.`,
      fix: "Give the port on which the application speaks FastCGI, not the one for browsers.",
    };
  }
  if (byte === 0x15 || byte === 0x16)
    return {
      speaks: "tls",
      what: "A TLS server answered there: it sent a TLS record.",
      fix: "FastCGI is spoken without encryption: give the port of the application itself.",
    };
  if (/^(S(t|$)|(Content-Type|Location|Set-Cookie|X-[\w-]+)[ \t]*:)/i.test(text))
    return {
      speaks: "scgi",
      what: `An SCGI application (or a plain CGI program on a socket) answered there: it wrote its response, ${line(text)}, without FastCGI records.`,
      fix: "Let the application speak FastCGI, or put a FastCGI wrapper before it.",
    };
  if (/^[{[]/.test(text))
    return {
      speaks: "json",
      what: `Something that speaks JSON answered there: it said ${line(text)}.`,
      fix: "Give the address on which the application speaks FastCGI.",
    };
  if (byte === 0)
    return {
      speaks: "unknown",
      what: "What answered there began with a zero byte, where FastCGI begins with its version, 1.",
      fix: "Give the address of a FastCGI application.",
    };
  if (byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 13)
    return {
      speaks: "other-version",
      what: `What answered there began with the byte ${byte}, where FastCGI begins with its version, 1.`,
      fix: "Give the address of an application that speaks FastCGI 1.0.",
    };
  if (/^[\t\n\r\x20-\x7e]+$/.test(text))
    return {
      speaks: "text",
      what: `Something else answered there, with text: ${line(text)}.`,
      fix: "Give the address on which the application speaks FastCGI.",
    };
  return {
    speaks: "unknown",
    what: `What answered there is not FastCGI: it began with the byte ${byte}, where FastCGI begins with its version, 1.`,
    fix: "Give the address of a FastCGI application.",
  };
}

function afterRecord(
  offset: number,
  byte: number,
  after: NonNullable<RecordFault["after"]>,
  text: string,
): WrongProtocol {
  const name = recordTypeName(after.type);
  const lengths = `${after.contentLength} bytes of content and ${after.paddingLength} of padding`;
  const fix = "Mend how the application (or its FastCGI library) writes its records.";
  if (byte === 0)
    return {
      speaks: "padding",
      what: `After the ${name} record at byte ${after.offset}, which declared ${lengths}, a zero byte stood at byte ${offset} where the next record should begin: most likely more padding was sent than declared, or fewer bytes of content.`,
      fix,
    };
  const shown = /^[\t\n\r\x20-\x7e]+$/.test(text) ? `, and then the text ${line(text)}` : "";
  return {
    speaks: /^[\t\n\r\x20-\x7e]+$/.test(text) ? "text" : "unknown",
    what: `After the ${name} record at byte ${after.offset}, which declared ${lengths}, came the byte ${byte} at byte ${offset}, where the next record should begin with 1${shown}. Either the record is longer than it said, or something wrote to the connection without FastCGI records.`,
    fix,
  };
}

/** The first line, quoted and bounded. */
function line(text: string): string {
  const [first = ""] = text.split(/[\r\n]/, 1);
  return quoteBytes(byteString(first));
}
