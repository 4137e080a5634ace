// A path that no file can have is refused where it is typed, in the words for names; the server is not asked.
import { createORPCClient } from "@orpc/client";
import { fireEvent, render, screen } from "@testing-library/react";
import { afterAll, beforeEach, expect, test } from "vitest";
import { AskDialog } from "../../../../../renderer/features/explorer/ask-dialog.js";
import { NewFileDialog } from "../../../../../renderer/features/explorer/new-file-dialog.js";
import { whyNoPath } from "../../../../../renderer/format/file-path.js";
import { stopAsking, useExplorer } from "../../../../../renderer/model/folder/explorer-state.js";
import { closeDialog, openDialog } from "../../../../../renderer/platform/dialogs.js";
import type { Client } from "../../../../../renderer/rpc/connection.js";
import { useServer } from "../../../../../renderer/rpc/store.js";
import { layOutPage } from "../../../../support/laid-out-page.js";

layOutPage();
const calls: string[] = [];
const client: Client = createORPCClient({
  call: async ([, name = ""]) => {
    calls.push(name);
    return null;
  },
});
useServer.setState({ connection: "connected", client });
afterAll(() => useServer.setState({ client: null }));
beforeEach(() => {
  closeDialog("new-file");
  stopAsking();
  calls.length = 0;
});

test.each([
  ["Create", "cgi-bin/", () => openDialog("new-file")],
  ["Create", "../x.py", () => openDialog("new-file")],
  ["Move", "a//b", () => useExplorer.setState({ asking: { about: "move", paths: ["a.txt"] } })],
])("%s: %s", async (action, path, show) => {
  show();
  render(
    <>
      <NewFileDialog />
      <AskDialog />
    </>,
  );
  await screen.findByRole("dialog");
  fireEvent.change(screen.getByRole("textbox"), { target: { value: path } });
  fireEvent.click(screen.getByRole("button", { name: action }));
  expect((await screen.findByRole("alert")).textContent).toBe(whyNoPath(path));
  expect(calls).toEqual([]);
});
