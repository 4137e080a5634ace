import { expect, test } from "vitest";
import { httpBytes, rawHttp } from "../../../../server/formats/export/raw-http.js";
import { byteString, utf8 } from "../../../../server/protocol/byte-string.js";
import { bodyFraming } from "../../../../server/protocol/http1/body-framing.js";
import { lenient, readHead } from "../../../../server/protocol/http1/head-grammar.js";

const request = {
  method: byteString("POST"),
  target: byteString("/a?b"),
  httpVersion: "1.1",
  headers: [[byteString("Host"), byteString("h")]] as const,
  body: utf8("Grüße\n"),
};

test("a request's bytes as text, its head as it came or as it would have come", () => {
  expect(rawHttp(byteString("POST /a?b HTTP/1.1\nhost:h\r\n\r\n"), request)).toBe(
    "POST /a?b HTTP/1.1\nhost:h\r\n\r\nGrüße\n",
  );
  expect(rawHttp(byteString(""), request)).toBe("POST /a?b HTTP/1.1\r\nHost: h\r\nContent-Length: 8\r\n\r\nGrüße\n");
});

test("a body that came in chunks is framed by one again: a trace keeps what was in them", () => {
  const head = byteString("POST /a?b HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
  const headers = [...request.headers, [byteString("Transfer-Encoding"), byteString("chunked")]] as const;
  const chunked = { ...request, headers, body: utf8("hello=world") };
  expect(rawHttp(head, chunked)).toBe(`${head}b\r\nhello=world\r\n0\r\n\r\n`);
  expect(rawHttp(head, { ...chunked, body: utf8("") })).toBe(`${head}0\r\n\r\n`);
});

test.each(["1.0", "1.1", "2", "2.0", "3"])(
  "a request of HTTP/%s that came over no connection is one with its body",
  (httpVersion) => {
    for (const [name, value] of [
      ["Content-Length", "90"],
      ["Transfer-Encoding", "chunked"],
    ] as const) {
      const headers = [...request.headers, [byteString(name), byteString(value)]] as const;
      const bytes = httpBytes(byteString(""), { ...request, httpVersion, headers, body: byteString("a=1") });
      const end = bytes.indexOf("\r\n\r\n") + 4;
      const read = readHead(byteString(bytes.slice(0, end)), lenient);
      expect(read.ok && bodyFraming(read.request)).toMatchObject({ framing: { kind: "length", bytes: 3 } });
      expect(bytes.slice(end)).toBe("a=1");
    }
  },
);

test("an empty body is announced in a made head if it was", () => {
  const framed = (...framing: readonly (readonly [string, string])[]) => {
    const headers = framing.map(([name, value]) => [byteString(name), byteString(value)] as const);
    return rawHttp(byteString(""), { ...request, headers, body: byteString("") });
  };
  const announced = "POST /a?b HTTP/1.1\r\nContent-Length: 0\r\n\r\n";
  expect(framed(["content-length", "0"])).toBe(announced);
  expect(framed(["Transfer-Encoding", "chunked"])).toBe(announced);
  expect(framed()).toBe("POST /a?b HTTP/1.1\r\n\r\n");
});

test("not as text when it is none", () => {
  expect(rawHttp(byteString(""), { ...request, body: byteString("\xfc") })).toBeNull();
  expect(rawHttp(byteString("GET \0"), request)).toBeNull();
});
