// What a person changes of a held request goes to the server byte for byte, and nothing else does.
import fc from "fast-check";
import { expect, test } from "vitest";
import { decisionOf, draftOf, editsIn, withBody } from "../../../../../renderer/features/hold/held-draft.js";
import { toByteString } from "../../../../../renderer/format/bytes-text.js";
import { toBytesText } from "../../../../../server/base/decode-text.js";
import type { HeldRequest } from "../../../../../server/contract/hold-contract.js";
import { fromBytes } from "../../../../../server/protocol/byte-string.js";

type Pairs = readonly (readonly [name: Uint8Array, value: Uint8Array])[];

const heldWith = (variables: Pairs): HeldRequest => ({
  ...{ id: "a", seq: 1, method: "POST", target: "/", from: "other", since: 0 },
  plan: {
    ...{ moment: "start", command: [], args: null, bodyBytes: 0, bodyCaptured: 0, isNph: false },
    variables: variables.map(([name, value]) => ({
      ...{ name: toBytesText(fromBytes(name)), value: toBytesText(fromBytes(value)) },
      ...{ source: "request-line", standing: "rfc" },
    })),
  },
});
const someBytes = fc.uint8Array({ minLength: 1, maxLength: 6 });

test("an edit of one part leaves every other byte as it was", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(someBytes, someBytes), { minLength: 1 }), fc.boolean(), (pairs, isName) => {
      const held = heldWith(pairs);
      const draft = draftOf(held);
      const rows = draft.rows.map((row, at) => (at > 0 ? row : { ...row, [isName ? "name" : "value"]: "ü\\xff" }));
      const sent = decisionOf(held, { ...draft, rows }).variables?.map((pair) => pair.map(toByteString));
      const wanted = pairs.map((pair) => pair.map((part) => fromBytes(part)));
      wanted[0]?.splice(isName ? 0 : 1, 1, fromBytes(Uint8Array.of(0xc3, 0xbc, 0xff)));
      expect(sent).toEqual(wanted);
    }),
  );
});

test("what was put back is no edit, and the length of the body that was typed stays with that body", () => {
  const bytes = (text: string): Uint8Array => Buffer.from(text);
  const held = heldWith([
    [bytes("CONTENT_LENGTH"), bytes("1")],
    [bytes("A"), Uint8Array.of(0xff, 0x5c)],
  ]);
  const draft = withBody(held, draftOf(held), "four", true);
  expect(draft.rows.map(({ value }) => value)).toEqual(["4", "\\xff\\\\"]);
  const added = { ...draft, rows: [...draft.rows, { id: "new", name: "B", value: "b", before: null }] };
  const back = withBody(held, added, null, true);
  expect(editsIn(held, back)).toBe(1);
  expect(back.rows.map(({ value }) => value)).toEqual(["1", "\\xff\\\\", "b"]);
});

test("a length that was not planned comes and goes with the body, and one that is not to follow is typed", () => {
  const held = heldWith([]);
  const long = withBody(held, draftOf(held), "four", true);
  expect(long.rows).toMatchObject([{ name: "CONTENT_LENGTH", value: "4" }]);
  expect(withBody(held, long, null, true).rows).toEqual([]);
  expect(withBody(held, long, "longer", false).rows).toEqual(long.rows);
  expect(withBody(held, { ...draftOf(held), body: "four" }, "four", true).rows).toMatchObject([{ value: "4" }]);
});
