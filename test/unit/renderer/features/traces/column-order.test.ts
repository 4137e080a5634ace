// In which order the columns stand: nothing is lost, nothing twice.
import fc from "fast-check";
import { expect, test } from "vitest";
import { orderFrom, placedBefore, stepped } from "../../../../../renderer/features/traces/column-order.js";
import { columnKeys } from "../../../../../renderer/features/traces/columns.js";

const key = fc.constantFrom(...columnKeys);
const order = fc.shuffledSubarray([...columnKeys], { minLength: columnKeys.length });

test("a column goes before another, or to the end", () => {
  expect(placedBefore(columnKeys, "status", "time").slice(0, 4)).toEqual(["seq", "status", "time", "method"]);
  expect(placedBefore(columnKeys, "seq", null).at(-1)).toBe("seq");
  fc.assert(
    fc.property(order, key, fc.option(key), (before, moved, next) => {
      const after = placedBefore(before, moved, next);
      expect([...after].sort()).toEqual([...columnKeys].sort());
      if (next !== moved) expect(after[after.indexOf(moved) + 1] ?? null).toBe(next);
    }),
  );
});

test("a step goes beyond the neighbour that is shown, and back", () => {
  expect(stepped(columnKeys, ["method"], "time", 1)?.slice(0, 5)).toEqual(["seq", "method", "path", "time", "mode"]);
  expect(stepped(columnKeys, [], "seq", -1)).toBeNull();
  fc.assert(
    fc.property(order, fc.subarray([...columnKeys]), key, (before, hidden, moved) => {
      const shown = (all: readonly string[]) =>
        all.filter((one) => one === moved || !hidden.some((other) => other === one));
      const after = stepped(before, hidden, moved, 1);
      if (after === null) expect(shown(before).at(-1)).toBe(moved);
      else {
        expect(shown(after).indexOf(moved)).toBe(shown(before).indexOf(moved) + 1);
        expect(shown(stepped(after, hidden, moved, -1) ?? [])).toEqual(shown(before));
      }
    }),
  );
});

test("what is remembered may be anything", () => {
  expect(orderFrom(null)).toEqual(columnKeys);
  expect(orderFrom(["took", "nothing", "took", "seq"])).toEqual([
    "time",
    "method",
    "path",
    "mode",
    "status",
    "size",
    "took",
    "seq",
    "waterfall",
  ]);
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.array(fc.oneof(key, fc.anything()))), (value) => {
      expect([...orderFrom(value)].sort()).toEqual([...columnKeys].sort());
    }),
  );
  fc.assert(
    fc.property(order, (own) => {
      expect(orderFrom(own)).toEqual(own);
    }),
  );
});
