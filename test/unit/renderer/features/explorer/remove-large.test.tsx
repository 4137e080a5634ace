// Folders that are too large to keep for an undo: one question about all of them.
import { createORPCClient, ORPCError } from "@orpc/client";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterAll, expect, test } from "vitest";
import { AskDialog } from "../../../../../renderer/features/explorer/ask-dialog.js";
import { removeFiles } from "../../../../../renderer/features/explorer/file-actions.js";
import type { Client } from "../../../../../renderer/rpc/connection.js";
import { useServer } from "../../../../../renderer/rpc/store.js";
import { layOutPage } from "../../../../support/laid-out-page.js";

layOutPage();
const calls: string[] = [];
const client: Client = createORPCClient({
  call: async ([, name], input) => {
    const text = JSON.stringify(input);
    calls.push(`${name} ${text}`);
    const data = { code: "too-large-to-keep", message: "It is too large.", fix: null };
    if (text.includes("large") && text.includes('"forGood":false')) throw new ORPCError("CONFLICT", { data });
    return { token: null };
  },
});
useServer.setState({ connection: "connected", client });
afterAll(() => useServer.setState({ client: null }));

test("all of them are named, and deleted with one answer", async () => {
  await removeFiles(["large-1", "small", "lib/large-2"]);
  render(<AskDialog />);
  const dialog = await screen.findByRole("dialog", { name: "Delete 2 files and folders permanently?" });
  expect(dialog.textContent).toContain("large-1");
  expect(dialog.textContent).toContain("lib/large-2");
  calls.length = 0;
  fireEvent.click(screen.getByRole("button", { name: "Delete permanently" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await waitFor(() => expect(calls).toHaveLength(2));
  expect(calls.every((call) => call.includes('"forGood":true'))).toBe(true);
});

test("one alone is asked about by its name", async () => {
  await removeFiles(["lib/large-2"]);
  render(<AskDialog />);
  await screen.findByRole("dialog", { name: "Delete large-2 permanently?" });
});
