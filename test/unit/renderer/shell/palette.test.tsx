// The traces of the palette when none is live, as right after the start, when all of them are in the store; and in the
// presentation.
import { createORPCClient } from "@orpc/client";
import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { useWorkspace } from "../../../../renderer/model/folder/workspace-store.js";
import { useStoredRows } from "../../../../renderer/model/traces/stored-rows.js";
import { useTraceStore } from "../../../../renderer/model/traces/trace-store.js";
import { openDialog } from "../../../../renderer/platform/dialogs.js";
import { enterPresentation, leavePresentation } from "../../../../renderer/platform/presentation.js";
import type { Client } from "../../../../renderer/rpc/connection.js";
import { useServer } from "../../../../renderer/rpc/store.js";
import { Palette } from "../../../../renderer/shell/palette.js";
import type { StoreState } from "../../../../server/contract/traces-contract.js";
import { layOutPage } from "../../../support/laid-out-page.js";
import { rowOf } from "../rows.js";

layOutPage();

const storeOf = (traces: number): StoreState => ({
  ...{ settings: { isOn: true, maxBytes: 2 ** 30, maxAgeDays: 30 }, isStoring: true, isSettable: true },
  ...{ bytes: 0, traces, oldestAt: null, problem: null },
});
/** What the server says about the store; the searches that the window asks for. */
let answer: StoreState;
let searches: number;

beforeEach(() => {
  [answer, searches] = [storeOf(0), 0];
  const client: Client = createORPCClient({
    call: async (path) => {
      if (path.at(-1) === "store") return answer;
      if (path.join() === "traces,list") searches++;
      return new Promise(() => undefined);
    },
  });
  useServer.setState({ connection: "connected", client });
  useWorkspace.setState({ workspace: { root: "/a", name: "a" } });
  useTraceStore.setState({ rows: [] });
  useStoredRows.setState({ all: 0, isCleared: false, store: null });
});
afterEach(() => useServer.setState({ client: null }));

function typeWord(): void {
  openDialog("palette");
  render(<Palette />);
  expect(screen.getByRole("status").textContent).toBe(""); // there before it has words: else it is not announced
  fireEvent.change(screen.getByRole("combobox"), { target: { value: "Sofakissen" } });
}
const hits = () => screen.queryByRole("option", { name: /Sofakissen/ });

test("stored traces are searched when they were counted", async () => {
  useStoredRows.setState({ all: 1200, store: storeOf(1200) });
  typeWord();
  await waitFor(() => expect([hits() !== null, searches > 0]).toEqual([true, true]));
});

test("and before the window has asked the store, which it does then", async () => {
  answer = storeOf(1200);
  typeWord();
  await waitFor(() => expect([hits() !== null, searches > 0]).toEqual([true, true]));
});

test("where none is stored there is nothing to search", async () => {
  typeWord();
  await waitFor(() => expect(screen.getByRole("status").textContent).not.toBe(""));
  expect([hits(), searches]).toEqual([null, 0]);
});

test("in the presentation there are none: they would open behind it", () => {
  useTraceStore.setState({ rows: [rowOf(1, { target: "/Sofakissen" })] });
  enterPresentation("t1");
  typeWord();
  expect(hits()).toBeNull();
  act(leavePresentation);
  expect(hits()).not.toBeNull();
});

test("after > there are commands alone", () => {
  useTraceStore.setState({ rows: [rowOf(1, { target: "/settings" })] });
  openDialog("palette");
  render(<Palette />);
  const groups = () => screen.getAllByRole("group");
  fireEvent.change(screen.getByRole("combobox"), { target: { value: "settings" } });
  expect(groups()).toHaveLength(2);
  fireEvent.change(screen.getByRole("combobox"), { target: { value: "> settings" } });
  expect(groups()).toHaveLength(1);
  expect(screen.getAllByRole("option").map((option) => option.textContent)).toContainEqual(
    expect.stringMatching(/^Settings…/),
  );
});
