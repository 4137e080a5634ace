// The list of a WebSocket's messages, from the streams of its trace: none is lost, and each has the time at which its
// end passed.
import fc from "fast-check";
import { expect, test } from "vitest";
import { maxChunks } from "../../../../server/contract/limits.js";
import { messagesOf } from "../../../../server/formats/web-socket/messages.js";
import { utf8Text } from "../../../../server/protocol/byte-string.js";
import { CapturedStream } from "../../../../server/trace/captured-stream.js";

function kept(writes: readonly (readonly [string, number])[], maxBytes = 1 << 20) {
  const stream = new CapturedStream(maxBytes);
  for (const [text, at] of writes) stream.add(Buffer.from(text), at);
  return { info: stream.info(), bytes: stream.read(0, stream.captured) };
}
const empty = { info: null, bytes: new Uint8Array(0) };
const words = fc.string({ unit: fc.constantFrom("a", "ä", " ", "\t"), maxLength: 6 });

test("messages of both directions are in the order of their times", () => {
  const stdin = kept([
    ["one\n", 1],
    ["two\n", 5],
  ]);
  const stdout = kept([
    ["1\r\n", 2],
    ["beginning ", 3],
    ["end\n3\nrest", 6],
  ]);
  expect(messagesOf(stdin, stdout, "line").map(({ at, from, bytes }) => [at, from, utf8Text(bytes)])).toEqual([
    [1, "client", "one"],
    [2, "script", "1"],
    [5, "client", "two"],
    [6, "script", "beginning end"],
    [6, "script", "3"],
  ]);
});

test("whatever is said, in whatever pieces the script writes it", () => {
  fc.assert(
    fc.property(fc.array(words), fc.array(words), fc.array(fc.nat({ max: 8 })), (heard, said, cuts) => {
      const stdin = kept(heard.map((text, index) => [`${text}\n`, index]));
      const pieces: [string, number][] = [];
      let rest = said.map((text) => `${text}\n`).join("");
      for (const [index, cut] of cuts.entries()) {
        pieces.push([rest.slice(0, cut), index]);
        rest = rest.slice(cut);
      }
      const all = messagesOf(stdin, kept([...pieces, [rest, cuts.length]]), "line");
      const textsOf = (who: string) => all.filter(({ from }) => from === who).map(({ bytes }) => utf8Text(bytes));
      expect(textsOf("client")).toEqual(heard);
      expect(textsOf("script")).toEqual(said);
    }),
  );
});

test("more writes than are listed one by one are still messages, and what was not kept has its length", () => {
  const many = kept(Array.from({ length: maxChunks + 3 }, (_, index): [string, number] => [`${index}\n`, index]));
  expect(messagesOf(many, empty, "line")).toHaveLength(maxChunks + 3);
  const [, cut] = messagesOf(
    kept(
      [
        ["one\n", 1],
        ["long\n", 2],
      ],
      6,
    ),
    empty,
    "line",
  );
  expect([cut?.length, utf8Text(cut?.bytes ?? new Uint8Array(0))]).toEqual([4, "lo"]);
});

test("in binary a write is a message in each direction", () => {
  const stream = kept([
    ["a\nb", 1],
    ["c", 2],
  ]);
  expect(messagesOf(stream, stream, "read").map(({ length }) => length)).toEqual([3, 3, 1, 1]);
});
