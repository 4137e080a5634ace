// What came over a connection instead of FastCGI records, and what to do about it.
import { defineMessages } from "../../contract/message.js";

/** The first line of what came, as `quoteBytes` shows it. */
type InLine = { readonly line: string };
/** The record before the wrong byte: its place, what it declared, and the place of the wrong byte, bytes. */
type AfterRecord = {
  readonly record: string;
  readonly recordAt: number;
  readonly contentBytes: number;
  readonly paddingBytes: number;
  readonly at: number;
};
const afterWords = ({ record, recordAt, contentBytes, paddingBytes }: AfterRecord): string =>
  `After the ${record} record at byte ${recordAt}, which declared ${contentBytes} bytes of content and ${paddingBytes} of padding,`;
const mendRecords = "Fix how the application (or its FastCGI library) writes its records.";

export const notFastcgiMessage = defineMessages({
  "speaks-http": ({ line }: InLine) =>
    `An HTTP server answered there: it said ${line}. Give the port on which the application speaks FastCGI, not the one for browsers.`,
  "speaks-tls":
    "A TLS server answered there: it sent a TLS record. FastCGI is spoken without encryption: give the port of the application itself.",
  "speaks-scgi": ({ line }: InLine) =>
    `An SCGI application (or a plain CGI program on a socket) answered there: it wrote its response, ${line}, without FastCGI records. Let the application speak FastCGI, or put a FastCGI wrapper before it.`,
  "speaks-json": ({ line }: InLine) =>
    `Something that speaks JSON answered there: it said ${line}. Give the address on which the application speaks FastCGI.`,
  "speaks-text": ({ line }: InLine) =>
    `Something else answered there, with text: ${line}. Give the address on which the application speaks FastCGI.`,
  "begins-with-zero":
    "What answered there began with a zero byte, where FastCGI begins with its version, 1. Give the address of a FastCGI application.",
  "other-fastcgi-version": ({ byte }: { readonly byte: number }) =>
    `What answered there began with the byte ${byte}, where FastCGI begins with its version, 1. Give the address of an application that speaks FastCGI 1.0.`,
  "unknown-protocol": ({ byte }: { readonly byte: number }) =>
    `What answered there is not FastCGI: it began with the byte ${byte}, where FastCGI begins with its version, 1. Give the address of a FastCGI application.`,
  "undeclared-padding": (after: AfterRecord) =>
    `${afterWords(after)} a zero byte was found at byte ${after.at} where the next record should begin: most likely more padding was sent than declared, or fewer bytes of content. ${mendRecords}`,
  /** `line`: null when what follows is no text. */
  "bytes-after-record": ({
    byte,
    line,
    ...after
  }: AfterRecord & { readonly byte: number; readonly line: string | null }) =>
    `${afterWords(after)} came the byte ${byte} at byte ${after.at}, where the next record should begin with 1${line === null ? "" : `, and then the text ${line}`}. Either the record is longer than it said, or something wrote to the connection without FastCGI records. ${mendRecords}`,
});
