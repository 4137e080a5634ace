// Which day it is, in a window that stays open.
import { act, cleanup, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useToday } from "../../../../renderer/platform/use-today.js";

beforeEach(() => void vi.useFakeTimers({ now: new Date(2026, 10, 26, 12, 0, 30) }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const firstOf = (day: number): number => new Date(2026, 10, day).getTime();
const pass = (minutes: number): void => act(() => void vi.advanceTimersByTime(minutes * 60_000));

test("each midnight begins another day, and nothing is drawn until then", () => {
  let drawn = 0;
  const { result } = renderHook(() => {
    drawn++;
    return useToday();
  });
  pass(11 * 60 + 59);
  expect([result.current, drawn]).toEqual([firstOf(26), 1]);
  pass(1);
  expect(result.current).toBe(firstOf(27));
  pass(24 * 60);
  expect([result.current, drawn]).toEqual([firstOf(28), 3]);
});

test("after the machine has slept, during which no timer ran, the day is known within a minute", () => {
  const { result } = renderHook(useToday);
  vi.setSystemTime(new Date(2026, 10, 27, 8));
  pass(1);
  expect(result.current).toBe(firstOf(27));
});
