import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { allCommands } from "../../../../../renderer/commands.js";
import { Missed } from "../../../../../renderer/features/traces/list-notes.js";
import {
  resetColumns,
  setFilter,
  showColumn,
  useListState,
} from "../../../../../renderer/features/traces/list-state.js";
import { TraceList } from "../../../../../renderer/features/traces/trace-list.js";
import { useInspectorState } from "../../../../../renderer/model/traces/inspector-state.js";
import { type RunLine, useTraceList } from "../../../../../renderer/model/traces/list.js";
import { useStoredRows } from "../../../../../renderer/model/traces/stored-rows.js";
import { useTraceStore } from "../../../../../renderer/model/traces/trace-store.js";
import { registerCommands } from "../../../../../renderer/platform/command-registry.js";
import { useSelection } from "../../../../../renderer/platform/selection.js";
import { loadPopups } from "../../../../../renderer/ui/popups.js";
import type { TraceRow } from "../../../../../server/contract/trace.js";
import { runOf } from "../../../../../server/protocol/trace-id.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import { showListed } from "../../listed.js";
import { rowOf, storing } from "../../rows.js";

layOutPage();
const rows = Array.from({ length: 300 }, (_, n) => rowOf(n + 1, { target: `/cgi-bin/a.py?n=${n + 1}` }));
beforeAll(loadPopups);
beforeEach(() => {
  useTraceStore.setState({ rows });
  showListed(rows.toReversed());
  useSelection.getState().select(null);
  setFilter("");
  useStoredRows.setState({ isCleared: false, store: null });
});

async function shown() {
  render(<TraceList />);
  const grid = screen.getByRole("grid", { name: "Traces" });
  await waitFor(() => expect(grid.querySelector('[data-seq="300"]')).not.toBeNull());
  const press = (key: string, more = {}) => fireEvent.keyDown(grid, { key, ...more });
  return { grid, press };
}
const selected = () => useSelection.getState().traceId;

test("a click on a row leaves the focus to the grid, which stays when the row scrolls away", async () => {
  const { grid } = await shown();
  expect([grid.tabIndex, grid.querySelector(".trace-row[tabindex]")]).toEqual([0, null]);
});

test("the hint of a status waits for the pointer to come, and Escape hides it", async () => {
  const { grid } = await shown();
  const status = grid.querySelector('[data-seq="300"] [data-status]') ?? grid;
  const hint = () => document.querySelector(".ui-tooltip");
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
  fireEvent.pointerOver(status);
  await pass(500);
  expect(hint()).not.toBeNull();
  fireEvent.pointerOver(grid);
  fireEvent.pointerEnter(hint() ?? grid);
  await pass(400);
  expect(hint()).not.toBeNull();
  vi.useRealTimers();
  fireEvent.keyDown(document.body, { key: "Escape" });
  await waitFor(() => expect(hint()).toBeNull());
});

