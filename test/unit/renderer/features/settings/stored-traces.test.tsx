// The limits of the stored traces, applied when the field is left, and only what is in range; and when they can be
// deleted.
import { createORPCClient } from "@orpc/client";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterAll, beforeAll, expect, test } from "vitest";
import { StoredTraces } from "../../../../../renderer/features/settings/stored-traces.js";
import { useStoredRows } from "../../../../../renderer/model/traces/stored-rows.js";
import type { Client } from "../../../../../renderer/rpc/connection.js";
import { useServer } from "../../../../../renderer/rpc/store.js";
import { maxStoreAgeDays } from "../../../../../server/contract/limits.js";
import { asSentence } from "../../../../../server/contract/message.js";
import type { StoreState } from "../../../../../server/contract/traces-contract.js";
import { layOutPage } from "../../../../support/laid-out-page.js";

layOutPage();

const store: StoreState = {
  ...{ settings: { isOn: true, maxBytes: 1 << 30, maxAgeDays: 30 }, isStoring: true, isSettable: true },
  ...{ traces: 0, bytes: null, oldestAt: null, problem: null },
};
/** What the server says about the store. */
let answer = store;
const sent: unknown[] = [];
beforeAll(() => {
  const client: Client = createORPCClient({
    call: async ([, name], input) => {
      if (name === "setStore") sent.push(input);
      return answer;
    },
  });
  useServer.setState({ connection: "connected", client });
  useStoredRows.setState({ store });
});
afterAll(() => useServer.setState({ client: null }));

test("a number out of range stays, with the range, and is not applied", async () => {
  render(<StoredTraces />);
  const field = screen.getByRole<HTMLInputElement>("spinbutton", { name: "For at most (days)" });
  const range = () => document.getElementById(field.getAttribute("aria-describedby") ?? "")?.textContent ?? null;
  expect(range()).toBeNull();
  fireEvent.change(field, { target: { value: "0" } });
  fireEvent.blur(field);
  expect(field.value).toBe("0");
  expect(field.getAttribute("aria-invalid")).toBe("true");
  expect(range()?.match(/\d+/g)).toEqual(["1", String(maxStoreAgeDays), "30"]);
  expect(sent).toEqual([]);
  fireEvent.change(field, { target: { value: "7" } });
  fireEvent.blur(field);
  expect(range()).toBeNull();
  await waitFor(() => expect(sent).toEqual([{ ...store.settings, maxAgeDays: 7 }]));
});

test("everything can be forgotten without a stored trace: measurements are kept all the same", async () => {
  render(<StoredTraces />);
  fireEvent.click(screen.getByRole("button", { name: "Forget everything…" }));
  expect(await screen.findByRole("dialog")).toBeTruthy();
});

test("why the file cannot be read is where its facts are; the settings can be changed all the same", async () => {
  answer = {
    ...store,
    problem: { code: "store-newer", message: asSentence("It is newer."), fix: asSentence("Update.") },
  };
  render(<StoredTraces />);
  expect(await screen.findByText("It is newer. Update.")).toBeTruthy();
  expect(screen.getByRole<HTMLInputElement>("checkbox").disabled).toBe(false);
  fireEvent.click(screen.getByRole("button", { name: "Forget everything…" }));
  const dialog = (await screen.findByRole("dialog")).textContent;
  expect(dialog).toContain("It is newer.");
  expect(dialog).not.toContain("Update."); // the fix keeps the file; here it is deleted
});
