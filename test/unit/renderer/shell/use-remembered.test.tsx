// The sizes that the user gave to panes, while some of the panes are hidden and shown.
import { act, renderHook } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { useRemembered } from "../../../../renderer/shell/use-remembered.js";

beforeEach(() => localStorage.clear());

const [alone, both] = [["top"], ["top", "bottom"]];
/** As after a load of the page: what is kept in localStorage is all that is known. */
function load(shown: string[]) {
  const { result, rerender } = renderHook((panelIds: string[]) => useRemembered("heights", panelIds), {
    initialProps: shown,
  });
  const change = (sizes: Record<string, number>, isUserInteraction: boolean): void =>
    act(() => result.current.group.onLayoutChanged(sizes, { isUserInteraction, requestedLayout: sizes }));
  return {
    show: rerender,
    change,
    forget: () => act(() => result.current.forget()),
    sizes: () => (result.current.isChosen ? result.current.group.defaultLayout : null),
  };
}

test("sizes are chosen for the panes that are shown together, also when those are shown after the page was loaded", () => {
  const first = load(both);
  first.change({ top: 70, bottom: 30 }, false);
  expect(first.sizes()).toBeNull();
  first.change({ top: 50, bottom: 50 }, true);
  expect(first.sizes()).toEqual({ top: 50, bottom: 50 });
  first.show(alone);
  expect(first.sizes()).toBeNull();

  const second = load(alone);
  expect(second.sizes()).toBeNull();
  second.show(both);
  expect(second.sizes()).toEqual({ top: 50, bottom: 50 });
});

test("sizes that were removed are not chosen after the next load either", () => {
  const first = load(both);
  first.change({ top: 50, bottom: 50 }, true);
  first.forget();
  expect(first.sizes()).toBeNull();
  expect(load(both).sizes()).toBeNull();
  first.change({ top: 60, bottom: 40 }, true);
  expect([first.sizes(), load(both).sizes()]).toEqual(Array(2).fill({ top: 60, bottom: 40 }));
});
