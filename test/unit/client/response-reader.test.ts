import fc from "fast-check";
import { expect, test } from "vitest";
import { ResponseReader } from "../../../server/client/response-reader.js";

function read(bytes: Uint8Array, cuts: readonly number[]): { heads: string[]; body: string } {
  const heads: string[] = [];
  let body = "";
  const reader = new ResponseReader(
    (head) => heads.push(Buffer.from(head).toString("latin1")),
    (part) => {
      body += Buffer.from(part).toString("latin1");
    },
  );
  const places = [0, ...cuts.map((cut) => cut % bytes.length).sort((a, b) => a - b), bytes.length];
  for (let n = 1; n < places.length; n++) reader.push(bytes.subarray(places[n - 1], places[n]));
  return { heads, body };
}
const anyCuts = fc.array(fc.nat(), { maxLength: 12 });

test("a chunked body comes out whole wherever the bytes are cut", () => {
  const text =
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;x=y\r\n, all!\r\n0\r\nTrailer: t\r\n\r\n";
  fc.assert(
    fc.property(anyCuts, (cuts) => {
      expect(read(Buffer.from(text), cuts).body).toBe("hello, all!");
    }),
  );
});

test("an interim response is a head of its own, and the final one follows", () => {
  const text = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nok";
  fc.assert(
    fc.property(anyCuts, (cuts) => {
      const { heads, body } = read(Buffer.from(text), cuts);
      expect(heads).toEqual(["HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n"]);
      expect(body).toBe("ok");
    }),
  );
});
