import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { byteString, toBytes } from "../../../../server/protocol/byte-string.js";
import { encodeRecord } from "../../../../server/protocol/fastcgi/encode-record.js";
import { RecordReader } from "../../../../server/protocol/fastcgi/record-reader.js";
import { recordType } from "../../../../server/protocol/fastcgi/record-types.js";
import { wrongProtocol } from "../../../../server/protocol/fastcgi/wrong-protocol.js";
import { anyBytes } from "../arbitraries.js";

const bytes = (text: string) => toBytes(byteString(text));

function diagnose(wire: Uint8Array) {
  const reader = new RecordReader({ record: () => {}, content: () => {}, contentEnd: () => {} });
  reader.push(wire);
  const { fault } = reader;
  return fault && wrongProtocol(fault, wire.subarray(fault.offset));
}

describe("F27: what answered instead of FastCGI", () => {
  test.each([
    ["http", "HTTP/1.1 400 Bad Request\r\n", "An HTTP server answered there: it said “HTTP/1.1 400 Bad Request”."],
    ["http", "H", "An HTTP server answered there: it said “H”."],
    [
      "scgi",
      "Status: 200 OK\r\nContent-Type: text/plain\r\n",
      "it wrote its response, “Status: 200 OK”, without FastCGI records",
    ],
    ["tls", "\x15\x03\x03\0\x02\x02\x46", "A TLS server answered there"],
    ["json", '{"error":"bad"}', "Something that speaks JSON answered there"],
    ["text", "220 mail.example ESMTP\r\n", "with text: “220 mail.example ESMTP”"],
    ["text", "Hello", "with text: “Hello”"],
    ["other-version", "\x02\x06\0\x01", "began with the byte 2"],
    ["unknown", "\xff\xfe", "began with the byte 255"],
    ["unknown", "\0\0", "began with a zero byte"],
  ])("F27: %s", (speaks, text, what) => {
    const said = diagnose(bytes(text));
    expect(said?.speaks).toBe(speaks);
    expect(said?.what).toContain(what);
    expect(said?.fix).toMatch(/\.$/);
  });

  test("F27: padding that was not declared, and text between records, are told from another protocol", () => {
    const record = encodeRecord(recordType.stdout, 1, bytes("abc"), 0);
    const padded = diagnose(Uint8Array.from([...record, 0, 0, 0, 0, 0]));
    expect(padded).toMatchObject({ speaks: "padding" });
    expect(padded?.what).toContain(
      "After the STDOUT record at byte 0, which declared 3 bytes of content and 0 of padding, a zero byte stood at byte 11",
    );
    const printed = diagnose(Uint8Array.from([...record, ...bytes("Warning: printed to the socket\n")]));
    expect(printed).toMatchObject({ speaks: "text" });
    expect(printed?.what).toContain("“Warning: printed to the socket”");
  });

  test("F27: says something of any bytes", () => {
    fc.assert(
      fc.property(anyBytes(100).map(toBytes), (any) => {
        const said = diagnose(any);
        if (said) expect(`${said.what} ${said.fix}`).toMatch(/^[^\x00-\x1f]+$/);
      }),
    );
  });
});
