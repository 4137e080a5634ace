// The bar of the graph: its running figures do not interrupt a screen reader.
import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import { LatencyBar } from "../../../../../renderer/features/latency/latency-bar.js";
import type { Latency } from "../../../../../renderer/features/latency/use-latency.js";
import { rowOf } from "../../rows.js";
import { latencyOf } from "./latency-of.js";

const version = (p50: number) => ({ requests: 9, failed: 0, p50, p95: p50 });
const saved = (p50: number): Partial<Latency> => ({
  comparison: { savedAt: 1, file: "cgi-bin/a.py", before: version(40), after: version(p50) },
});
const switched = (p50: number): Partial<Latency> => ({
  modesSinceSave: [
    { mode: "cgi", requests: 9, p50: 40 },
    { mode: "fastcgi", requests: 9, p50 },
  ],
});

test.each([
  ["since a save", "since-save", saved],
  ["of modes", "modes", switched],
] as const)("no live region changes with the figures %s", (_what, part, differences) => {
  const bar = (p50: number) => <LatencyBar latency={latencyOf([rowOf(1)], differences(p50))} />;
  const { container, rerender } = render(bar(10));
  const words = () => container.querySelector(`[data-part="${part}"]`)?.textContent;
  const live = () =>
    [...container.querySelectorAll('[role="status"], [role="alert"], [aria-live]')].map((each) => each.textContent);
  const before = [words(), live()];
  rerender(bar(11));
  expect(words()).not.toBe(before[0]);
  expect(live()).toEqual(before[1]);
});
