// A form whose work takes a while is submitted once, and says what to do about a failure.
import { createORPCClient } from "@orpc/client";
import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { NewScriptDialog } from "../../../../../renderer/features/samples/new-script-dialog.js";
import { ResetDialog } from "../../../../../renderer/features/samples/reset-dialog.js";
import { openAndWait } from "../../../../../renderer/model/folder/opened.js";
import {
  closeSamplesDialog,
  type SamplesDialog,
  useSamples,
} from "../../../../../renderer/model/folder/samples-store.js";
import type { Client } from "../../../../../renderer/rpc/connection.js";
import { problemText } from "../../../../../renderer/rpc/problem.js";
import { noConnection, useServer } from "../../../../../renderer/rpc/store.js";
import type { Language } from "../../../../../server/contract/samples-contract.js";
import { layOutPage } from "../../../../support/laid-out-page.js";

layOutPage();

let calls: (readonly string[])[];
let fail: (why: string) => void;
beforeEach(() => {
  calls = [];
  const client: Client = createORPCClient({
    call: (path) =>
      new Promise((_resolve, reject) => {
        calls.push(path);
        fail = (why) => reject(new Error(why));
      }),
  });
  useServer.setState({ connection: "connected", client });
});
afterEach(() => {
  act(closeSamplesDialog);
  useServer.setState({ client: null });
});

const shell: Language = {
  ...{ id: "shell", title: "Shell", program: "sh", path: "/bin/sh", version: null },
  ...{ get: { command: null, address: "" }, template: { text: "#!/bin/sh\n", extension: ".sh" } },
};
const changes = { isSamples: true, changed: ["a.sh"], missing: [], hasData: false };

const open = (dialog: SamplesDialog): void =>
  useSamples.setState({ dialog, changes, overview: { suggestedFolder: "/tmp/x", languages: [shell], samples: [] } });

test.each([
  ["new-script", "Create", <NewScriptDialog key="new" />],
  ["reset", "Reset", <ResetDialog key="reset" />],
] as const)("%s", async (dialog, action, form) => {
  open(dialog);
  render(form);
  const button = screen.getByRole<HTMLButtonElement>("button", { name: action });
  fireEvent.click(button);
  fireEvent.click(button);
  expect(calls).toHaveLength(1);
  await act(async () => fail("It failed."));
  expect(screen.getByRole("alert").textContent).toBe("It failed.");
  fireEvent.click(button);
  expect(calls).toHaveLength(2);
});

test("without a connection the dialog says what to do, and so does what opens a folder for it", async () => {
  useServer.setState({ client: null });
  open("reset");
  render(<ResetDialog />);
  fireEvent.click(screen.getByRole("button", { name: "Reset" }));
  expect((await screen.findByRole("alert")).textContent).toBe(problemText(noConnection));
  await expect(openAndWait("/srv/shop")).rejects.toMatchObject({ problem: noConnection });
});
