import { expect, test } from "vitest";
import { byteString, utf8 } from "../../../../server/protocol/byte-string.js";
import { rawHttp } from "../../../../server/protocol/export/raw-http.js";

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
  expect(rawHttp(byteString(""), request)).toBe("POST /a?b HTTP/1.1\r\nHost: h\r\n\r\nGrüße\n");
});

test("a body that came in chunks is framed by one again: a trace keeps what was in them", () => {
  const head = byteString("POST /a?b HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
  const headers = [...request.headers, [byteString("Transfer-Encoding"), byteString("chunked")]] as const;
  const chunked = { ...request, headers, body: utf8("hello=world") };
  expect(rawHttp(head, chunked)).toBe(`${head}b\r\nhello=world\r\n0\r\n\r\n`);
  expect(rawHttp(byteString(""), chunked)).toBe(`${head}b\r\nhello=world\r\n0\r\n\r\n`);
  expect(rawHttp(head, { ...chunked, body: utf8("") })).toBe(`${head}0\r\n\r\n`);
});

test("not as text when it is none", () => {
  expect(rawHttp(byteString(""), { ...request, body: byteString("\xfc") })).toBeNull();
  expect(rawHttp(byteString("GET \0"), request)).toBeNull();
});
