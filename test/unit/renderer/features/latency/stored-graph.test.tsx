// The graph over days with the keyboard: each step has a card, which a screen reader reads.
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { StoredGraph } from "../../../../../renderer/features/latency/stored-body.js";
import type { StoredFigures } from "../../../../../server/contract/figures-contract.js";

afterEach(cleanup);

const dayMs = 86_400_000;
const first = new Date(2026, 5, 1).getTime();
const times = { p50Ms: 1, p95Ms: 2, p99Ms: 3 };
const figuresOf = (...requests: readonly number[]): StoredFigures => ({
  ...{ requests: 6, failed: 1, firstAt: first, lastAt: first + 2 * dayMs, ...times, stepMs: dayMs },
  steps: requests.map((count, index) => ({ at: first + index * dayMs, requests: count, failed: index, ...times })),
  ...{ versions: [], failures: [], slowest: [], lastFailed: null },
});

const card = (): string[] =>
  [...document.querySelectorAll('[data-part="card"] > span')].map((line) => line.textContent ?? "");
const spoken = (): string => screen.getByRole("status").textContent ?? "";

test("arrows, Home and End move from step to step; the card of the step is read as it was", () => {
  const { rerender } = render(<StoredGraph figures={figuresOf(10, 20, 30)} />);
  const graph = screen.getByRole("group");
  expect([graph.tabIndex, card(), spoken()]).toEqual([0, [], ""]);
  const seen = ["ArrowLeft", "ArrowLeft", "Home", "ArrowLeft", "ArrowRight", "End", "ArrowRight"].map((key) => {
    fireEvent.keyDown(graph, { key });
    expect(spoken()).toBe(card().join(", "));
    return /, (\d+) /.exec(card()[0] ?? "")?.[1];
  });
  expect(seen).toEqual(["30", "20", "10", "10", "20", "30", "30"]);

  const before = spoken();
  rerender(<StoredGraph figures={figuresOf(10, 20, 31)} />);
  expect(card()[0]).toContain(" 31 ");
  expect(spoken()).toBe(before);
  fireEvent.blur(graph);
  expect([card(), spoken()]).toEqual([[], ""]);
});

test("a card that Escape hid stays hidden with new figures, until a key moves to another step", () => {
  const { rerender } = render(<StoredGraph figures={figuresOf(10, 20, 30)} />);
  fireEvent.keyDown(screen.getByRole("group"), { key: "End" });
  expect(card()).not.toEqual([]);
  fireEvent.keyDown(document.body, { key: "Escape" });
  rerender(<StoredGraph figures={figuresOf(10, 20, 31)} />);
  expect(card()).toEqual([]);
  for (const key of ["ArrowLeft", "ArrowRight"]) {
    fireEvent.keyDown(screen.getByRole("group"), { key });
    expect(card()).not.toEqual([]);
  }
});

test("a drag selects nothing: there is no zoom into it", () => {
  const { container } = render(<StoredGraph figures={figuresOf(10, 20, 30)} />);
  const layer = container.querySelector(".latency-layer");
  if (!(layer instanceof HTMLElement)) throw new Error("no layer");
  Object.defineProperty(layer, "clientWidth", { value: 100 });
  layer.getBoundingClientRect = () => new DOMRect(0, 0, 100, 50);
  fireEvent.pointerDown(layer, { button: 0, clientX: 10 });
  fireEvent.pointerMove(layer, { clientX: 90 });
  expect(container.querySelector(".latency-drag")).toBeNull();
});
