// A replacement writes what its preview showed, and that only while the form asks for the same; what comes late of a
// preview or a replacement does not displace what was begun since.
import { createORPCClient } from "@orpc/client";
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import {
  leavePreview,
  previewReplacement,
  replace,
  search,
  undoReplacement,
  useSearch,
} from "../../../../../renderer/features/file-search/search-store.js";
import { SearchView } from "../../../../../renderer/features/file-search/search-view.js";
import {
  doneText,
  leftText,
  replacedText,
  restoredText,
  restText,
} from "../../../../../renderer/features/file-search/words.js";
import { useSearchForm } from "../../../../../renderer/model/folder/search-form.js";
import type { Client } from "../../../../../renderer/rpc/connection.js";
import { useServer } from "../../../../../renderer/rpc/store.js";
import { maxExaminedFiles } from "../../../../../server/contract/limits.js";
import { layOutPage } from "../../../../support/laid-out-page.js";

layOutPage();

const progress = {
  ...{ searched: 1, files: 1, binary: 0, skipped: 0, matches: 1, cutLines: 0, ms: 1, end: "all" },
  ...{ maxMatches: 1, maxBytes: 1, maxFileBytes: 1, maxMs: 1 },
};
/** Of the calls, those that change or show something; and what each waits for before it ends. */
const calls: string[] = [];
let gate: Promise<void> = Promise.resolve();
let paths: readonly string[] = [];
let cutLines = 0;
let end = "all";
let token: string | null = "undo";

const answers: Readonly<Record<string, () => unknown>> = {
  begin: () => ({ id: "search" }),
  next: () => ({
    found: paths.map((path) => ({ path, encoding: "utf-8", matches: 1, lines: [], bytes: [] })),
    progress: { ...progress, end },
  }),
  preview: () => ({
    files: paths.map((path) => ({ path, hash: "", encoding: "utf-8", matches: 1, cutLines, lines: [], more: 0 })),
    left: [],
  }),
  replace: () => ({ token, replaced: token === null ? [] : paths, matches: token === null ? 0 : 1, left: [] }),
  undo: () => ({ token: null, restored: paths, left: [] }),
};
const client: Client = createORPCClient({
  call: async ([, name = ""]) => {
    calls.push(name);
    if (name === "preview" || name === "replace") await gate;
    return answers[name]?.();
  },
});
useServer.setState({ connection: "connected", client });
afterAll(() => useServer.setState({ client: null }));

beforeEach(() => {
  useSearch.setState(useSearch.getInitialState());
  useSearchForm.setState({ ...useSearchForm.getInitialState(), text: "old", replacement: "new", isReplacing: true });
  gate = Promise.resolve();
  paths = ["a.pl"];
  cutLines = 0;
  end = "all";
  token = "undo";
  calls.length = 0;
});
afterEach(cleanup);

const previewButton = () => screen.getByRole<HTMLButtonElement>("button", { name: "Preview replacement…" });
const replaceButton = () => screen.queryByRole("button", { name: /^Replace \d/ });

async function replaceAll(): Promise<void> {
  await search();
  await previewReplacement();
  await replace();
}

/** A gate that keeps calls until it is opened. */
function closedGate(): () => void {
  let open = (): void => undefined;
  gate = new Promise((resolve) => {
    open = resolve;
  });
  return open;
}

test.each([
  ["the replacement", { replacement: "newer" }, ["preview"]],
  ["the text", { text: "older" }, ["begin", "next", "preview"]],
  ["the files to search", { include: "*.pl" }, ["begin", "next", "preview"]],
])("with another form than the preview is of, it is previewed again: %s", async (_what, change, asked) => {
  render(<SearchView />);
  await act(search);
  await act(previewReplacement);
  expect([replaceButton() !== null, previewButton().disabled]).toEqual([true, true]);
  act(() => useSearchForm.setState(change));
  expect([replaceButton() !== null, previewButton().disabled]).toEqual([false, false]);
  calls.length = 0;
  await act(async () => void fireEvent.click(previewButton()));
  await act(async () => undefined);
  expect(calls).toEqual(asked);
  expect(useSearch.getState().preview).toMatchObject({
    query: { text: useSearchForm.getState().text },
    replacement: useSearchForm.getState().replacement,
  });
  expect([replaceButton() !== null, previewButton().disabled]).toEqual([true, true]);
});

test("a preview that comes after another search was begun is dropped", async () => {
  await search();
  const open = closedGate();
  const late = previewReplacement();
  useSearchForm.setState({ text: "other" });
  await search();
  open();
  await late;
  expect(useSearch.getState()).toMatchObject({ query: { text: "other" }, preview: null, busy: null });
});

test("a search waits for a replacement, and leaves its undo", async () => {
  await search();
  await previewReplacement();
  const open = closedGate();
  const replacing = replace();
  calls.length = 0;
  const searching = search();
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect([calls, useSearch.getState().busy]).toEqual([[], "replacing"]);
  open();
  await replacing;
  await searching;
  expect(calls).toEqual(["begin", "next"]);
  expect(useSearch.getState()).toMatchObject({ found: [{ path: "a.pl" }], done: { token: "undo" }, busy: null });
});

