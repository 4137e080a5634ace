// Who gets room among the bytes that wait, and who gives way.
import { expect, test } from "vitest";
import { HeldBytes, type Waiter } from "../../../server/http/front/held-bytes.js";

const limits = { maxBytes: 100, maxUploadBytes: 50, maxFiles: 2 };

/** Holds `bytes`; when it gives way it releases them at once. */
function waiter(held: HeldBytes, bytes: number, may = true) {
  const self: Waiter & { hasGivenWay: boolean } = {
    hasGivenWay: false,
    mayGiveWay: () => may,
    giveWay() {
      self.hasGivenWay = true;
      held.release(bytes, self);
      return 0;
    },
  };
  expect(held.hold(bytes, self)).toBe(true);
  return self;
}

test("the one that waits longest gives way, and only as many as are needed", () => {
  const held = new HeldBytes(limits);
  const [first, second, third] = [waiter(held, 40), waiter(held, 40), waiter(held, 20)];
  const fourth = waiter(held, 30);
  expect([first, second, third, fourth].map(({ hasGivenWay }) => hasGivenWay)).toEqual([true, false, false, false]);
  expect(held.bytes).toBe(90);
});

test("who makes progress keeps its place; what comes has as much room again, and then there is none", () => {
  const held = new HeldBytes(limits);
  const [first, second] = [waiter(held, 60, false), waiter(held, 40)];
  expect(held.hold(60, null)).toBe(true);
  expect([first, second].map(({ hasGivenWay }) => hasGivenWay)).toEqual([false, true]);
  expect([held.hold(81, null), held.hold(80, null), held.bytes]).toEqual([false, true, 200]);
});

test("bytes that leave later make nobody else give way meanwhile", () => {
  const held = new HeldBytes(limits);
  const gaveWay: number[] = [];
  const waiters = Array.from({ length: 10 }, (_, n): Waiter => ({ mayGiveWay: () => true, giveWay: () => gave(n) }));
  const gave = (n: number): number => {
    gaveWay.push(n);
    return 10;
  };
  for (const one of waiters) held.add(10, one);
  held.add(1, null);
  held.add(9, null);
  expect([gaveWay, held.bytes]).toEqual([[0], 110]);
  held.add(1, null);
  expect(gaveWay).toEqual([0, 1]);
  for (const one of waiters) held.release(10, one);
  held.add(89, null);
  expect([gaveWay, held.bytes]).toEqual([[0, 1], 100]);
});

test("a waiter does not give way to itself", () => {
  const held = new HeldBytes(limits);
  const first = waiter(held, 60);
  expect([held.hold(60, first), first.hasGivenWay, held.bytes]).toEqual([true, false, 120]);
});

test("bytes that were read already are counted in any case", () => {
  const held = new HeldBytes(limits);
  const first = waiter(held, 60);
  held.add(200, null);
  expect([first.hasGivenWay, held.bytes]).toEqual([true, 200]);
  held.release(200, null);
  expect(held.bytes).toBe(0);
});

test("uploads leave room for others, and make none of them give way (R4)", () => {
  const held = new HeldBytes(limits);
  const first = waiter(held, 20);
  expect([held.holdIfSpare(30), held.isShort, held.holdIfSpare(1)]).toEqual([true, false, false]);
  expect(held.hold(1, null)).toBe(true);
  expect([first.hasGivenWay, held.isShort]).toEqual([false, true]);
});

test("temporary files are limited in number", () => {
  const held = new HeldBytes(limits);
  expect([held.openFile(), held.openFile(), held.openFile()]).toEqual([true, true, false]);
  held.closedFile();
  expect(held.openFile()).toBe(true);
});
