import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  otherSide,
  type Side,
  type Split,
  sides,
  splitFrom,
  withoutTab,
  withRenamed,
  withShown,
} from "../../../../renderer/model/documents/editor-groups.js";

const paths = ["a.py", "b.pl", "cgi-bin/c.sh", "d.html"];
const path = fc.constantFrom(...paths);
const side = fc.constantFrom<Side>("left", "right");
const group = fc
  .uniqueArray(path, { minLength: 1 })
  .chain((tabs) => fc.record({ tabs: fc.constant(tabs), shown: fc.constantFrom(...tabs) }));
const splits: fc.Arbitrary<Split> = fc.record({ left: group, right: group, active: side });

const isWhole = (split: Split): boolean =>
  sides.every((each) => {
    const { tabs, shown } = split[each];
    return tabs.includes(shown) && new Set(tabs).size === tabs.length;
  });

describe("two groups of tabs", () => {
  test("a shown file has a tab in the active group, and the other group stays", () => {
    fc.assert(
      fc.property(splits, path, (split, shown) => {
        const after = withShown(split, shown);
        expect(isWhole(after)).toBe(true);
        expect(after[split.active].shown).toBe(shown);
        expect(after[otherSide(split.active)]).toEqual(split[otherSide(split.active)]);
        expect(after[split.active].tabs.slice(0, split[split.active].tabs.length)).toEqual(split[split.active].tabs);
      }),
    );
  });

  test("a closed tab is gone from its sides alone, and a group without tabs ends the split", () => {
    fc.assert(
      fc.property(splits, path, fc.constantFrom<readonly Side[]>(["left"], ["right"], sides), (split, closed, from) => {
        const { split: after, shown } = withoutTab(split, closed, from);
        const rest = (each: Side) => split[each].tabs.filter((tab) => !from.includes(each) || tab !== closed);
        if (after) {
          expect(isWhole(after)).toBe(true);
          for (const each of sides) expect(after[each].tabs).toEqual(rest(each));
          expect(shown).toBe(after[after.active].shown);
        } else {
          expect(sides.some((each) => rest(each).length === 0)).toBe(true);
          const left = sides.flatMap(rest);
          expect(shown === null ? left.length === 0 : left.includes(shown)).toBe(true);
        }
      }),
    );
  });

  test("the neighbour on the right is shown after a closed tab, else the one on the left", () => {
    const split: Split = {
      left: { tabs: ["a.py", "b.pl", "d.html"], shown: "b.pl" },
      right: { tabs: ["a.py"], shown: "a.py" },
      active: "left",
    };
    expect(withoutTab(split, "b.pl").shown).toBe("d.html");
    expect(withoutTab({ ...split, left: { ...split.left, shown: "d.html" } }, "d.html").shown).toBe("b.pl");
    expect(withoutTab(split, "a.py", ["right"])).toEqual({ split: null, shown: "b.pl" });
  });

  test("files that were moved keep their tabs", () => {
    fc.assert(
      fc.property(splits, path, path, (split, from, to) => {
        const after = withRenamed(split, (each) => (each === from ? to : each));
        expect(isWhole(after)).toBe(true);
        if (from !== to) for (const each of sides) expect(after[each].tabs).not.toContain(from);
      }),
    );
  });

  test("what was remembered comes back as far as its files are open; anything else is one group", () => {
    fc.assert(
      fc.property(splits, fc.subarray(paths), (split, open) => {
        const back = splitFrom(JSON.parse(JSON.stringify(split)), open);
        const isLeft = (each: Side): boolean => split[each].tabs.some((tab) => open.includes(tab));
        expect(back !== null).toBe(sides.every(isLeft));
        if (!back) return;
        expect(isWhole(back)).toBe(true);
        for (const each of sides) expect(back[each].tabs.every((tab) => open.includes(tab))).toBe(true);
      }),
    );
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(splitFrom(value, paths)).toBeNull();
      }),
    );
  });
});
