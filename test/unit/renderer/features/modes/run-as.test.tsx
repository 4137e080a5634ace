// Where a script's mode is chosen from the tree's menu.
import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { allCommands } from "../../../../../renderer/commands.js";
import { FileTree } from "../../../../../renderer/features/explorer/file-tree.js";
import { ModeMenu } from "../../../../../renderer/features/modes/mode-menu.js";
import { useFiles } from "../../../../../renderer/model/folder/file-store.js";
import { always, command, registerCommands } from "../../../../../renderer/platform/command-registry.js";
import type { FileEntry } from "../../../../../server/contract/workspace.js";
import { layOutPage } from "../../../../support/laid-out-page.js";

layOutPage();
registerCommands({ ...allCommands, "script.mode": command(always, allCommands["script.mode"].run) }); // needs no server

test("a script that runs as plain CGI, whose row has no badge, while no file is open", async () => {
  const script: FileEntry = {
    ...{ path: "env.sh", kind: "file", sizeBytes: 1, modifiedAt: 0, executable: true, mode: "cgi", target: "/env.sh" },
    agent: null,
  };
  useFiles.setState({ root: "/folder", entries: [script], byPath: new Map([[script.path, script]]) });
  render(
    <>
      <FileTree />
      <ModeMenu />
    </>,
  );
  fireEvent.contextMenu(await screen.findByRole("treeitem", { name: /env\.sh/ }));
  fireEvent.click(await screen.findByRole("menuitem", { name: /^Run as/ }));
  expect(await screen.findByRole("menu", { name: "Mode of env.sh" })).toBeDefined();
});
