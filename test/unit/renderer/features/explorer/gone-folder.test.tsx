// The open folder is moved away: its pane does not take it for an empty one, in which a file could be made.
import { renameSync } from "node:fs";
import { act, render, screen } from "@testing-library/react";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Explorer } from "../../../../../renderer/features/explorer/explorer.js";
import { useFiles } from "../../../../../renderer/model/folder/file-store.js";
import { useServer } from "../../../../../renderer/rpc/store.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import { type ServedPage, servePage } from "../../../../support/served-page.js";
import { waitFor } from "../../../../support/wait-for.js";

layOutPage();
let served: ServedPage;
beforeAll(async () => {
  served = await servePage();
});
afterAll(() => served[Symbol.asyncDispose]());

test("until it is there again", async () => {
  const { folder, workbench } = served;
  const isGone = (): boolean => workbench.folder.workspace().problems.some(({ code }) => code === "folder-missing");
  const follow = () =>
    act(async () => {
      const { client } = useServer.getState();
      useServer.setState({ state: (await client?.state.next({ since: -1, generation: null })) ?? null });
    });
  const canMake = (): boolean => screen.queryByRole("button", { name: "New file…" }) !== null;
  useFiles.setState({ root: folder.path, entries: [], byPath: new Map() });
  render(<Explorer />);
  expect(canMake()).toBe(true);
  renameSync(folder.path, `${folder.path}.moved`);
  await waitFor("the folder is missed", isGone);
  await follow();
  expect(canMake()).toBe(false);
  renameSync(`${folder.path}.moved`, folder.path);
  await waitFor("the folder is found", () => !isGone());
  await follow();
  expect(canMake()).toBe(true);
});
