import { expect, test } from "vitest";
import {
  choose,
  forgetRowsWithFolder,
  targetPaths,
  useExplorer,
} from "../../../../renderer/model/folder/explorer-state.js";
import { useWorkspace } from "../../../../renderer/model/folder/workspace-store.js";

forgetRowsWithFolder();

test("chosen rows, an open question and the filter belong to the folder they were made in", () => {
  useWorkspace.setState({ workspace: { root: "/srv/a", name: "a" } });
  choose(["cgi-bin/a.py", "cgi-bin/b.py"], "cgi-bin/a.py");
  useExplorer.setState({ asking: { about: "delete", paths: ["cgi-bin/a.py"] }, filter: "cgi", lastUsed: "tree" });
  useWorkspace.setState({ workspace: { root: "/srv/a", name: "renamed" } });
  expect(targetPaths()).toEqual(["cgi-bin/a.py", "cgi-bin/b.py"]);
  useWorkspace.setState({ workspace: { root: "/srv/b", name: "b" } });
  expect(targetPaths()).toEqual([]);
  expect(useExplorer.getState()).toMatchObject({ active: null, asking: null, filter: "", lastUsed: "tree" });
});
