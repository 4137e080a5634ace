import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { allCommands } from "../../../../../renderer/commands.js";
import { setFilter, useListState } from "../../../../../renderer/features/traces/list-state.js";
import { TraceList } from "../../../../../renderer/features/traces/trace-list.js";
import { useTraceStore } from "../../../../../renderer/model/traces/trace-store.js";
import { registerCommands } from "../../../../../renderer/platform/command-registry.js";
import { useSelection } from "../../../../../renderer/platform/selection.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import { rowOf } from "../../rows.js";

layOutPage();
const rows = Array.from({ length: 300 }, (_, n) => rowOf(n + 1, { target: `/cgi-bin/a.py?n=${n + 1}` }));
beforeEach(() => {
  useTraceStore.setState({ rows });
  useSelection.getState().select(null);
  setFilter("");
});

async function shown() {
  render(<TraceList />);
  const grid = screen.getByRole("grid", { name: "Traces" });
  await waitFor(() => expect(grid.querySelector('[data-seq="300"]')).not.toBeNull());
  const press = (key: string, more = {}) => fireEvent.keyDown(grid, { key, ...more });
  return { grid, press };
}
const selected = () => useSelection.getState().traceId;

test("newest first; of many rows only those in view are drawn", async () => {
  const { grid } = await shown();
  expect(grid.getAttribute("aria-rowcount")).toBe("301");
  const seqs = [...grid.querySelectorAll<HTMLElement>('[role="row"][data-seq]')].map(({ dataset }) => dataset["seq"]);
  expect(seqs.slice(0, 3)).toEqual(["300", "299", "298"]);
  expect(seqs.length).toBeLessThan(60);
});

test("arrows, j and k, Page Up and Down, Home and End move the selection, and stop at both ends", async () => {
  const { grid, press } = await shown();
  press("ArrowDown");
  expect(selected()).toBe("t300");
  press("j");
  press("ArrowDown");
  expect(selected()).toBe("t298");
  expect(grid.getAttribute("aria-activedescendant")).toContain("t298");
  press("k");
  expect(selected()).toBe("t299");
  press("PageDown");
  expect(selected()).toBe("t291"); // 240 pixels hold ten rows, two of which stay
  press("PageUp");
  press("ArrowUp");
  press("ArrowUp");
  expect(selected()).toBe("t300");
  press("End");
  expect(selected()).toBe("t1");
  press("ArrowDown");
  expect(selected()).toBe("t1");
  press("Home");
  expect(selected()).toBe("t300");
});

test("keys of the browser and of the system are left alone", async () => {
  const { press } = await shown();
  press("ArrowDown");
  // fireEvent answers false when the event was taken.
  expect([press("j", { ctrlKey: true }), press("ArrowDown", { altKey: true }), press("x")]).toEqual([true, true, true]);
  expect(press("ArrowDown")).toBe(false);
  expect(selected()).toBe("t299");
});

test("a selected trace stays selected when new rows come above it", async () => {
  const { press } = await shown();
  press("ArrowDown");
  useTraceStore.setState({ rows: [...rows, rowOf(301), rowOf(302)] });
  await waitFor(() => expect(screen.getByRole("grid", { name: "Traces" }).getAttribute("aria-rowcount")).toBe("303"));
  expect(selected()).toBe("t300");
  press("ArrowUp");
  expect(selected()).toBe("t301");
});

test("a cell's menu filters by its value, and so do the keys of the selected row", async () => {
  registerCommands(allCommands);
  const other = rowOf(301, { target: "/cgi-bin/b.py", file: "cgi-bin/b.py", status: 500, outcome: "crashed" });
  useTraceStore.setState({ rows: [...rows, other] });
  const { grid, press } = await shown();
  const count = () => grid.getAttribute("aria-rowcount");
  const cell = (seq: number, column: string): HTMLElement => {
    const found = grid.querySelector<HTMLElement>(`[data-seq="${seq}"] [data-column="${column}"]`);
    if (!found) throw new Error(`no ${column} of ${seq}`);
    return found;
  };
  fireEvent.contextMenu(cell(301, "status"));
  fireEvent.click(await screen.findByRole("menuitem", { name: /^Show only status 500/ }));
  expect(useListState.getState().filter).toBe("status:500");
  await waitFor(() => expect(count()).toBe("2"));
  press("a");
  await waitFor(() => expect(count()).toBe("302"));

  fireEvent.contextMenu(cell(301, "path"));
  fireEvent.click(await screen.findByRole("menuitem", { name: /^Hide this path/ }));
  expect(useListState.getState().filter).toBe("-path:=/cgi-bin/b.py");
  await waitFor(() => expect(count()).toBe("301"));
  press("a");
  press("f");
  expect(useListState.getState().filter).toBe("path:=/cgi-bin/b.py");
});
