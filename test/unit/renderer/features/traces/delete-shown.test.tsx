// "Delete all traces that the filter shows", while that is more than is shown: in a paused list, where the server would
// delete those too that came meanwhile, while the filter in force is not the one that is typed, and while the store has
// not said which rows pass.
import { createORPCClient } from "@orpc/client";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { allCommands } from "../../../../../renderer/commands.js";
import { deleteShown } from "../../../../../renderer/features/traces/actions/delete-traces.js";
import { setFilter, togglePause, useListState } from "../../../../../renderer/features/traces/list-state.js";
import { TraceBar } from "../../../../../renderer/features/traces/trace-bar.js";
import { noStoredRows, useStoredRows } from "../../../../../renderer/model/traces/stored-rows.js";
import { useTraceStore } from "../../../../../renderer/model/traces/trace-store.js";
import { registerCommands, whyUnavailable } from "../../../../../renderer/platform/command-registry.js";
import type { Client } from "../../../../../renderer/rpc/connection.js";
import { useServer } from "../../../../../renderer/rpc/store.js";
import { loadPopups } from "../../../../../renderer/ui/popups.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import { rowOf, storing } from "../../rows.js";

layOutPage();
const removed: unknown[] = [];
beforeAll(async () => {
  await loadPopups();
  registerCommands(allCommands);
  const client: Client = createORPCClient({
    call: async ([, name], input) => {
      if (name !== "remove") return new Promise(() => undefined);
      removed.push(input);
      return { count: 0, undo: 0 };
    },
  });
  useServer.setState({ connection: "connected", client });
});
afterAll(() => useServer.setState({ client: null }));

/** In the menu of searches, and as a command. */
async function isOffered(): Promise<readonly boolean[]> {
  const { unmount } = render(<TraceBar />);
  fireEvent.click(screen.getByRole("button", { name: "More for this list" }));
  const item = await screen.findByRole("menuitem", { name: /^Delete all traces that the filter shows/ });
  const isEnabled = item.getAttribute("aria-disabled") !== "true";
  unmount();
  return [isEnabled, whyUnavailable("trace.deleteShown") === null];
}

test("it is offered for a filter, and not while the list is paused", async () => {
  expect(await isOffered()).toEqual([false, false]);
  setFilter("status:404");
  expect(await isOffered()).toEqual([true, true]);
  togglePause();
  expect(await isOffered()).toEqual([false, false]);
  togglePause();
  expect(await isOffered()).toEqual([true, true]);
});

test("it is not offered until the store has answered, and never deletes a row that may be hidden", async () => {
  const query = "-body:secret";
  useTraceStore.setState({ rows: [rowOf(1), rowOf(2)] });
  onTestFinished(() => useStoredRows.setState({ ...noStoredRows, store: null }));
  setFilter(query);
  for (const store of [null, storing]) {
    useStoredRows.setState({ store });
    expect(await isOffered()).toEqual([false, false]);
  }
  await deleteShown();
  useStoredRows.setState({ live: { query, ids: new Set(["t2"]), hits: new Map() } });
  expect(await isOffered()).toEqual([true, true]);
  await deleteShown();
  expect(removed).toMatchObject([{ ids: [] }, { ids: ["t2"] }]);
});

test("it is not offered while a regular expression is typed that cannot be tested yet", async () => {
  setFilter("status:404");
  setFilter("path:/a/");
  expect(useListState.getState()).toMatchObject({ filterWhy: null, valid: "status:404" });
  expect(whyUnavailable("trace.deleteShown")).not.toBeNull();
  expect(whyUnavailable("trace.saveSearch")).not.toBeNull();
  await waitFor(() => expect(useListState.getState().valid).toBe("path:/a/"));
  expect(await isOffered()).toEqual([true, true]);
});
