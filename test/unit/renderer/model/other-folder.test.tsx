// What is known of a script belongs to its folder: in another one the same path is another script.
import { expect, test } from "vitest";
import { findChoices, useCompare } from "../../../../renderer/features/mode-comparison/compare-store.js";
import { showLast, useMeasure } from "../../../../renderer/features/mode-comparison/measure-store.js";
import { fileSaves } from "../../../../renderer/model/documents/save-document.js";
import { useFiles } from "../../../../renderer/model/folder/file-store.js";
import { useWorkspace } from "../../../../renderer/model/folder/workspace-store.js";
import { followSaves, useSaveMarks } from "../../../../renderer/model/traces/save-marks.js";

const openFolder = (root: string): void => {
  useWorkspace.setState({ workspace: { root, name: "a" } });
  useFiles.setState({ root });
};

test("the marks of saves", () => {
  followSaves();
  openFolder("/srv/a");
  fileSaves.fire({ path: "a.py", sendsItself: false });
  expect(useSaveMarks.getState().marks).toMatchObject([{ file: "a.py" }]);
  openFolder("/srv/b");
  expect(useSaveMarks.getState().marks).toEqual([]);
});

test("trials of a mode, and a comparison with another version", async () => {
  openFolder("/srv/a");
  await showLast("a.py");
  await findChoices("a.py");
  const trials = new Map([["cgi" as const, { id: "1", status: 200, ms: 3 }]]);
  useMeasure.setState({ trials });
  useCompare.setState({ choices: [{ key: "b", title: "b.py", against: { kind: "script", target: "/b.py" } }] });
  await showLast("a.py");
  expect(useMeasure.getState().trials).toEqual(trials);
  openFolder("/srv/b");
  await showLast("a.py");
  await findChoices("a.py");
  expect(useMeasure.getState()).toMatchObject({ path: "a.py", root: "/srv/b", trials: new Map() });
  expect(useCompare.getState()).toMatchObject({ path: "a.py", root: "/srv/b", choices: [] });
});
