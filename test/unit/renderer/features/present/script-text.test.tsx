// The script beside its X-ray is the one on disk, also after another program has written it.
import { act, render, screen, waitFor } from "@testing-library/react";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { ScriptText } from "../../../../../renderer/features/present/script-text.js";
import { useFiles } from "../../../../../renderer/model/folder/file-store.js";
import type { FileEntry } from "../../../../../server/contract/workspace.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import { type ServedPage, servePage } from "../../../../support/served-page.js";

vi.mock("../../../../../renderer/platform/monaco/monaco.js", async () => ({
  monaco: (await import("../../../../support/monaco-like.js")).monacoLike,
}));

layOutPage();
let served: ServedPage;
beforeAll(async () => {
  served = await servePage();
});
afterAll(() => served[Symbol.asyncDispose]());

const path = "a.cgi";
const entry: FileEntry = {
  ...{ path, kind: "file", sizeBytes: 1, modifiedAt: 0, executable: true, mode: "cgi", agent: null, target: "/a.cgi" },
};
/** As another program does, and as the list of files then tells. Null: it is removed. */
function write(text: string | null): void {
  if (text === null) served.folder.remove(path);
  else served.folder.write(path, text);
  act(() => useFiles.setState({ byPath: new Map(text === null ? [] : [[path, { ...entry }]]) }));
}

test("another text, none, and a text again", async () => {
  write("the first");
  render(<ScriptText path={path} />);
  const shown = await screen.findByText("the first");
  write("the second");
  write("the third");
  await screen.findByText("the third");
  write(null);
  await waitFor(() => expect(shown.hidden).toBe(true));
  write("the fourth");
  await screen.findByText("the fourth");
  expect(shown.hidden).toBe(false);
});
