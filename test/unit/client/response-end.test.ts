// Where a response ends: whatever its framing, and however its bytes arrive.
import fc from "fast-check";
import { expect, test } from "vitest";
import { ResponseEnd } from "../../../server/client/response-end.js";

const chunked = (parts: readonly string[]): string =>
  `${parts.map((part) => `${part.length.toString(16)};x=y\r\n${part}\r\n`).join("")}0\r\nTrailer: t\r\n\r\n`;
const body = fc.string({ unit: fc.constantFrom("a", "\r", "\n", "0"), maxLength: 300 });
const framed = fc.oneof(
  body.map((text) => `HTTP/1.1 200 OK\r\nContent-Length: ${text.length}\r\n\r\n${text}`),
  fc
    .array(body.filter((part) => part !== ""))
    .map((parts) => `HTTP/1.1 201 Made\r\nTransfer-Encoding: chunked\r\n\r\n${chunked(parts)}`),
  fc.constant("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"),
  fc.constant("HTTP/1.1 200 OK\nContent-Length: 3\r\nConnection: close\n\r\n\n\n\n"), // of an NPH script
  fc.constant("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n2\n\n\n\n0\n\n"),
  fc.constant("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 500 Oops\r\nContent-Length: 1\r\n\r\nx"),
);

test("a response is complete with its last byte and not before", () => {
  fc.assert(
    fc.property(framed, fc.array(fc.nat(), { maxLength: 8 }), (text, cuts) => {
      const bytes = Buffer.from(text, "latin1");
      const at = [0, ...cuts.map((cut) => cut % bytes.length).sort((a, b) => a - b), bytes.length];
      const response = new ResponseEnd();
      const ends = at
        .slice(1)
        .map((to, index) => to > (at[index] ?? 0) && response.push(bytes.subarray(at[index], to)));
      expect(ends.slice(0, -1).every((isEnd) => !isEnd)).toBe(true);
      expect(ends.at(-1)).toBe(true);
      expect(response.status).toBe(Number(text.includes("500 Oops") ? 500 : text.slice(9, 12)));
      expect(response.closes).toBe(text.includes("close"));
    }),
  );
});

test("without a length it ends with the connection", () => {
  const response = new ResponseEnd();
  expect(response.push(Buffer.from("HTTP/1.0 200 OK\r\n\r\nany"))).toBe(false);
  expect([response.endsWithConnection, response.closes]).toEqual([true, true]);
});

test.each(["HTTP/1.0 200 OK\nA: b\n\nany", "HTTP/1.0 200 OK\r\nA: b\n\r\nany", "HTTP/1.0 200 OK\nA: b\r\n\n"])(
  "%j ends with the connection, at every cut",
  (text) => {
    const bytes = Buffer.from(text);
    for (let cut = 0; cut <= bytes.length; cut++) {
      const response = new ResponseEnd();
      expect([response.push(bytes.subarray(0, cut)), response.push(bytes.subarray(cut))]).toEqual([false, false]);
      expect([response.status, response.endsWithConnection, response.closes]).toEqual([200, true, true]);
    }
  },
);

test.each([
  ["no status line", "Content-Type: text/plain\r\n\r\nany"],
  ["no status", "HTTP/1.0 OK\r\n\r\nany"],
  ["a head above 1 MiB", `HTTP/1.0 200 OK\nA: ${"a".repeat(2 << 20)}\n\n`],
  ["a size that is not valid", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhello\r\n0\r\n\r\n"],
  ["a size without a line end", `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${"1".repeat(1 << 20)}`],
])("with %s it is never whole", (_, text) => {
  const response = new ResponseEnd();
  expect(response.push(Buffer.from(text))).toBe(false);
  expect([response.push(Buffer.from("\r\n\r\n")), response.endsWithConnection]).toEqual([false, false]);
});
