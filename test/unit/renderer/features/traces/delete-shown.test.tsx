// "Delete all traces that the filter shows", while that is more than is shown: in a paused list, where the server would
// delete those too that came meanwhile, and while the filter in force is not the one that is typed.
import { createORPCClient } from "@orpc/client";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterAll, beforeAll, expect, test } from "vitest";
import { allCommands } from "../../../../../renderer/commands.js";
import { setFilter, togglePause, useListState } from "../../../../../renderer/features/traces/list-state.js";
import { TraceBar } from "../../../../../renderer/features/traces/trace-bar.js";
import { registerCommands, whyUnavailable } from "../../../../../renderer/platform/command-registry.js";
import type { Client } from "../../../../../renderer/rpc/connection.js";
import { useServer } from "../../../../../renderer/rpc/store.js";
import { loadPopups } from "../../../../../renderer/ui/popups.js";
import { layOutPage } from "../../../../support/laid-out-page.js";

layOutPage();
beforeAll(async () => {
  await loadPopups();
  registerCommands(allCommands);
  const client: Client = createORPCClient({
    call: () => new Promise(() => undefined),
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

test("it is not offered while a regular expression is typed that cannot be tested yet", async () => {
  setFilter("status:404");
  setFilter("path:/a/");
  expect(useListState.getState()).toMatchObject({ filterWhy: null, valid: "status:404" });
  expect(whyUnavailable("trace.deleteShown")).not.toBeNull();
  expect(whyUnavailable("trace.saveSearch")).not.toBeNull();
  await waitFor(() => expect(useListState.getState().valid).toBe("path:/a/"));
  expect(await isOffered()).toEqual([true, true]);
});
