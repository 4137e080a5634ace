// A file that is no text by itself: it can be read as UTF-16, and as no text again.
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeAll, expect, test } from "vitest";
import { DocumentStatus } from "../../../../../renderer/features/document-status/index.js";
import { editorCommands } from "../../../../../renderer/features/editor/commands.js";
import { discardDocument, documentAt } from "../../../../../renderer/model/documents/document-store.js";
import { bufferOf } from "../../../../../renderer/model/documents/text-buffers.js";
import { reopenWith } from "../../../../../renderer/model/documents/text-format.js";
import { useSelection } from "../../../../../renderer/platform/selection.js";
import { loadPopups } from "../../../../../renderer/ui/popups.js";
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
  discardDocument("wide.txt");
  localStorage.clear();
});

test("UTF-16 without a byte order mark is opened by choice", async () => {
  folder.write("wide.txt", Buffer.from("für\n", "utf16le"));
  await folder.show("wide.txt");
  useSelection.getState().open("wide.txt");
  expect(documentAt("wide.txt")?.kind).toBe("binary");
  expect(editorCommands["file.encoding"].unavailable()).toBeNull();
  render(<DocumentStatus />);
  fireEvent.click(await screen.findByRole("button", { name: /^Encoding/ }));
  fireEvent.click(await screen.findByRole("menuitem", { name: "UTF-16 LE" }));
  await waitFor(() => expect(bufferOf("wide.txt")?.model.getValue()).toBe("für\n"));
  expect(documentAt("wide.txt")).toMatchObject({ kind: "text", encoding: "utf-16le", detected: null });
  await act(() => reopenWith("wide.txt", "utf-8"));
  expect(documentAt("wide.txt")?.kind).toBe("binary");
});
