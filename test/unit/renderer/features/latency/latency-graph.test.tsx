// The graph of a script: its figures are of the stretch that its heading names, and a stretch without a request stays.
import { cleanup, render, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LatencyGraph } from "../../../../../renderer/features/latency/latency-graph.js";
import { LatencyLine } from "../../../../../renderer/features/latency/latency-line.js";
import { useLatencyChoice } from "../../../../../renderer/features/latency/latency-state.js";
import { useLatency } from "../../../../../renderer/features/latency/use-latency.js";
import { requestLabel } from "../../../../../renderer/model/traces/request-label.js";
import { useSaveMarks } from "../../../../../renderer/model/traces/save-marks.js";
import { useTraceStore } from "../../../../../renderer/model/traces/trace-store.js";
import { useSelection } from "../../../../../renderer/platform/selection.js";
import type { TraceRow } from "../../../../../server/contract/trace.js";
import { rowOf } from "../../rows.js";

let now: number;
beforeEach(() => {
  now = Date.now();
});
afterEach(() => {
  cleanup();
  useSelection.setState({ traceId: null });
  useSaveMarks.setState({ marks: [] });
});

/** Of requests so many seconds ago. */
const rowsAt = (...ago: readonly (readonly [seconds: number, differences?: Partial<TraceRow>])[]): TraceRow[] =>
  ago.map(([seconds, differences], index) => rowOf(index + 1, { startedAt: now - seconds * 1000, ...differences }));
const zoomTo = (from: number, to: number): void =>
  useLatencyChoice.setState({ zoom: { by: "time", from: now - from * 1000, to: now - to * 1000 } });
const figures = (graph: HTMLElement): string | null | undefined => graph.querySelector(".latency-figures")?.textContent;

test("its figures are of the requests within the stretch, although its lines need those before it", () => {
  const inside = Array.from({ length: 10 }, (_, index) => [29 - index, { tookMs: 5 }] as const);
  useTraceStore.setState({ rows: rowsAt([31, { tookMs: 900 }], ...inside) });
  zoomTo(30, 0);
  const { container } = render(<LatencyGraph />);
  expect(figures(container)).toBe("5.0 ms");
});

test.each([
  ["all of the minute", 0, "last 60 s"],
  ["less, since older ones have left the window's memory", 1, "last 10 s"],
])("its heading names the time that its requests reach back: %s", (_what, forgotten, span) => {
  const rows = rowsAt(...Array.from({ length: 40 }, (_, index) => [9.5 - index / 5, {}] as const));
  useTraceStore.setState({ rows, forgotten });
  const { container } = render(<LatencyGraph />);
  expect(container.querySelector(".latency-title")?.textContent).toContain(span);
  useTraceStore.setState({ forgotten: 0 });
});

test("a stretch of time without a request stays, and one from before every request that is known does not", () => {
  useTraceStore.setState({ rows: rowsAt([40], [39], [10]) });
  zoomTo(30, 20);
  const { container } = render(<LatencyGraph />);
  expect(useLatencyChoice.getState().zoom).not.toBeNull();
  expect(container.querySelector("[data-mode]")?.getAttribute("data-mode")).toBe("time");
  cleanup();
  useTraceStore.setState({ rows: rowsAt([10]) });
  zoomTo(30, 20);
  render(<LatencyGraph />);
  expect(useLatencyChoice.getState().zoom).toBeNull();
});

test.each([
  ["now and then", 70],
  ["more than one in a second", 9],
])("folded, it counts every request, as the line above the script does: %s", (_often, oldest) => {
  const rows = rowsAt([100], [90], ...Array.from({ length: 18 }, (_, index) => [oldest - index / 4, {}] as const));
  useTraceStore.setState({ rows });
  expect(render(<LatencyLine />).container.textContent).toContain(requestLabel(rows, null));
  expect(requestLabel(rows, null)).toMatch(/^20 requests · p50 /);
});

test("a p50 is of five answers or more, folded and open", () => {
  const words = (count: number): string => {
    useTraceStore.setState({
      rows: rowsAt(...Array.from({ length: count }, (_, at) => [70 - at, { tookMs: at }] as const)),
    });
    const texts = [<LatencyLine key="folded" />, <LatencyGraph key="open" />].map((each) => {
      const { container, unmount } = render(each);
      const text = container.querySelector("h2")?.getAttribute("aria-label") ?? container.textContent;
      unmount();
      return text;
    });
    return texts.join("; ");
  };
  expect(words(4)).toBe("Latency3.0 ms4 requests; Latency, all requests, last 4 requests, at most 3.0 ms");
  expect(words(5)).toBe("Latency4.0 ms5 requests · p50 2.0 ms; Latency, all requests, last 5 requests, p50 2.0 ms");
});

test("without a point, it says whether requests were left out", () => {
  const words = () => render(<LatencyGraph />).container.textContent;
  useTraceStore.setState({ rows: rowsAt([10, { outcome: null, tookMs: null }]) });
  expect(words()).toContain("begins with the first response");
  cleanup();
  useTraceStore.setState({ rows: rowsAt([10, { tookMs: null }]) });
  expect(words()).toContain("Held and slowed requests and WebSockets are not in the graph.");
});

test("modes are compared by the requests since the save, and drawn for all", () => {
  useTraceStore.setState({ rows: rowsAt([40, { mode: "cgi" }], [30, { mode: "fastcgi" }], [20, { mode: "fastcgi" }]) });
  useSelection.setState({ traceId: "t1" });
  const modes = () => {
    const { modes: all, modesSinceSave } = renderHook(useLatency).result.current;
    return [all, modesSinceSave].map((each) => each.map(({ mode, requests }) => [mode, requests]));
  };
  const both = [
    ["cgi", 1],
    ["fastcgi", 2],
  ];
  expect(modes()).toEqual([both, both]);
  useSaveMarks.setState({ marks: [{ file: "cgi-bin/a.py", at: now - 35_000 }] });
  expect(modes()).toEqual([both, []]);
});
