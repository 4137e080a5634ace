// A form that was submitted is not submitted again before the answer.
import { createORPCClient } from "@orpc/client";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterAll, beforeEach, expect, test } from "vitest";
import { AskDialog } from "../../../../../renderer/features/explorer/ask-dialog.js";
import { NewFileDialog } from "../../../../../renderer/features/explorer/new-file-dialog.js";
import { stopAsking, useExplorer } from "../../../../../renderer/model/folder/explorer-state.js";
import { useFiles } from "../../../../../renderer/model/folder/file-store.js";
import { closeDialog, openDialog } from "../../../../../renderer/platform/dialogs.js";
import type { Client } from "../../../../../renderer/rpc/connection.js";
import { useServer } from "../../../../../renderer/rpc/store.js";
import type { FileEntry } from "../../../../../server/contract/workspace.js";
import { layOutPage } from "../../../../support/laid-out-page.js";

layOutPage();
const calls: string[] = [];
let answer: () => void = () => undefined;
const client: Client = createORPCClient({
  call: async ([, name = ""]) => {
    if (name === "overview") return { languages: [], suggestedFolder: "" };
    calls.push(name);
    await new Promise<void>((resolve) => {
      answer = resolve;
    });
    return null;
  },
});
useServer.setState({ connection: "connected", client });
afterAll(() => useServer.setState({ client: null }));
const folder = (path: string): FileEntry => ({
  ...{ path, kind: "folder", sizeBytes: 0, modifiedAt: 0, executable: false, mode: null, target: null, agent: null },
});
beforeEach(() => {
  closeDialog("new-file");
  stopAsking();
  calls.length = 0;
  useFiles.setState({ entries: [folder("old")], byPath: new Map([["old", folder("old")]]) });
});

const cases = [
  {
    button: "Create",
    call: "create",
    show: () => openDialog("new-file"),
    fill: () => fireEvent.change(screen.getByRole("textbox"), { target: { value: "a.txt" } }),
  },
  {
    button: "Create",
    call: "createFolder",
    show: () => useExplorer.setState({ asking: { about: "folder", path: "" } }),
    fill: () => fireEvent.change(screen.getByRole("textbox"), { target: { value: "lib" } }),
  },
  {
    button: "Move",
    call: "move",
    show: () => useExplorer.setState({ asking: { about: "move", paths: ["a.txt"] } }),
    fill: () => fireEvent.change(screen.getByRole("textbox"), { target: { value: "old" } }),
  },
  {
    button: "old",
    call: "move",
    show: () => useExplorer.setState({ asking: { about: "move", paths: ["a.txt"] } }),
    fill: () => undefined,
  },
] as const;

test.each(cases)("$button: $call", async ({ button, call, show, fill }) => {
  show();
  render(
    <>
      <NewFileDialog />
      <AskDialog />
    </>,
  );
  await screen.findByRole("dialog");
  fill();
  const submit = screen.getByRole("button", { name: button });
  fireEvent.click(submit);
  fireEvent.click(submit);
  await waitFor(() => expect(calls).toContain(call));
  fireEvent.click(submit);
  expect(submit.hasAttribute("disabled")).toBe(true);
  answer();
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(calls).toEqual([call]);
});
