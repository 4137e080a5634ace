// The bar above the list: only a paused one says so, and how many wait; and the filter's suggestions are such that the
// browser offers them.
import { act, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { Suggestions } from "../../../../../renderer/features/traces/filter/suggestions.js";
import { setFilter, useListState } from "../../../../../renderer/features/traces/list-state.js";
import { TraceBar } from "../../../../../renderer/features/traces/trace-bar.js";
import { useTraceStore } from "../../../../../renderer/model/traces/trace-store.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import { rowOf } from "../../rows.js";

layOutPage();
afterEach(() => useListState.setState({ pausedAt: null }));

test("paused, with and without traces that wait", () => {
  useListState.setState({ pausedAt: rowOf(1).startedAt + 1 });
  useTraceStore.setState({ rows: [rowOf(1)] });
  render(<TraceBar />);
  expect(screen.getByRole("button", { name: "Paused" })).toBeDefined();
  act(() => useTraceStore.setState({ rows: [rowOf(1), rowOf(2, { startedAt: rowOf(1).startedAt + 2 })] }));
  expect(screen.getByRole("button", { name: "1 waiting" })).toBeDefined();
  act(() => useListState.setState({ pausedAt: null }));
  expect(screen.queryByRole("button", { name: "1 waiting" })).toBeNull();
});

test("a suggestion that is not found by what is typed has a label that is", () => {
  useTraceStore.setState({ rows: [rowOf(1, { marks: { name: null, note: null, tags: ["a b"], isDeleted: false } })] });
  setFilter("status:200 tag:a");
  const { container } = render(<Suggestions id="s" />);
  const option = container.querySelector("option");
  expect([option?.value, option?.getAttribute("label")]).toEqual(['status:200 tag:"a b"', "status:200 tag:a b"]);
});
