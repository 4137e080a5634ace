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

test("not as text when it is none", () => {
  expect(rawHttp(byteString(""), { ...request, body: byteString("\xfc") })).toBeNull();
  expect(rawHttp(byteString("GET \0"), request)).toBeNull();
});
