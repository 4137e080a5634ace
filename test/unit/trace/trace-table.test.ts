import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TraceTable } from "../../../server/trace/trace-table.js";

interface Item {
  readonly seq: number;
  pinned: boolean;
}

describe("the shelf of kept traces", () => {
  test("holds what a list of them would, and gives the oldest that is not pinned, however they come and go", () => {
    const step = fc.record({
      do: fc.constantFrom("end", "end", "end", "drop", "drop", "pin", "unpin", "remove"),
      which: fc.nat(1 << 20),
      /** Numbers that another process takes meanwhile. */
      gap: fc.constantFrom(0, 0, 0, 0, 0, 1, 1024, 30_000),
    });
    const endsAfterALaterOne = [
      { do: "end", which: 185_126, gap: 0 },
      { do: "end", which: 0, gap: 30_000 },
      { do: "end", which: 8545, gap: 0 },
      { do: "drop", which: 0, gap: 0 },
    ];
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400 }), fc.integer({ min: 1, max: 3000 }), (steps, maxUnderWay) => {
        const shelf = new TraceTable<Item>();
        const kept = new Map<number, Item>();
        const underWay: number[] = [];
        let next = 1;
        for (const { do: what, which, gap } of steps) {
          next += gap;
          const some = [...kept.values()][which % Math.max(1, kept.size)];
          if (what === "end") {
            for (let i = 0; i < 1 + (which % maxUnderWay); i++) underWay.push(next++);
            for (const seq of underWay.splice(which % 2 ? 0 : 1)) {
              const item = { seq, pinned: false };
              shelf.put(item);
              kept.set(seq, item);
            }
          } else if (what === "drop") {
            const oldest = [...kept.values()].filter(({ pinned }) => !pinned).sort((a, b) => a.seq - b.seq)[0] ?? null;
            expect(shelf.oldest()).toBe(oldest);
            if (oldest) shelf.remove(oldest.seq);
            kept.delete(oldest?.seq ?? 0);
          } else if (some && what === "remove") {
            shelf.remove(some.seq);
            kept.delete(some.seq);
          } else if (some) {
            some.pinned = what === "pin";
            shelf.put(some);
          }
        }
        expect([...shelf]).toEqual([...kept.values()].sort((a, b) => a.seq - b.seq));
        expect(shelf.count).toBe(kept.size);
        for (const item of kept.values()) expect(shelf.get(item.seq)).toBe(item);
      }),
      { numRuns: 60, examples: [[endsAfterALaterOne, 3]] },
    );
  });
});
