// What a dialog began may end when another one is in its place.
import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { TraceDialogs } from "../../../../../renderer/features/traces/trace-dialogs.js";
import { closeDialog, openDialog } from "../../../../../renderer/platform/dialogs.js";
import { useServer } from "../../../../../renderer/rpc/store.js";
import { holdCalls } from "../../../../support/held-calls.js";

afterEach(() => act(() => useServer.setState({ client: null })));

test("a note that is stored late leaves the dialog of another trace open", async () => {
  const calls = holdCalls();
  render(<TraceDialogs />);
  act(() => openDialog("annotate", "a"));
  fireEvent.click(await screen.findByRole("button", { name: "Save" }));
  const { answer } = await calls.call(0);
  act(() => closeDialog("annotate"));
  act(() => openDialog("annotate", "b"));
  const name = await screen.findByRole("textbox", { name: "Name" });
  fireEvent.change(name, { target: { value: "typed meanwhile" } });
  await act(async () => answer(null));
  expect(screen.getByRole("textbox", { name: "Name" })).toHaveProperty("value", "typed meanwhile");
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
  const second = await calls.call(1);
  await act(async () => second.answer(null));
  expect(screen.queryByRole("textbox", { name: "Name" })).toBeNull();
});
