// Keys of an input method in the field that narrows the tree.
import { fireEvent, render, screen } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { FilterField } from "../../../../../renderer/features/explorer/filter-field.js";
import { setFilter, useExplorer } from "../../../../../renderer/model/folder/explorer-state.js";
import { useFiles } from "../../../../../renderer/model/folder/file-store.js";
import { useSelection } from "../../../../../renderer/platform/selection.js";
import type { FileEntry } from "../../../../../server/contract/workspace.js";
import { layOutPage } from "../../../../support/laid-out-page.js";

layOutPage();
const entry: FileEntry = {
  ...{ path: "env.sh", kind: "file", sizeBytes: 1, modifiedAt: 0, executable: true, mode: "cgi", target: "/env.sh" },
  agent: null,
};
beforeEach(() => {
  useFiles.setState({ root: "/folder", entries: [entry], byPath: new Map([[entry.path, entry]]) });
  setFilter("env");
  render(<FilterField />);
});
const press = (key: string, isComposing: boolean): void => {
  fireEvent.keyDown(screen.getByRole("searchbox"), { key, isComposing });
};
const state = () => ({ filter: useExplorer.getState().filter, openFile: useSelection.getState().openFile });

test("Enter and Escape are its own while it composes", () => {
  useSelection.getState().open(null);
  press("Enter", true);
  press("Escape", true);
  expect(state()).toEqual({ filter: "env", openFile: null });
  press("Enter", false);
  expect(state()).toEqual({ filter: "env", openFile: "env.sh" });
  press("Escape", false);
  expect(state()).toEqual({ filter: "", openFile: "env.sh" });
});
