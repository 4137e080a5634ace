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
