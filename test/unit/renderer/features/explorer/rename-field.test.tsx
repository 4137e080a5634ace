// The field for a new name and the focus.
import { act, fireEvent, render, screen } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { allCommands } from "../../../../../renderer/commands.js";
import { FileTree } from "../../../../../renderer/features/explorer/file-tree.js";
import { RenameField } from "../../../../../renderer/features/explorer/rename-field.js";
import { useExplorer } from "../../../../../renderer/model/folder/explorer-state.js";
import { useFiles } from "../../../../../renderer/model/folder/file-store.js";
import { always, command, registerCommands } from "../../../../../renderer/platform/command-registry.js";
import type { FileEntry } from "../../../../../server/contract/workspace.js";
import { fadeMenus } from "../../../../support/fading-menus.js";
import { layOutPage } from "../../../../support/laid-out-page.js";

layOutPage();
const faded = fadeMenus();
registerCommands({ ...allCommands, "file.rename": command(always, allCommands["file.rename"].run) }); // needs no server

const script = (path: string): FileEntry => ({
  ...{ path, kind: "file", sizeBytes: 1, modifiedAt: 0, executable: true, mode: "cgi", target: `/${path}` },
  agent: null,
});
const entries = [script("env.sh"), script("sum.py")];
beforeEach(() => {
  useFiles.setState({ root: "/folder", entries, byPath: new Map(entries.map((one) => [one.path, one])) });
  useExplorer.setState({ ...useExplorer.getInitialState(), lastUsed: "tree" });
});
const name = "New name of env.sh";

test("has the focus and its selection as soon as it is there", () => {
  render(<RenameField entry={script("env.sh")} name="env.sh" />);
  const field = screen.getByRole<HTMLInputElement>("textbox", { name });
  expect(document.activeElement).toBe(field);
  expect([field.selectionStart, field.selectionEnd]).toEqual([0, "env".length]);
});

test("keeps the focus when the menu that it was chosen in has faded", async () => {
  render(<FileTree />);
  act(() => useExplorer.setState({ renaming: "env.sh" }));
  fireEvent.keyDown(await screen.findByRole("textbox", { name }), { key: "Escape" }); // it is loaded from now on
  fireEvent.contextMenu(await screen.findByRole("treeitem", { name: /env\.sh/ }));
  // As assistive technology does it: no pointer was on the item before.
  fireEvent.click(await screen.findByRole("menuitem", { name: /^Rename/ }));
  await faded();
  expect(document.activeElement).toBe(await screen.findByRole("textbox", { name }));
});
