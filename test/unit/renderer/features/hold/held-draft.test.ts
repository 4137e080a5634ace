// What a person changes of a held request goes to the server byte for byte, and nothing else does.
import fc from "fast-check";
import { expect, test } from "vitest";
import { decisionOf, draftOf, edited, editsIn, headOf } from "../../../../../renderer/features/hold/held-draft.js";
import { toByteString } from "../../../../../renderer/format/bytes-text.js";
import { problemOf } from "../../../../../renderer/rpc/problem.js";
import { toBytesText } from "../../../../../server/base/decode-text.js";
import type { HeldRequest } from "../../../../../server/contract/hold-contract.js";
import { fromBytes } from "../../../../../server/protocol/byte-string.js";

type Pairs = readonly (readonly [name: Uint8Array, value: Uint8Array])[];

const heldWith = (variables: Pairs): HeldRequest => ({
  ...{ id: "a", seq: 1, method: "POST", target: "/", since: 0 },
  plan: {
    ...{ moment: "start", command: [], args: null, bodyBytes: 0, bodyCaptured: 0, isNph: false },
    variables: variables.map(([name, value]) => ({
      ...{ name: toBytesText(fromBytes(name)), value: toBytesText(fromBytes(value)) },
      ...{ source: "request-line", standing: "rfc" },
    })),
  },
});
/** Bytes that the name of a variable can have. */
const someBytes = fc
  .uint8Array({ min: 1, minLength: 1, maxLength: 6 })
  .map((bytes) => bytes.map((byte) => (byte === 0x3d ? 0xff : byte)));

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
  const draft = edited(held, draftOf(held), { body: "four" });
  expect(draft.rows.map(({ value }) => value)).toEqual(["4", "\\xff\\\\"]);
  const added = { ...draft, rows: [...draft.rows, { id: "new", name: "B", value: "b", before: null }] };
  const back = edited(held, added, { body: null });
  expect(editsIn(held, back)).toBe(1);
  expect(back.rows.map(({ value }) => value)).toEqual(["1", "\\xff\\\\", "b"]);
});

test("a length that was not planned comes and goes with the body, and one that is not to follow is typed", () => {
  const held = heldWith([]);
  const long = edited(held, draftOf(held), { body: "four" });
  expect(long.rows).toMatchObject([{ name: "CONTENT_LENGTH", value: "4" }]);
  expect(edited(held, long, { body: null }).rows).toEqual([]);
  expect(edited(held, { ...long, keepsLength: false }, { body: "longer" }).rows).toEqual(long.rows);
  const apart = edited(held, { ...draftOf(held), keepsLength: false }, { body: "four" });
  expect(apart.rows).toEqual([]);
  expect(edited(held, apart, { keepsLength: true }).rows).toMatchObject([{ value: "4" }]);
});

test("a status that none has is refused by name, and can be corrected", () => {
  const base = heldWith([]);
  const held: HeldRequest = { ...base, plan: { moment: "headers", status: 200, headers: [] } };
  const [row] = draftOf(held).rows;
  const typed = (value: string) => ({ ...draftOf(held), rows: row ? [{ ...row, value }] : [] });
  for (const value of ["", "abc", "99", "700", "404x", "2000"]) {
    expect(editsIn(held, typed(value))).toBe(1);
    expect([value, codeOf(() => decisionOf(held, typed(value)))]).toEqual([value, "bad-status"]);
  }
  expect(decisionOf(held, typed("404 Not Found"))).toMatchObject({ status: 404, headers: [] });
  expect(headOf([])).toEqual({ status: 200, headers: [] });
});

const codeOf = (decide: () => unknown): string | null => {
  try {
    decide();
  } catch (error) {
    return problemOf(error).code;
  }
  return null;
};

test("what no environment, argument or response can have is refused by name, and can be corrected", () => {
  const start = heldWith([]);
  const headers: HeldRequest = { ...start, plan: { moment: "headers", status: 200, headers: [] } };
  const typed = (held: HeldRequest, name: string, value: string) =>
    codeOf(() => decisionOf(held, { ...draftOf(held), rows: [{ id: "new", name, value, before: null }] }));
  expect(typed(start, "A=B", "c")).toBe("bad-variable-name");
  for (const [name, value] of [
    ["A\\0", ""],
    ["A", "\\x00"],
  ] as const)
    expect(typed(start, name, value)).toBe("nul-byte");
  expect(codeOf(() => decisionOf(start, { ...draftOf(start), args: "a\n\\0" }))).toBe("nul-byte");
  expect(codeOf(() => decisionOf(start, { ...draftOf(start), args: "a\n=\\xff" }))).toBeNull();
  expect([typed(start, "A", "b=\\n"), typed(start, "", "kept out")]).toEqual([null, null]);
  for (const name of ["X A", "X:", "Ü", "a\\n"])
    expect([name, typed(headers, name, "")]).toEqual([name, "bad-header-name"]);
  for (const value of ["\\r", "\\n", "\\0"]) expect(typed(headers, "X-A", value)).toBe("bad-header-value");
  expect(typed(headers, "X-A", "ü \\xff \\t")).toBeNull();
});
