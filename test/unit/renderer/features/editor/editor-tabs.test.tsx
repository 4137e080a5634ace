// The focus in the tabs of open files: it stays there when a tab or its menu has gone.
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { EditorTabs } from "../../../../../renderer/features/editor/editor-tabs.js";
import { keepOpen, useDocuments } from "../../../../../renderer/model/documents/document-store.js";
import { useSplit } from "../../../../../renderer/model/documents/editor-groups.js";
import { useSelection } from "../../../../../renderer/platform/selection.js";
import { fadeMenus } from "../../../../support/fading-menus.js";
import { layOutPage } from "../../../../support/laid-out-page.js";

layOutPage();
const faded = fadeMenus();

/** As the editor's column has them: one group, or two. */
function Tabs() {
  const open = useDocuments((documents) => documents.open);
  const shown = useSelection(({ openFile }) => openFile);
  const split = useSplit((store) => store.split);
  return (
    <>
      <div className="editor-group" data-active={split?.active !== "right" || undefined}>
        <EditorTabs side={split && "left"} open={open} shown={split?.left.shown ?? shown} />
      </div>
      {split && (
        <div className="editor-group" data-active={split.active === "right" || undefined}>
          <EditorTabs
            side="right"
            open={open.filter(({ path }) => split.right.tabs.includes(path))}
            shown={split.right.shown}
          />
        </div>
      )}
    </>
  );
}
const tab = (path: string) => screen.getByRole("tab", { name: new RegExp(`^${path}`) });
const focused = (): string | null | undefined => document.activeElement?.getAttribute("data-path");

beforeEach(() => {
  keepOpen();
  useSplit.setState({ split: null });
  useDocuments.setState({
    root: "/folder",
    open: ["a.py", "b.py", "c.py"].map((path) => ({ kind: "unread", path, isDirty: path === "c.py" })),
  });
  useSelection.getState().open("a.py");
  render(<Tabs />);
});

test("Delete again and again closes one tab after the other, and asks about edits", () => {
  tab("a.py").focus();
  for (const next of ["b.py", "c.py"]) {
    fireEvent.keyDown(document.activeElement ?? document.body, { key: "Delete" });
    expect(focused()).toBe(next);
  }
  fireEvent.keyDown(document.activeElement ?? document.body, { key: "Delete" });
  expect(useDocuments.getState()).toMatchObject({ closing: "c.py", open: [{ path: "c.py" }] });
});

test("the focus is left to the dialog that asks about edits", () => {
  fireEvent.click(tab("c.py"));
  tab("c.py").focus();
  const dialog = document.body.appendChild(document.createElement("button"));
  const stop = useDocuments.subscribe(({ closing }) => closing !== null && dialog.focus());
  fireEvent.keyDown(tab("c.py"), { key: "Delete" });
  stop();
  expect(document.activeElement).toBe(dialog);
  dialog.remove();
});

test.each([
  ["Escape", "b.py", async () => fireEvent.keyDown(await screen.findByRole("menu"), { key: "Escape" })],
  [
    "closing it",
    "a.py",
    async () => fireEvent.click(await screen.findByRole("menuitem", { name: /^Close(?! (others|to|saved))/ })),
  ],
])("after the menu of a tab and %s a tab has the focus", async (_, expected, leave) => {
  tab("b.py").focus();
  fireEvent.contextMenu(tab("b.py"));
  const menu = await screen.findByRole("menu");
  await waitFor(() => expect(menu.contains(document.activeElement)).toBe(true));
  await leave();
  await faded();
  await waitFor(() => expect(focused()).toBe(expected));
});

test("after “Open to the side” the focus is in the group that was opened", async () => {
  fireEvent.contextMenu(tab("a.py"));
  fireEvent.click(await screen.findByRole("menuitem", { name: "Open to the side" }));
  expect(useSplit.getState().split?.active).toBe("right");
  await faded();
  const right = screen.getByRole("tablist", { name: "Open files, right" });
  await waitFor(() => expect(right.contains(document.activeElement)).toBe(true));
});
