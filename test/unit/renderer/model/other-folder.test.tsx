// What is known of a script belongs to its folder: in another one the same path is another script.
import { afterEach, expect, test } from "vitest";
import { compare, measure, showLast, useMeasure } from "../../../../renderer/features/mode-comparison/measure-store.js";
import { fileSaves } from "../../../../renderer/model/documents/save-document.js";
import { useFiles } from "../../../../renderer/model/folder/file-store.js";
import { useWorkspace } from "../../../../renderer/model/folder/workspace-store.js";
import { followSaves, useSaveMarks } from "../../../../renderer/model/traces/save-marks.js";
import { useServer } from "../../../../renderer/rpc/store.js";
import { holdCalls } from "../../../support/held-calls.js";

afterEach(() => useServer.setState({ client: null }));

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

test("trials of a mode", async () => {
  openFolder("/srv/a");
  await showLast("a.py");
  const trials = new Map([["cgi" as const, { id: "1", status: 200, ms: 3 }]]);
  useMeasure.setState({ trials });
  await showLast("a.py");
  expect(useMeasure.getState().trials).toEqual(trials);
  openFolder("/srv/b");
  await showLast("a.py");
  expect(useMeasure.getState()).toMatchObject({ path: "a.py", trials: new Map() });
});

const asked = { path: "a.py", target: "/a.py", connections: 1, rate: null, seconds: 600 };
const against = { kind: "script" as const, target: "/b.py" };
test.each([
  ["a measurement of the modes", () => measure(asked)],
  ["one of two versions", () => compare({ ...asked, mode: "cgi", against }, "b.py")],
] as const)("%s ends", async (_name, begin) => {
  openFolder("/srv/a");
  const { call } = holdCalls();
  const over = begin();
  const { signal, fail } = await call(0);
  openFolder("/srv/b");
  expect(signal?.aborted).toBe(true);
  fail();
  await over;
  expect(useMeasure.getState()).toMatchObject({
    ...{ path: null, running: null, failures: { modes: null, versions: null } },
  });
});
