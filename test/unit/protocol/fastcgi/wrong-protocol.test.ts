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
    ["HTTP/1.1 400 Bad Request\r\n", "speaks-http", { line: "“HTTP/1.1 400 Bad Request”" }],
    ["H", "speaks-http", { line: "“H”" }],
    ["Status: 200 OK\r\nContent-Type: text/plain\r\n", "speaks-scgi", { line: "“Status: 200 OK”" }],
    ["\x15\x03\x03\0\x02\x02\x46", "speaks-tls", null],
    ['{"error":"bad"}', "speaks-json", { line: '“{"error":"bad"}”' }],
    ["220 mail.example ESMTP\r\n", "speaks-text", { line: "“220 mail.example ESMTP”" }],
    ["Hello", "speaks-text", { line: "“Hello”" }],
    ["\x02\x06\0\x01", "other-fastcgi-version", { byte: 2 }],
    ["\xff\xfe", "unknown-protocol", { byte: 255 }],
    ["\0\0", "begins-with-zero", null],
  ])("F27: %j", (text, code, data) => {
    expect(diagnose(bytes(text))).toMatchObject({ code, data });
  });

  test("F27: undeclared padding and text between records are distinguished from another protocol", () => {
    const record = encodeRecord(recordType.stdout, 1, bytes("abc"), 0);
    const after = { record: "STDOUT", recordAt: 0, contentBytes: 3, paddingBytes: 0, at: 11 };
    expect(diagnose(Uint8Array.from([...record, 0, 0, 0, 0, 0]))).toMatchObject({
      code: "undeclared-padding",
      data: after,
    });
    expect(diagnose(Uint8Array.from([...record, ...bytes("Warning: printed to the socket\n")]))).toMatchObject({
      code: "bytes-after-record",
      data: { ...after, line: "“Warning: printed to the socket”" },
    });
  });

  test("F27: says something of any bytes", () => {
    fc.assert(
      fc.property(anyBytes(100).map(toBytes), (any) => {
        const said = diagnose(any);
        if (said) expect(said.text).toMatch(/^[^\x00-\x1f]+$/);
      }),
    );
  });
});
