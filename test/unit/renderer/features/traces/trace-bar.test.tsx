// The name of the button that pauses the list has the words that it shows.
import { act, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { useListState } from "../../../../../renderer/features/traces/list-state.js";
import { TraceBar } from "../../../../../renderer/features/traces/trace-bar.js";
import { useTraceStore } from "../../../../../renderer/model/traces/trace-store.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import { rowOf } from "../../rows.js";

layOutPage();
afterEach(() => useListState.setState({ frozen: null }));

test("paused, with and without traces that wait", () => {
  useListState.setState({ frozen: [rowOf(1)] });
  useTraceStore.setState({ rows: [rowOf(1)] });
  render(<TraceBar />);
  const pause = screen.getByRole("button", { pressed: true });
  for (const rows of [[rowOf(1)], [rowOf(1), rowOf(2)]]) {
    act(() => useTraceStore.setState({ rows }));
    expect(pause.textContent).not.toBe("");
    expect(pause.getAttribute("aria-label")).toContain(pause.textContent);
  }
});
