// A file of two encodings is called mixed where its encoding is shown, until it is saved without the mixture.
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, expect, test } from "vitest";
import { DocumentStatus } from "../../../../../renderer/features/document-status/index.js";
import { RowBadges } from "../../../../../renderer/features/explorer/row-badges.js";
import { discardDocument } from "../../../../../renderer/model/documents/document-store.js";
import { saveDocument } from "../../../../../renderer/model/documents/save-document.js";
import { bufferOf, replaceText } from "../../../../../renderer/model/documents/text-buffers.js";
import { reopenWith } from "../../../../../renderer/model/documents/text-format.js";
import { useSelection } from "../../../../../renderer/platform/selection.js";
import { loadPopups } from "../../../../../renderer/ui/popups.js";
import type { FileEntry } from "../../../../../server/contract/workspace.js";
import { prepareEditor } from "../../../../support/prepared-editor.js";
import { type OpenedFolder, openedFolder } from "../../opened-folder.js";

prepareEditor();
let folder: OpenedFolder;
beforeAll(async () => {
  folder = await openedFolder();
  await loadPopups();
});
afterEach(() => {
  cleanup();
  discardDocument("a.txt");
  localStorage.clear();
});

const entry: FileEntry = {
  ...{ path: "a.txt", kind: "file", sizeBytes: 1, modifiedAt: 0, executable: false, mode: null, target: null },
  agent: null,
};

test("is called mixed in the explorer and the status bar, and cannot be converted as a whole", async () => {
  folder.write("a.txt", Buffer.from("M\xc3\xb6bel, M\xf6bel\n", "latin1"));
  await folder.show("a.txt");
  useSelection.getState().open("a.txt");
  render(
    <>
      <DocumentStatus />
      <RowBadges entry={entry} />
    </>,
  );
  fireEvent.click(await screen.findByRole("button", { name: "Encoding: Mixed, read as ISO-8859-1" }));
  const convert = await screen.findByRole("menuitem", {
    name: "Convert to UTF-8 (repair and save the mixed text first)",
  });
  expect(convert.getAttribute("aria-disabled")).toBe("true");
  fireEvent.keyDown(convert, { key: "Escape" });
  screen.getByRole("img", { name: "encoding mixed" });
  await act(() => reopenWith("a.txt", "windows-1252"));
  screen.getByRole("button", { name: "Encoding: Mixed, read as windows-1252" });
  await act(() => reopenWith("a.txt", "iso-8859-1"));
  await act(async () => {
    const buffer = bufferOf("a.txt");
    if (buffer) replaceText(buffer, "Möbel, Möbel\n");
    expect(await saveDocument("a.txt")).toBe(true);
  });
  screen.getByRole("button", { name: "Encoding: ISO-8859-1" });
  screen.getByRole("img", { name: "encoding latin-1" });
});
