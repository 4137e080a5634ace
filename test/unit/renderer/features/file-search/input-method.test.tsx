// Keys of an input method in the fields of a search.
import { createORPCClient } from "@orpc/client";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterAll, expect, test } from "vitest";
import { SearchFormView } from "../../../../../renderer/features/file-search/search-form-view.js";
import { askedBy, useSearch } from "../../../../../renderer/features/file-search/search-store.js";
import { useSearchForm } from "../../../../../renderer/model/folder/search-form.js";
import type { Client } from "../../../../../renderer/rpc/connection.js";
import { useServer } from "../../../../../renderer/rpc/store.js";
import { layOutPage } from "../../../../support/laid-out-page.js";

layOutPage();
const calls: string[] = [];
const client: Client = createORPCClient({
  call: ([, name = ""]) => {
    calls.push(name);
    return new Promise(() => undefined);
  },
});
useServer.setState({ connection: "connected", client });
afterAll(() => useServer.setState({ client: null }));

test("begin no search and no preview, and cancel none", async () => {
  useSearchForm.setState({ text: "a", isReplacing: true });
  render(<SearchFormView />);
  const find = screen.getByRole("textbox", { name: "Find" });
  fireEvent.keyDown(find, { key: "Enter", isComposing: true });
  expect(calls).toEqual([]);
  fireEvent.keyDown(find, { key: "Enter" });
  await waitFor(() => expect(calls).toEqual(["begin"]));
  expect(useSearch.getState().busy).toBe("searching");
  fireEvent.keyDown(find, { key: "Escape", isComposing: true });
  expect(useSearch.getState().busy).toBe("searching");
  fireEvent.keyDown(find, { key: "Escape" });
  expect(useSearch.getState().busy).toBeNull();
});

test("in the replacement, Enter previews once the input method is done", async () => {
  useSearchForm.setState({ text: "a", isReplacing: true });
  const form = useSearchForm.getState();
  useSearch.setState({ busy: null, asked: `${askedBy(form)} before` });
  render(<SearchFormView />);
  const field = screen.getByRole("textbox", { name: "Replacement" });
  calls.length = 0;
  fireEvent.keyDown(field, { key: "Enter", isComposing: true });
  expect(calls).toEqual([]);
  fireEvent.keyDown(field, { key: "Enter" });
  await waitFor(() => expect(calls).not.toEqual([]));
});
