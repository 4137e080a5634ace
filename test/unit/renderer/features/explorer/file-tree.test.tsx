import { createORPCClient } from "@orpc/client";
import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { useExpanded } from "../../../../../renderer/features/explorer/expanded-folders.js";
import { FileTree } from "../../../../../renderer/features/explorer/file-tree.js";
import {
  choose,
  chosenWith,
  targetPath,
  targetPaths,
  useExplorer,
} from "../../../../../renderer/model/folder/explorer-state.js";
import { useFiles } from "../../../../../renderer/model/folder/file-store.js";
import { useSelection } from "../../../../../renderer/platform/selection.js";
import type { Client } from "../../../../../renderer/rpc/connection.js";
import { useServer } from "../../../../../renderer/rpc/store.js";
import type { FileEntry } from "../../../../../server/contract/workspace.js";
import { layOutPage } from "../../../../support/laid-out-page.js";

layOutPage();

const entry = (path: string, kind: FileEntry["kind"] = "file"): FileEntry => {
  const isScript = path.endsWith(".py");
  const target = kind === "file" ? `/${path}` : null;
  return {
    ...{ path, kind, sizeBytes: 1, modifiedAt: 0, executable: isScript, mode: isScript ? "cgi" : null, target },
    agent: null,
  };
};
const entries = [
  entry("cgi-bin", "folder"),
  entry("cgi-bin/lib", "folder"),
  entry("cgi-bin/lib/deep.py"),
  entry("cgi-bin/hello.py"),
  entry("cgi-bin/upper.py"),
  entry("index.html"),
];
beforeEach(() => {
  const byPath = new Map(entries.map((one) => [one.path, one]));
  useFiles.setState({ root: "/folder", entries, byPath });
  useExpanded.setState({ root: null, paths: new Set() });
  useExplorer.setState(useExplorer.getInitialState());
  useSelection.getState().reset();
});

function row(path: string): HTMLElement {
  const found = screen.getAllByRole("treeitem").find(({ id }) => id === `file:${path}`);
  if (found === undefined) throw new Error(`there is no row of ${path}`);
  return found;
}

async function shown() {
  render(<FileTree />);
  const tree = screen.getByRole("tree", { name: "Files" });
  await waitFor(() => expect(screen.getAllByRole("treeitem").length).toBeGreaterThan(0));
  return {
    press: (...keys: string[]) => keys.map((key) => fireEvent.keyDown(tree, { key })),
    active: () => tree.getAttribute("aria-activedescendant"),
    click: (path: string, init: MouseEventInit) => fireEvent.click(row(path), init),
    rows: () => screen.getAllByRole("treeitem").map(({ id }) => id.slice("file:".length)),
  };
}

test("arrows walk the rows; Right unfolds a folder and enters it, Left leaves it and folds it", async () => {
  const { press, active, rows } = await shown();
  expect(rows()).toEqual(["cgi-bin", "index.html"]);
  press("Home", "ArrowRight");
  expect(rows()).toEqual(["cgi-bin", "cgi-bin/lib", "cgi-bin/hello.py", "cgi-bin/upper.py", "index.html"]);
  expect(active()).toBe("file:cgi-bin");
  press("ArrowRight", "ArrowDown");
  expect(active()).toBe("file:cgi-bin/hello.py");
  press("ArrowLeft");
  expect(active()).toBe("file:cgi-bin");
  press("ArrowLeft");
  expect(rows()).toEqual(["cgi-bin", "index.html"]);
  press("End", "ArrowDown");
  expect(active()).toBe("file:index.html");
});

/** What a drag carries from where it begins to where it is dropped. */
function carried() {
  const data = new Map<string, string>();
  return {
    get types() {
      return [...data.keys()];
    },
    setData: (type: string, text: string) => data.set(type, text),
    getData: (type: string) => data.get(type) ?? "",
  };
}

test("a row that is dropped on a folder moves there; a text from elsewhere moves no row that was dragged before", async () => {
  const moves: unknown[] = [];
  const client: Client = createORPCClient({ call: async (name, input) => moves.push([name, input]) });
  useServer.setState({ connection: "connected", client });
  await shown();
  const drop = (dataTransfer: ReturnType<typeof carried>): void => {
    fireEvent.dragOver(row("cgi-bin"), { dataTransfer });
    fireEvent.drop(row("cgi-bin"), { dataTransfer });
  };
  const [own, text] = [carried(), carried()];
  text.setData("text/plain", "a text");
  fireEvent.dragStart(row("index.html"), { dataTransfer: own }); // its end never comes
  drop(text);
  expect(moves).toEqual([]);
  fireEvent.dragStart(row("index.html"), { dataTransfer: own });
  drop(own);
  await waitFor(() =>
    expect(moves).toEqual([
      [["files", "move"], expect.objectContaining({ from: "index.html", to: "cgi-bin/index.html" })],
    ]),
  );
  useServer.setState({ client: null });
});

