// What a client gets of a response, wherever its bytes are cut: those of an NPH script may be anything.
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

const head = "HTTP/1.0 200 OK\nA: b\n\n";
test.each([
  ["line feeds alone", [head], "body\n\nmore"],
  ["both line ends", ["HTTP/1.1 200 OK\r\nA: b\n\r\n"], "\r\n\r\nbody"],
  ["both line ends, the other way", ["HTTP/1.1 200 OK\nA: b\r\n\n"], "\n"],
  ["a carriage return that ends no line", ["HTTP/1.0 200 OK\n\r\r\nA: \r\n\r\n"], "body"],
  ["an interim head", ["HTTP/1.1 103 Early\n\n", head], "body"],
  ["no status line", [], "Content-Type: text/plain\n\nbody"],
  ["no head", [], "\n\nbody"],
  ["the beginning of a status line", [], "HTT"],
  ["no status line behind an interim head", ["HTTP/1.1 100 Continue\r\n\r\n"], "H"],
])("%s: the head ends with the first blank line, at every cut", (_, heads, body) => {
  const bytes = Buffer.from(`${heads.join("")}${body}`);
  for (let cut = 0; cut < bytes.length; cut++)
    for (const cuts of [[cut], [cut, cut + 1], Array.from({ length: cut }, (_, at) => at)])
      expect([cuts, read(bytes, cuts)]).toEqual([cuts, { heads, body: body === "HTT" || body === "H" ? "" : body }]);
});

test("chunks are found with line feeds alone, too", () => {
  const text = "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5\nhello\n7\n, all!\n\n0\n\n";
  for (let cut = 0; cut < text.length; cut++) expect(read(Buffer.from(text), [cut]).body).toBe("hello, all!\n");
});

test("a head above 1 MiB is body, however its bytes come", () => {
  const text = `HTTP/1.0 200 OK\nA: ${"a".repeat(2 << 20)}`;
  for (const whole of [text, `${text}\n\nbody`])
    for (const cuts of [[], [1 << 20], Array.from({ length: 2000 }, (_, at) => at * 1000)])
      expect(read(Buffer.from(whole), cuts)).toEqual({ heads: [], body: whole });
});

test("chunks without a line end are no body, and no error", () => {
  const text = `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${"a".repeat(2 << 20)}`;
  expect(read(Buffer.from(text), [100, 1 << 20]).body).toBe("");
});
