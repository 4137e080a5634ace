// The rules of variations: which values, in which order, in which place of a request.
import fc from "fast-check";
import { expect, test } from "vitest";
import { madeNames } from "../../../server/contract/variations-contract.js";
import { comesBack, markupAt, withoutValues } from "../../../server/formats/variations/judge.js";
import { made } from "../../../server/formats/variations/made-values.js";
import { LengthJudge, measuredText } from "../../../server/formats/variations/measured.js";
import { placeOf, withValue } from "../../../server/formats/variations/place.js";
import { settledText } from "../../../server/formats/variations/settled.js";
import { chosenProbes, combined, notableLengths, valuesOf } from "../../../server/formats/variations/values.js";
import { byteString, latin1, utf8 } from "../../../server/protocol/byte-string.js";
import { percentDecode } from "../../../server/protocol/percent.js";

const bytes = fc
  .string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)) })
  .map(byteString);
const name = fc.stringMatching(/^\w{1,8}$/).map(utf8);
const place = (text: string) => placeOf(text) ?? expect.fail(text);
const request = (target: string) => ({
  ...{ method: latin1("GET"), target: latin1(target), headers: [], body: latin1("") },
});

test("each with each makes every combination once; together ends with the shortest set", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 }), (counts) => {
      const sets = counts.map((to) => valuesOf({ kind: "numbers", from: 1, to }));
      const labels = (pairing: "each" | "together"): string[] => {
        const { count, at } = combined(sets, pairing);
        return Array.from({ length: count }, (_, index) =>
          at(index)
            .map(({ label }) => label)
            .join(" "),
        );
      };
      const each = labels("each");
      expect(new Set(each).size).toBe(counts.reduce((product, count) => product * count, 1));
      expect(each.length).toBe(new Set(each).size);
      expect(labels("together")).toEqual(
        Array.from({ length: Math.min(...counts) }, (_, index) => counts.map(() => index + 1).join(" ")),
      );
    }),
  );
});

test("a value in the query comes back when that is decoded, and the other fields stay", () => {
  fc.assert(
    fc.property(name, fc.array(bytes, { maxLength: 3 }), (own, values) => {
      fc.pre(own !== "zz");
      const changed = withValue(request(`/a?zz=1&${own}=old&zz=2`), place(`query.${own}`), {
        label: "",
        bytes: values,
      });
      const pairs = changed.target.split("?")[1]?.split("&") ?? [];
      expect(pairs.filter((pair) => pair.startsWith("zz="))).toEqual(["zz=1", "zz=2"]);
      const found = pairs.filter((pair) => pair.startsWith(`${own}=`)).map((pair) => pair.slice(own.length + 1));
      expect(found.map((value) => percentDecode(latin1(value)).value)).toEqual(values);
    }),
  );
});

test("a place that a request does not have yet comes at its end", () => {
  const given = request("/a?x=1");
  const value = { label: "", bytes: [utf8("v")] };
  expect(withValue(given, place("query.n"), value).target).toBe("/a?x=1&n=v");
  expect(withValue(given, place("field.n"), value).body).toBe("n=v");
  expect(withValue(given, place("header.N"), value).headers).toEqual([["N", "v"]]);
  expect(withValue(given, place("cookie.n"), value).headers).toEqual([["Cookie", "n=v"]]);
  expect(withValue(given, place("path"), value).target).toBe("/a/v?x=1");
  expect([placeOf("query"), placeOf("query."), placeOf("nowhere.x")]).toEqual([null, null, null]);
});

test("lengths are within their ends, ascending, and beside each power of two", () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.nat(1_000_000), (one, other) => {
      const [from, to] = [Math.min(one, other), Math.max(one, other)];
      const lengths = notableLengths(from, to);
      expect([lengths[0], lengths.at(-1)]).toEqual([from, to]);
      expect([...new Set(lengths)].sort((a, b) => a - b)).toEqual(lengths);
    }),
  );
  expect(notableLengths(65_000, 66_000)).toEqual([65_000, 65_535, 65_536, 65_537, 66_000]);
});

test("times and ids are made equal, and each byte keeps its place", () => {
  fc.assert(
    fc.property(bytes, (text) => {
      expect(settledText(text).length).toBe(text.length);
      expect(settledText(settledText(text))).toBe(settledText(text));
    }),
  );
  for (const [one, other] of [
    ["at 2026-11-28T15:04:41Z", "at 2027-01-01T00:59:59Z"],
    ["Sat, 28 Nov 2026 15:04:41 GMT", "Mon, 30 Nov 2026 16:04:41 GMT"],
    ["id 123e4567-e89b-12d3-a456-426614174000", "id 00000000-0000-4000-8000-00000000000f"],
    ["HASH(0x55d0c8a1b2c8)", "HASH(0x55d0c8a1b2c9)"],
  ] as const)
    expect(settledText(one)).toBe(settledText(other));
  expect(settledText("port 8080")).not.toBe(settledText("port 8081"));
});

