// Choosing a folder while its listings come late: the path that was typed stays, and the newest listing is shown. And
// where it is said that a folder could not be opened.
import { createORPCClient } from "@orpc/client";
import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { FolderDialog } from "../../../../../renderer/features/workspace/folder-dialog.js";
import { Welcome } from "../../../../../renderer/features/workspace/welcome.js";
import { addRecent } from "../../../../../renderer/model/folder/recent-folders.js";
import { closeDialog, openDialog } from "../../../../../renderer/platform/dialogs.js";
import { useNotices } from "../../../../../renderer/platform/notices.js";
import type { Client } from "../../../../../renderer/rpc/connection.js";
import { problemText } from "../../../../../renderer/rpc/problem.js";
import { noConnection, useServer } from "../../../../../renderer/rpc/store.js";
import { layOutPage } from "../../../../support/laid-out-page.js";

layOutPage();

/** Sends the listing of each folder that was asked for, in the order of the requests. */
let asked: ((path: string) => void)[];
/** Fails the opening of each folder, in the order of the requests. */
let opening: ((why: string) => void)[];
beforeEach(() => {
  asked = [];
  opening = [];
  useNotices.setState({ notices: [] });
  const client: Client = createORPCClient({
    call: (calls) =>
      new Promise((resolve, reject) => {
        if (calls.at(-1) === "open") opening.push((why) => reject(new Error(why)));
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

const notices = () => useNotices.getState().notices.map(({ tone, text }) => [tone, text]);
const fail = (nth: number, why: string) => act(async () => opening[nth]?.(why));
const open = () => {
  fireEvent.change(field(), { target: { value: "/srv/shop" } });
  fireEvent.submit(field());
};

test("why a folder could not be opened is said in the dialog while that is open", async () => {
  openDialog("folder");
  render(<FolderDialog />);
  open();
  await fail(0, "not allowed");
  expect(screen.getByRole("alert").textContent).toBe("not allowed");
  expect(notices()).toEqual([]);
});

test("without a connection the dialog says what to do", () => {
  useServer.setState({ client: null });
  openDialog("folder");
  render(<FolderDialog />);
  expect(screen.getByRole("alert").textContent).toBe(problemText(noConnection));
});

test("and in a notice once it was closed, also if it was opened again", async () => {
  openDialog("folder");
  render(<FolderDialog />);
  open();
  act(() => closeDialog("folder"));
  await fail(0, "not allowed");
  expect(notices()).toEqual([["bad", "not allowed"]]);
  act(() => openDialog("folder"));
  open();
  act(() => closeDialog("folder"));
  act(() => openDialog("folder"));
  await fail(1, "not found");
  expect(notices()).toContainEqual(["bad", "not found"]);
});

test("of a recent folder it is said at that, and in a notice once the first page is gone", async () => {
  addRecent({ path: "/srv/shop", name: "shop" });
  const { unmount } = render(<Welcome />);
  const recent = () => screen.getByRole("button", { name: /^Open shop/ });
  fireEvent.click(recent());
  await fail(0, "not allowed");
  expect(screen.getByRole("alert").textContent).toBe("not allowed");
  expect(notices()).toEqual([]);
  fireEvent.click(recent());
  unmount();
  await fail(1, "not found");
  expect(notices()).toEqual([["bad", "not found"]]);
});
