// A file that is too large for the editor is shown as bytes, which are those on disk.
import { createORPCClient } from "@orpc/client";
import { act, render, waitFor } from "@testing-library/react";
import { afterAll, expect, test } from "vitest";
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

test("its bytes are read again when it changed, even if its size did not", async () => {
  let bytes = "old!";
  const client: Client = createORPCClient({ call: async () => ({ base64: btoa(bytes) }) });
  useServer.setState({ connection: "connected", client });
  listed(1);
  const { container } = render(<EditorGroup side={null} open={[large]} shown={path} isActive />);
  await waitFor(() => expect(container.textContent).toContain("old!"));
  bytes = "new!";
  act(() => listed(2));
  await waitFor(() => expect(container.textContent).toContain("new!"));
});
