// Who gets room among the bytes that wait, and who is dropped.
import { expect, test } from "vitest";
import { type Droppable, HeldBytes } from "../../../server/http/front/held-bytes.js";

const limits = { maxBytes: 100, maxUploadBytes: 50, maxFiles: 2 };

/** Holds `bytes`; when it is dropped it releases them at once. */
function holder(held: HeldBytes, bytes: number, canBeDropped = true) {
  const self: Droppable & { wasDropped: boolean } = {
    wasDropped: false,
    canBeDropped: () => canBeDropped,
    drop() {
      self.wasDropped = true;
      held.release(bytes, self);
      return 0;
    },
  };
  expect(held.hold(bytes, self)).toBe(true);
  return self;
}

test("the one that waits longest is dropped, and only as many as are needed", () => {
  const held = new HeldBytes(limits);
  const [first, second, third] = [holder(held, 40), holder(held, 40), holder(held, 20)];
  const fourth = holder(held, 30);
  expect([first, second, third, fourth].map(({ wasDropped }) => wasDropped)).toEqual([true, false, false, false]);
  expect(held.bytes).toBe(90);
});

test("who makes progress keeps its place; what comes has as much room again, and then there is none", () => {
  const held = new HeldBytes(limits);
  const [first, second] = [holder(held, 60, false), holder(held, 40)];
  expect(held.hold(60, null)).toBe(true);
  expect([first, second].map(({ wasDropped }) => wasDropped)).toEqual([false, true]);
  expect([held.hold(81, null), held.hold(80, null), held.bytes]).toEqual([false, true, 200]);
});

test("bytes that leave later cause no other drop meanwhile", () => {
  const held = new HeldBytes(limits);
  const dropped: number[] = [];
  const droppable = Array.from(
    { length: 10 },
    (_, n): Droppable => ({ canBeDropped: () => true, drop: () => note(n) }),
  );
  const note = (n: number): number => {
    dropped.push(n);
    return 10;
  };
  for (const one of droppable) held.add(10, one);
  held.add(1, null);
  held.add(9, null);
  expect([dropped, held.bytes]).toEqual([[0], 110]);
  held.add(1, null);
  expect(dropped).toEqual([0, 1]);
  for (const one of droppable) held.release(10, one);
  held.add(89, null);
  expect([dropped, held.bytes]).toEqual([[0, 1], 100]);
});

test("a holder does not drop itself", () => {
  const held = new HeldBytes(limits);
  const first = holder(held, 60);
  expect([held.hold(60, first), first.wasDropped, held.bytes]).toEqual([true, false, 120]);
});

test("bytes that were read already are counted in any case", () => {
  const held = new HeldBytes(limits);
  const first = holder(held, 60);
  held.add(200, null);
  expect([first.wasDropped, held.bytes]).toEqual([true, 200]);
  held.release(200, null);
  expect(held.bytes).toBe(0);
});

test("uploads leave room for others, and drop none of them (R4)", () => {
  const held = new HeldBytes(limits);
  const first = holder(held, 20);
  expect([held.holdIfSpare(30), held.isShort, held.holdIfSpare(1)]).toEqual([true, false, false]);
  expect(held.hold(1, null)).toBe(true);
  expect([first.wasDropped, held.isShort]).toEqual([false, true]);
});

test("temporary files are limited in number", () => {
  const held = new HeldBytes(limits);
  expect([held.openFile(), held.openFile(), held.openFile()]).toEqual([true, true, false]);
  held.closedFile();
  expect(held.openFile()).toBe(true);
});