test("a value is known by each of its usual spellings in a page", () => {
  fc.assert(
    fc.property(bytes, (text) => {
      const value = [{ label: "", bytes: [text] }];
      fc.pre(text !== "");
      const named: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
      const escaped = text.replace(/[&<>"']/g, (sign) => named[sign] ?? `&#${sign.charCodeAt(0)};`);
      for (const form of [text, escaped]) expect(comesBack(`<p>${form}</p>`, value)).toBe(true);
      if (text.length > 4) expect(withoutValues(`[${text}]`, value)).toBe("[\0]");
    }),
  );
});

test("markup of a value counts where the page takes it for markup", () => {
  const [onPage, inText] = ["text/html; charset=utf-8", "text/plain"];
  expect(markupAt(latin1("<p>x\"'><svg onload=probe()>"), onPage)).toBe(7);
  expect(markupAt(latin1("<p>x\"'><svg onload=probe()>"), inText)).toBeNull();
  expect(markupAt(latin1('<p>x" onfocus="probe()</p>'), onPage)).toBeNull();
  expect(markupAt(latin1('<a b="x" onfocus="probe()">'), onPage)).toBe(0);
  expect(markupAt(latin1("<a c=\"d\" b='x' onfocus='probe()'>"), onPage)).toBe(0);
  expect(markupAt(latin1('<a title="it\'s here" b="x" onfocus="probe()" c="">'), onPage)).toBe(0);
  expect(markupAt(latin1("<a b=\"x' onfocus='probe()\">"), onPage)).toBeNull();
  expect(markupAt(latin1("<a b='x\" onfocus=\"probe()'>"), onPage)).toBeNull();
});

test.each(madeNames)("%s: the values differ, and the first is the harmless text", (set) => {
  const { count, at } = made[set].values(made[set].usual);
  const values = Array.from({ length: count }, (_, index) => at(index));
  expect(new Set(values.map(({ label }) => label)).size).toBe(values.length);
  expect(new Set(values.map(({ bytes: all, isList }) => JSON.stringify([all, isList]))).size).toBe(values.length);
});

const responseOf = (body: string, status = 200) => ({ status, body, isWhole: true, settled: settledText });
const judged = (rows: readonly (readonly [length: number, response: ReturnType<typeof responseOf>])[]) => {
  const judge = new LengthJudge();
  return rows.map(([length, response]) => judge.judge(measuredText(length), response)?.kind ?? null);
};

test("a measured text has its length, and is the beginning of each longer one", () => {
  fc.assert(
    fc.property(fc.nat(200_000), fc.nat(200_000), (one, other) => {
      const [short, long] = [measuredText(Math.min(one, other)), measuredText(Math.max(one, other))];
      expect([short.length, long.startsWith(short)]).toEqual([Math.min(one, other), true]);
    }),
  );
});

test("a part of a value is found in any page, and no page without one is blamed", () => {
  const page = fc.string({ maxLength: 60 }).filter((text) => !text.includes("1.3.5.7"));
  fc.assert(
    fc.property(fc.integer({ min: 20, max: 70_000 }), fc.nat(), page, page, (length, some, before, after) => {
      const shown = 16 + (some % (length - 16));
      const body = `${before}${measuredText(length).slice(0, shown)}|${after}`;
      expect(judged([[length, responseOf(body)]])).toEqual(["cut"]);
      expect(judged([[length, responseOf(before + after)]])).toEqual([null]);
    }),
  );
});

test("a number that follows the length must go on doing so; a counter of requests need not", () => {
  const counted = (...rows: (readonly [number, number])[]) =>
    judged(rows.map(([length, number]) => [length, responseOf(`bytes: ${number}`)]));
  expect(counted([65_530, 65_530], [65_535, 65_535], [65_536, 65_535])).toEqual([null, null, "count"]);
  expect(counted([65_530, 65_529], [65_535, 65_534], [65_536, 65_535])).toEqual([null, null, null]);
  expect(counted([2047, 2047], [2048, 2048], [2049, 2049], [4095, 2050])).toEqual([null, null, null, null]);
  expect(counted([200, 150], [300, 150], [400, 150])).toEqual([null, null, null]);
});

test("a list has [] behind its name, and a probe injects into a posted form", () => {
  const fields = made.fields.values("x");
  const list = Array.from({ length: fields.count }, (_, index) => fields.at(index)).find(({ isList }) => isList);
  const sent = list ? withValue(request("/a?q=1&z=2"), place("query.q"), list).target : null;
  expect(sent).toBe("/a?q%5B%5D=x&z=2");
  const again = list ? withValue(request("/a?q%5B%5D=1"), place("query.q[]"), list).target : null;
  expect(again).toBe("/a?q%5B%5D=x");
  const probe = chosenProbes(["command-in-fields"])[0] ?? expect.fail("no probe");
  const aim = { target: latin1("/a"), host: "localhost", form: latin1("q=1&z=2") };
  expect(probe.bytes(aim)).toMatch(/^POST \/a HTTP.*\r\n\r\nq=1%3Bid&z=2%3Bid$/s);
});