test("Enter opens a file; letters go to a name", async () => {
  const { press, active } = await shown();
  press("Home", "ArrowRight", "u", "p");
  expect(active()).toBe("file:cgi-bin/upper.py");
  press("Enter");
  expect(useSelection.getState().openFile).toBe("cgi-bin/upper.py");
  expect(screen.getByRole("treeitem", { selected: true }).id).toBe("file:cgi-bin/upper.py");
});

test("with Shift the arrows choose several rows, Escape one again", async () => {
  const { press } = await shown();
  press("Home", "ArrowRight", "ArrowDown", "ArrowDown");
  const tree = screen.getByRole("tree", { name: "Files" });
  fireEvent.keyDown(tree, { key: "ArrowDown", shiftKey: true });
  expect([...useExplorer.getState().chosen].sort()).toEqual(["cgi-bin/hello.py", "cgi-bin/upper.py"]);
  expect(screen.getAllByRole("treeitem", { selected: true })).toHaveLength(2);
  press("Escape");
  expect(useExplorer.getState().chosen.size).toBe(0);
});

test("the filter shows what matches, with the folders above it", async () => {
  const { rows } = await shown();
  act(() => useExplorer.setState({ filter: "deep" }));
  expect(rows()).toEqual(["cgi-bin", "cgi-bin/lib", "cgi-bin/lib/deep.py"]);
});

test("keys are about the row that the tree names, not about one that the filter or a folded folder hides", async () => {
  const { press, active } = await shown();
  press("Home", "ArrowRight", "ArrowDown", "ArrowDown");
  act(() => useExplorer.setState({ lastUsed: "tree" }));
  expect(targetPath()).toBe("cgi-bin/hello.py");
  act(() => useExplorer.setState({ filter: "index" }));
  expect([active(), targetPath(), targetPaths()]).toEqual(["file:index.html", "index.html", ["index.html"]]);
  act(() => useExplorer.setState({ filter: "no such file" }));
  expect([targetPath(), targetPaths()]).toEqual([null, []]);
  act(() => {
    useExpanded.setState({ root: null, paths: new Set() });
    useExplorer.setState({ filter: "" });
  });
  expect([active(), targetPath()]).toEqual(["file:cgi-bin", "cgi-bin"]);
});

test("when the active file is gone, the row in its place is the one that commands are about", async () => {
  const { press, active } = await shown();
  press("Home", "ArrowRight", "ArrowDown", "ArrowDown");
  act(() => {
    useExplorer.setState({ lastUsed: "tree" });
    useFiles.setState({ entries: entries.filter(({ path }) => path !== "cgi-bin/hello.py") });
  });
  expect([active(), targetPath()]).toEqual(["file:cgi-bin/upper.py", "cgi-bin/upper.py"]);
});

test("before a row was made active, commands are about none, and keys about the first", async () => {
  const { press } = await shown();
  act(() => useExplorer.setState({ lastUsed: "tree" }));
  expect(targetPath()).toBeNull();
  press("Delete");
  expect(targetPath()).toBe("cgi-bin");
});

test("of the chosen rows only those that are shown are acted upon, whichever is active", async () => {
  const { press, click } = await shown();
  press("Home", "ArrowRight");
  act(() => {
    choose(["cgi-bin/hello.py", "cgi-bin/upper.py", "index.html"], "index.html");
    useExplorer.setState({ lastUsed: "tree", filter: "upper" });
  });
  expect(targetPaths()).toEqual(["cgi-bin/upper.py"]);
  act(() => useExplorer.setState({ filter: "cgi-bin" }));
  expect(chosenWith("cgi-bin/hello.py")).toEqual(["cgi-bin/hello.py", "cgi-bin/upper.py"]);
  act(() => useExplorer.setState({ chosen: new Set(), filter: "deep" }));
  click("cgi-bin", { ctrlKey: true });
  expect([...useExplorer.getState().chosen]).toEqual(["cgi-bin/lib/deep.py", "cgi-bin"]);
});

test("Ctrl+A chooses what matches the filter, not the folders above it", async () => {
  await shown();
  const chooseAll = (key = "a") =>
    fireEvent.keyDown(screen.getByRole("tree", { name: "Files" }), { key, code: "KeyA", ctrlKey: true });
  act(() => useExplorer.setState({ lastUsed: "tree", filter: ".py" }));
  chooseAll();
  expect(targetPaths()).toEqual(["cgi-bin/hello.py", "cgi-bin/lib/deep.py", "cgi-bin/upper.py"]);
  act(() => useExplorer.setState({ filter: "lib/deep" }));
  chooseAll();
  expect(targetPaths()).toEqual(["cgi-bin/lib/deep.py"]);
  act(() => useExplorer.setState({ filter: "" }));
  chooseAll("ф"); // Russian
  expect(targetPaths()).toEqual(["cgi-bin", "index.html"]);
});
