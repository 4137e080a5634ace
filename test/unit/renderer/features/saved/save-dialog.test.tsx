import { createORPCClient } from "@orpc/client";
import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterAll, beforeEach, expect, test } from "vitest";
import { SaveDialog } from "../../../../../renderer/features/saved/save-dialog.js";
import { askToSave } from "../../../../../renderer/model/request/save-subject.js";
import { closeDialog } from "../../../../../renderer/platform/dialogs.js";
import { useNotices } from "../../../../../renderer/platform/notices.js";
import type { Client } from "../../../../../renderer/rpc/connection.js";
import { useServer } from "../../../../../renderer/rpc/store.js";
import { layOutPage } from "../../../../support/laid-out-page.js";

layOutPage();

let fail: (why: string) => void;
beforeEach(() => {
  const client: Client = createORPCClient({
    call: () =>
      new Promise((_resolve, reject) => {
        fail = (why) => reject(new Error(why));
      }),
  });
  useServer.setState({ connection: "connected", client });
  useNotices.setState({ notices: [] });
  askToSave({ source: { kind: "trace", id: "t1" }, name: "read", proposed: [], hasSecrets: false });
  render(<SaveDialog />);
  fireEvent.submit(screen.getByDisplayValue("read"));
});
afterAll(() => {
  act(() => closeDialog("save-request"));
  useServer.setState({ client: null });
});

test("the dialog shows why a request could not be saved", async () => {
  await act(async () => fail("disk full"));
  expect(screen.getByRole("alert").textContent).toBe("disk full");
  expect(useNotices.getState().notices).toEqual([]);
});

test("a notice shows it once the dialog was closed", async () => {
  act(() => closeDialog("save-request"));
  await act(async () => fail("disk full"));
  expect(useNotices.getState().notices.map(({ tone, text }) => [tone, text])).toEqual([["bad", "disk full"]]);
});