test("a row of yesterday has its day once midnight is over, although nothing else has changed", async () => {
  vi.useFakeTimers({ now: new Date(2026, 10, 26, 23, 59), toFake: ["Date", "setInterval", "clearInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const startedAt = new Date(2026, 10, 26, 23, 58, 1, 100).getTime();
  showListed([rowOf(300, { startedAt })]);
  act(() => showColumn("time", true));
  onTestFinished(() => act(() => resetColumns()));
  const { grid } = await shown();
  const time = () => grid.querySelector('[data-seq="300"] [data-column="time"]')?.textContent;
  expect(time()).toBe("23:58:01.100");
  act(() => void vi.advanceTimersByTime(60_000));
  expect(time()).toBe("Thu 23:58:01");
});

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

test("letters count with the shift lock on, and by their places on a keyboard without Latin letters", async () => {
  const { press } = await shown();
  press("о", { code: "KeyJ" }); // Russian
  expect(selected()).toBe("t300");
  press("J");
  expect(selected()).toBe("t299");
  press("л", { code: "KeyK" });
  expect(selected()).toBe("t300");
  expect(press("J", { shiftKey: true })).toBe(true); // another key
  expect([press("а", { code: "KeyF", ctrlKey: true }), press("F", { ctrlKey: true })]).toEqual([false, false]);
  expect(selected()).toBe("t300");
});

test("a selected trace stays selected when new rows come above it", async () => {
  const { press } = await shown();
  press("ArrowDown");
  act(() => showListed([...rows, rowOf(301), rowOf(302)].reverse()));
  await waitFor(() => expect(screen.getByRole("grid", { name: "Traces" }).getAttribute("aria-rowcount")).toBe("303"));
  expect(selected()).toBe("t300");
  press("ArrowUp");
  expect(selected()).toBe("t301");
});

test.each([false, true])("rows that left the window's memory are missed unless they are stored: %s", (isStoring) => {
  useTraceStore.setState({ forgotten: 5000 });
  onTestFinished(() => useTraceStore.setState({ forgotten: 0 }));
  useStoredRows.setState({ all: 5000, store: { ...storing, isStoring } });
  render(<Missed />);
  expect(screen.queryByRole("status") === null).toBe(isStoring);
});

test("a cell's menu filters by its value, and so do the keys of the selected row", async () => {
  registerCommands(allCommands);
  const other = rowOf(301, { target: "/cgi-bin/b.py", file: "cgi-bin/b.py", status: 500, outcome: "crashed" });
  showListed([other, ...rows.toReversed()]);
  const { grid, press } = await shown();
  const filter = () => useListState.getState().filter;
  const cell = (seq: number, column: string): HTMLElement => {
    const found = grid.querySelector<HTMLElement>(`[data-seq="${seq}"] [data-column="${column}"]`);
    if (!found) throw new Error(`no ${column} of ${seq}`);
    return found;
  };
  fireEvent.contextMenu(cell(301, "status"));
  fireEvent.click(await screen.findByRole("menuitem", { name: /^Show only status 500/ }));
  expect(filter()).toBe("status:500");
  press("a");
  await waitFor(() => expect(filter()).toBe(""));

  fireEvent.contextMenu(cell(301, "path"));
  fireEvent.click(await screen.findByRole("menuitem", { name: /^Hide this path/ }));
  expect(filter()).toBe("-path:=/cgi-bin/b.py");
  press("a");
  press("f");
  await waitFor(() => expect(filter()).toBe("path:=/cgi-bin/b.py"));
});

describe("traces of earlier sessions", () => {
  const earlier = (seq: number, run: string) =>
    rowOf(seq, {
      id: `000000000${run}-${seq}`,
      target: `/cgi-bin/old.py?n=${seq}`,
      startedAt: 1_700_000_000_000 + seq,
    });
  const lineOf = (row: TraceRow): RunLine => ({ isRun: true, run: runOf(row.id), at: row.startedAt });
  const few = rows.slice(0, 3).reverse();
  const [first, second, third] = [earlier(9, "bbbbbb"), earlier(8, "bbbbbb"), earlier(4, "cccccc")];
  const found = [first, second, third];
  const items = [lineOf(first), first, second, lineOf(third), third];

  test("have a line above each session, which the arrows pass", async () => {
    showListed([...few, ...found], { items: [...few, ...items] });
    render(<TraceList />);
    const grid = screen.getByRole("grid", { name: "Traces" });
    await waitFor(() => expect(grid.querySelectorAll(".trace-run").length).toBe(2));
    expect(grid.getAttribute("aria-rowcount")).toBe("9");
    expect(grid.querySelector(".trace-run")?.textContent).toMatch(
      /session, newest shown \d\d:\d\d Show only this session$/,
    );
    const press = (key: string) => fireEvent.keyDown(grid, { key });
    for (let step = 0; step < 3; step++) press("ArrowDown");
    expect(selected()).toBe("t1");
    press("ArrowDown");
    expect(selected()).toBe("000000000bbbbbb-9");
    press("ArrowUp");
    expect(selected()).toBe("t1");
    press("End");
    expect(selected()).toBe("000000000cccccc-4");
  });

  test("show where a search found its text", async () => {
    const hit = {
      part: "response-body",
      name: null,
      at: 420,
      before: "<h1>",
      found: "Möbel",
      after: "haus</h1>",
    } as const;
    showListed(found, { items, hits: new Map([["000000000bbbbbb-8", hit]]), hasHits: true });
    render(<TraceList />);
    const grid = screen.getByRole("grid", { name: "Traces" });
    await waitFor(() => expect(grid.querySelector(".trace-hit")).not.toBeNull());
    expect(grid.querySelector(".trace-hit")?.textContent).toBe("response body01a4<h1>Möbelhaus</h1>");
    expect(grid.querySelector(".trace-hit mark")?.textContent).toBe("Möbel");
    useSelection.getState().select("000000000bbbbbb-8");
    await waitFor(() => expect(grid.getAttribute("aria-activedescendant")).toContain("bbbbbb-8"));
    fireEvent.keyDown(grid, { key: "Enter" });
    expect(useInspectorState.getState().tab).toBe("response");
  });

  test("the list scrolls once to a row that is not read yet, and selects it then, unless the user scrolls", async () => {
    showListed(found, { items, total: 1000 });
    render(<TraceList />);
    const grid = screen.getByRole("grid", { name: "Traces" });
    await waitFor(() => expect(grid.querySelectorAll(".trace-run").length).toBe(2));
    const scrollTo = (top: number): void => {
      grid.scrollTop = top;
      fireEvent.scroll(grid);
    };
    const showPage = (from: number): void => act(() => showListed(found, { items, total: 1000, first: from }));
    fireEvent.keyDown(grid, { key: "End" });
    const bottom = grid.scrollTop;
    expect([selected(), bottom > 20_000]).toEqual([null, true]);
    scrollTo(1000);
    expect(grid.scrollTop).toBe(1000);
    showPage(997);
    expect([selected(), grid.scrollTop > 20_000]).toEqual(["000000000cccccc-4", true]);

    for (const leave of [fireEvent.wheel, fireEvent.pointerDown]) {
      showPage(0);
      useSelection.getState().select(null);
      fireEvent.keyDown(grid, { key: "End" });
      leave(grid);
      scrollTo(1000);
      showPage(997);
      expect([selected(), grid.scrollTop]).toEqual([null, 1000]);
    }
  });

  test("count where a filter hides all", async () => {
    setFilter("status:404");
    showListed([], { total: 0 });
    useStoredRows.setState({ all: 1200 });
    render(<TraceList />);
    expect((await screen.findByText(/matches the filter/)).textContent).toContain("1,200");
    act(() => {
      setFilter("");
      useStoredRows.setState({ all: 5, isCleared: true });
    });
    expect(await screen.findByRole("button", { name: "Show earlier traces" })).not.toBeNull();
    expect(screen.queryByText(/matches the filter/)).toBeNull();
  });

  test("that are not asked for can be shown again, and a search that takes long can be cancelled", async () => {
    showListed(few);
    useStoredRows.setState({ all: 8, isCleared: true });
    render(
      <div data-pane>
        <TraceList />
      </div>,
    );
    const show = await screen.findByRole("button", { name: "Show earlier traces" });
    show.focus();
    fireEvent.click(show);
    expect(useStoredRows.getState().isCleared).toBe(false);
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("grid", { name: "Traces" })));
    act(() => useTraceList.setState({ isBusy: true, searched: 0.5 }));
    fireEvent.click(await screen.findByRole("button", { name: "Cancel" }));
    expect(await screen.findByText(/cancelled at 50 %/)).not.toBeNull();
  });
});
