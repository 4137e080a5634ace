// Choosing a folder while its listings come late: the path that was typed stays, and the newest listing is shown.
import { createORPCClient } from "@orpc/client";
import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { FolderDialog } from "../../../../../renderer/features/workspace/folder-dialog.js";
import { closeDialog, openDialog } from "../../../../../renderer/platform/dialogs.js";
import type { Client } from "../../../../../renderer/rpc/connection.js";
import { useServer } from "../../../../../renderer/rpc/store.js";
import { layOutPage } from "../../../../support/laid-out-page.js";

layOutPage();

/** Sends the listing of each folder that was asked for, in the order of the requests. */
let asked: ((path: string) => void)[];
beforeEach(() => {
  asked = [];
  const client: Client = createORPCClient({
    call: (calls) =>
      new Promise((resolve) => {
        if (calls.at(-1) === "folders")
          asked.push((path) => resolve({ path, parent: "/", folders: ["inner"], truncated: false }));
      }),
  });
  useServer.setState({ connection: "connected", client });
});
afterEach(() => {
  act(() => closeDialog("folder"));
  useServer.setState({ client: null });
});

const answer = (nth: number, path: string) => act(async () => asked[nth]?.(path));
const field = () => screen.getByLabelText<HTMLInputElement>("Folder path");

test("a listing that comes late leaves the typed path as it is", async () => {
  openDialog("folder");
  render(<FolderDialog />);
  fireEvent.change(field(), { target: { value: "/srv/shop" } });
  await answer(0, "/home/you");
  expect(field().value).toBe("/srv/shop");
  expect(screen.getByText("inner")).toBeTruthy();
});

test("the answer to an earlier request does not replace the newest one", async () => {
  openDialog("folder");
  render(<FolderDialog />);
  await answer(0, "/home/you");
  fireEvent.click(screen.getByText("inner"));
  fireEvent.click(screen.getByText("Parent folder"));
  await answer(2, "/home");
  expect(field().value).toBe("/home");
  await answer(1, "/home/you/inner");
  expect(field().value).toBe("/home");
});