test("a replacement can be undone after other searches and previews, until it is dismissed", async () => {
  await search();
  await previewReplacement();
  await replace();
  useSearchForm.setState({ text: "other" });
  await search();
  await previewReplacement();
  expect(useSearch.getState()).toMatchObject({ preview: { query: { text: "other" } }, done: { token: "undo" } });
  render(<SearchView />);
  fireEvent.click(screen.getByRole("button", { name: "Back" }));
  expect(screen.getByRole("button", { name: "Undo" })).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Dismiss" }));
  expect(useSearch.getState().done).toBeNull();
});

test("an undo leaves what another search found, and says that it ended one", async () => {
  await replaceAll();
  useSearchForm.setState({ text: "other" });
  await search();
  await undoReplacement("undo");
  const other = { query: { text: "other" }, found: [{ path: "a.pl" }], done: { token: null } };
  expect(useSearch.getState()).toMatchObject({ ...other, isCancelled: false });
  void search();
  await undoReplacement("undo");
  expect(useSearch.getState()).toMatchObject({ query: { text: "other" }, busy: null, isCancelled: true });
});

test("the status line tells what was done before the search that it is about", async () => {
  await replaceAll();
  const done = { text: replacedText(1, 1), earlier: null };
  const [now, past] = [doneText(done, false), doneText(done, true)];
  expect(past).not.toBe(now);
  render(<SearchView />);
  const isSaid = (words: string): boolean | undefined => screen.getByRole("status").textContent?.includes(words);
  expect([isSaid(now), isSaid(past)]).toEqual([true, false]);
  await act(search);
  expect(isSaid(past)).toBe(true);
  await act(() => undoReplacement("undo"));
  expect(isSaid(doneText({ text: restoredText(1), earlier: null }, true))).toBe(false);
});

test("a replacement that replaces nothing leaves the undo of the one before, and says so", async () => {
  await replaceAll();
  token = null;
  const done = { text: replacedText(0, 0), token: "undo", earlier: replacedText(1, 1) };
  for (const _again of [1, 2]) {
    await replaceAll();
    expect(useSearch.getState()).toMatchObject({ done });
  }
  render(<SearchView />);
  expect(screen.getByRole("status").textContent).toContain(doneText(done, false));
  expect(screen.getByRole("button", { name: "Undo" })).toBeTruthy();
});

test("the focus stays in the pane when the undo is dismissed", async () => {
  await replaceAll();
  render(
    <div data-pane="files" data-testid="pane">
      <SearchView />
    </div>,
  );
  const dismiss = screen.getByRole("button", { name: "Dismiss" });
  dismiss.focus();
  fireEvent.click(dismiss);
  await waitFor(() => expect(screen.getByTestId("pane").contains(document.activeElement)).toBe(true));
});

test("after a replacement, and after its undo, a preview searches again: there may be matches", async () => {
  render(<SearchView />);
  for (const change of [replaceAll, () => undoReplacement("undo"), search, () => undoReplacement("undo")]) {
    await act(change);
    expect(previewButton().disabled).toBe(false);
    calls.length = 0;
    await act(previewReplacement);
    expect(calls).toContain("preview");
    act(leavePreview);
  }
  await act(search);
  expect(useSearch.getState().done).toBeNull();
});

test("lines that were searched in part are counted, before and after a replacement", async () => {
  cutLines = 2;
  await search();
  await previewReplacement();
  const left = leftText([{ cutLines }], { rest: 0, progress: null });
  expect(left).not.toBe("");
  render(<SearchView />);
  expect(screen.getByRole("status").textContent).toContain(left);
  await act(replace);
  expect(screen.getByRole("status").textContent).toContain(left);
});

test.each(["matches", "bytes", "time", "list"])(
  "a search that ended early (%s) says so before and after a replacement, also if only that was asked for",
  async (bound) => {
    end = bound;
    await search();
    await previewReplacement();
    const left = leftText([], { rest: 0, progress: useSearch.getState().preview?.progress ?? null });
    expect(left).not.toBe("");
    render(<SearchView />);
    expect(screen.getByRole("status").textContent).toContain(left);
    await act(replace);
    expect(screen.getByRole("status").textContent).toContain(left);
  },
);

test("of more files than a replacement takes the rest are counted, before and after it", async () => {
  paths = Array.from({ length: maxExaminedFiles + 2 }, (_, index) => `${index}.pl`);
  await search();
  await previewReplacement();
  expect(useSearch.getState().preview?.rest).toBe(2);
  render(<SearchView />);
  expect(screen.getByRole("status").textContent).toContain(restText(2));
  await act(replace);
  expect(screen.getByRole("status").textContent).toContain(restText(2));
});
