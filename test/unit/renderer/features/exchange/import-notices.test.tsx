// Every import ends with a notice, also one that finds nothing to do.
import { createORPCClient } from "@orpc/client";
import { act, render } from "@testing-library/react";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { importFiles } from "../../../../../renderer/features/exchange/import-files.js";
import { useFileDrop } from "../../../../../renderer/features/exchange/use-file-drop.js";
import { useWorkspace } from "../../../../../renderer/model/folder/workspace-store.js";
import { useNotices } from "../../../../../renderer/platform/notices.js";
import type { Client } from "../../../../../renderer/rpc/connection.js";
import { useServer } from "../../../../../renderer/rpc/store.js";
import type { SavedCollection } from "../../../../../server/contract/exchange-contract.js";

const nothing = { path: null, requests: 0, leftOut: 0, environments: [], kept: 0, comeFirst: [] };
let saved: SavedCollection = nothing;
const client: Client = createORPCClient({ call: async () => ({ ids: [], collections: [saved] }) });
beforeEach(() => {
  useServer.setState({ connection: "connected", client });
  useWorkspace.setState({ workspace: { root: "/site", name: "site" } });
  useNotices.setState({ notices: [] });
  saved = nothing;
});
afterAll(() => {
  useServer.setState({ client: null });
  vi.unstubAllGlobals();
});
const shown = () => useNotices.getState().notices;

test("a collection of which the folder has everything already", async () => {
  await act(() => importFiles([new File(["{}"], "dev.json")]));
  expect(shown()).toMatchObject([{ tone: "info", text: expect.stringMatching(/\S/) }]);
});

test("variables that come before the imported environments are named", async () => {
  saved = { ...nothing, comeFirst: [{ path: "shop.http", names: ["base", "user"] }] };
  await act(() => importFiles([new File(["{}"], "dev.json")]));
  expect(shown()).toMatchObject([{ text: expect.stringMatching(/shop\.http.*base, user/) }]);
});

test("a folder without a collection that is dropped", async () => {
  class Folder {
    readonly isDirectory = true;
    readonly name = "recordings";
    createReader() {
      return { readEntries: (found: (entries: readonly object[]) => void) => found([]) };
    }
  }
  vi.stubGlobal("FileSystemDirectoryEntry", Folder);
  function Page() {
    useFileDrop();
    return null;
  }
  render(<Page />);
  const dataTransfer = { types: ["Files"], items: [{ webkitGetAsEntry: () => new Folder() }], files: [] };
  await act(async () => {
    window.dispatchEvent(Object.assign(new Event("drop", { cancelable: true }), { dataTransfer }));
  });
  await vi.waitFor(() => expect(shown()).toMatchObject([{ tone: "bad", text: expect.stringMatching(/\S/) }]), 20_000);
});
