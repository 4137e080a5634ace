// The graph's picture: lines with gaps where nothing ended, bars and areas on the axis, and the axis in words.
import { cleanup, render } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { type Drawing, Plot } from "../../../../../renderer/features/latency/plot.js";

afterEach(cleanup);

const drawn = (shape: "line" | "bars" | "area", drawing: Partial<Drawing> = {}): HTMLElement => {
  const line = { label: "took", colour: "--c1", shape, y: [10, 20, null, 0] };
  const whole: Drawing = {
    ...{ x: [0, 1, 2, 3], lines: [line], xRange: [-0.5, 3.5], scale: { top: 40, step: 20 }, labels: [], levels: [] },
    ...drawing,
  };
  return render(<Plot drawing={whole}>points</Plot>).container;
};
const path = (plot: HTMLElement, of: string): string | null | undefined => plot.querySelector(of)?.getAttribute("d");

test("a line has a gap where nothing ended, and a time of 0 ms is on the axis", () => {
  expect(path(drawn("line"), "[data-shape]")).toBe("M12.5 75L37.5 50M87.5 100");
});

test("bars and areas stand on the axis", () => {
  expect(path(drawn("bars"), "[data-shape]")).toBe("M12.5 100L12.5 75M37.5 100L37.5 50M87.5 100L87.5 100");
  expect(path(drawn("area"), "[data-shape]")).toBe("M12.5 100L12.5 75L37.5 50V100M87.5 100L87.5 100V100");
});

test("a level reaches half a step beyond its first and its last request", () => {
  expect(path(drawn("line", { levels: [{ from: 0, to: 1, y: 30 }] }), ".latency-level")).toMatch(
    /^M1\.2\d* 25H48\.75$/,
  );
});

test("the axes have their numbers, the uppermost with the unit", () => {
  const words = (drawing: Partial<Drawing>): (string | null)[] =>
    [...drawn("line", drawing).querySelectorAll(".latency-scale")].map((label) => label.textContent);
  expect(words({ labels: [{ at: 3, text: "#4" }] })).toEqual(["0", "20", "40 ms", "#4"]);
  expect(words({ scale: { top: 1500, step: 500 } })).toEqual(["0", "0.5", "1", "1.5 s"]);
});
