// “Save and close” of a file that is not shown: what prevents the save is in that file's bar.
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { beforeAll, expect, test } from "vitest";
import { CloseDialog } from "../../../../../renderer/features/editor/close-dialog.js";
import { closeDocuments, documentAt } from "../../../../../renderer/model/documents/document-store.js";
import { bufferOf } from "../../../../../renderer/model/documents/text-buffers.js";
import { useSelection } from "../../../../../renderer/platform/selection.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import { prepareEditor } from "../../../../support/prepared-editor.js";
import { type OpenedFolder, openedFolder } from "../../opened-folder.js";

layOutPage();
prepareEditor();

let folder: OpenedFolder;
beforeAll(async () => {
  folder = await openedFolder();
});

test.each([
  ["shows the file when another program wrote to it", "theirs", "a.txt", "changed"],
  ["leaves the shown file when the save succeeds", null, "b.txt", undefined],
])("%s", async (_, theirs, shown, disk) => {
  folder.write("a.txt", "before");
  await folder.show("a.txt");
  bufferOf("a.txt")?.model.setValue("mine");
  await waitFor(() => expect(documentAt("a.txt")).toMatchObject({ isDirty: true }));
  if (theirs !== null) folder.write("a.txt", theirs);
  useSelection.getState().open("b.txt");
  closeDocuments(["a.txt"]);
  render(<CloseDialog />);
  fireEvent.click(await screen.findByRole("button", { name: "Save and close" }));
  await waitFor(() => expect(useSelection.getState().openFile).toBe(shown));
  await waitFor(() =>
    expect(documentAt("a.txt")).toEqual(disk === undefined ? undefined : expect.objectContaining({ disk })),
  );
  expect(useSelection.getState().openFile).toBe(shown);
});
