// A file that is too large for the editor is shown as bytes, which are those that were on disk.
import { createORPCClient } from "@orpc/client";
import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterAll, beforeEach, expect, test } from "vitest";
import { EditorGroup } from "../../../../../renderer/features/editor/editor-group.js";
import type { OpenDocument } from "../../../../../renderer/model/documents/document.js";
import { useFiles } from "../../../../../renderer/model/folder/file-store.js";
import type { Client } from "../../../../../renderer/rpc/connection.js";
import { useServer } from "../../../../../renderer/rpc/store.js";
import type { FileEntry } from "../../../../../server/contract/workspace.js";
import { layOutPage } from "../../../../support/laid-out-page.js";

layOutPage();
afterAll(() => useServer.setState({ client: null }));

const [path, sizeBytes] = ["large.log", 4];
const large: OpenDocument = { kind: "too-large", path, sizeBytes, maxBytes: 3 };
const listed = (modifiedAt: number) => {
  const entry: FileEntry = {
    ...{ path, kind: "file", sizeBytes, modifiedAt, executable: false, mode: null, target: null, agent: null },
  };
  useFiles.setState({ byPath: new Map([[path, entry]]) });
};

/** The bytes of the file as they are when they are read. */
let bytes = "";
let reads = 0;
const client: Client = createORPCClient({
  call: async () => {
    reads += 1;
    return { base64: btoa(bytes) };
  },
});
beforeEach(() => {
  useServer.setState({ connection: "connected", client });
  useFiles.setState({ byPath: new Map() });
  reads = 0;
});

test("its bytes stay when it changes, even if its size does not, until the user loads it again", async () => {
  bytes = "old!";
  const { container } = render(<EditorGroup side={null} open={[large]} shown={path} isActive />);
  await waitFor(() => expect(container.textContent).toContain("old!"));
  act(() => listed(1)); // the list of files may come later
  expect(screen.queryByRole("button", { name: "Reload" })).toBeNull();
  bytes = "new!";
  for (const modifiedAt of [2, 3]) act(() => listed(modifiedAt));
  const reload = screen.getByRole("button", { name: "Reload" });
  expect([container.textContent?.includes("old!"), reads]).toEqual([true, 1]);
  reload.focus();
  fireEvent.click(reload);
  await waitFor(() => expect(container.textContent).toContain("new!"));
  expect([screen.queryByRole("button", { name: "Reload" }), reads]).toEqual([null, 2]);
  await waitFor(() => expect(container.querySelector("[data-pane]")?.contains(document.activeElement)).toBe(true));
});

test("a binary file that becomes too large is loaded as it is then", async () => {
  bytes = "\0old";
  const binary: OpenDocument = { kind: "binary", path, sizeBytes: 4, hash: "1", why: "" };
  const group = (document: OpenDocument) => <EditorGroup side={null} open={[document]} shown={path} isActive />;
  const { container, rerender } = render(group(binary));
  await waitFor(() => expect(container.textContent).toContain("old"));
  bytes = "\0longer";
  rerender(group({ ...large, sizeBytes: bytes.length }));
  await waitFor(() => expect(container.textContent).toContain("longer"));
  expect(screen.queryByRole("button", { name: "Reload" })).toBeNull();
});
