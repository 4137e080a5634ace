// A chosen fix in the Doctor tab: what is made is what was shown, and no unsaved edits go with it.
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { sendRequest } from "../../../../../renderer/features/composer/send.js";
import { applyFix } from "../../../../../renderer/features/doctor/apply-fix.js";
import { FixPanel } from "../../../../../renderer/features/doctor/fix-panel.js";
import {
  discardDocument,
  documentAt,
  putDocument,
  useDocuments,
} from "../../../../../renderer/model/documents/document-store.js";
import { readDocument } from "../../../../../renderer/model/documents/read-document.js";
import { saveDocument } from "../../../../../renderer/model/documents/save-document.js";
import { bufferOf, replaceText } from "../../../../../renderer/model/documents/text-buffers.js";
import { showDraft } from "../../../../../renderer/model/request/composer-store.js";
import { blankDraft } from "../../../../../renderer/model/request/draft.js";
import { showTab } from "../../../../../renderer/model/traces/inspector-state.js";
import { anchor } from "../../../../../renderer/platform/anchors.js";
import { useNotices } from "../../../../../renderer/platform/notices.js";
import { useSelection } from "../../../../../renderer/platform/selection.js";
import { useServer } from "../../../../../renderer/rpc/store.js";
import type { FixId } from "../../../../../server/contract/doctor-contract.js";
import { coded } from "../../../../support/coded.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import { prepareEditor } from "../../../../support/prepared-editor.js";
import { type ServedPage, servePage } from "../../../../support/served-page.js";

const config = "cgi-workbench.json";
const finding = { rule: "any", title: "any" };

layOutPage();
prepareEditor();
let served: ServedPage;
let traceId: string;
beforeAll(async () => {
  served = await servePage();
  served.script("a.cgi", "printf 'Content-Type: text/plain\\n\\n'");
  useDocuments.setState({ root: served.folder.path });
  showDraft(blankDraft("/a.cgi"), null);
  await sendRequest();
  traceId = useSelection.getState().traceId ?? "";
});
afterAll(() => served[Symbol.asyncDispose]());
beforeEach(() => {
  for (const { path } of useDocuments.getState().open) discardDocument(path);
});

async function open(path: string, edited?: string): Promise<void> {
  putDocument({ kind: "unread", path, isDirty: false });
  await readDocument(path);
  if (edited !== undefined) type(path, edited);
}
function type(path: string, text: string): void {
  const buffer = bufferOf(path);
  if (buffer) replaceText(buffer, text);
}
const inEditor = (path: string) => bufferOf(path)?.model.getValue();

const fixOf = (id: FixId) => ({ id, title: id });
const apply = (path: string, id: FixId) => applyFix({ path, fix: fixOf(id), finding, traceId: null }, null);

/** The panel with its first preview. */
async function showPanel(path: string, id: FixId) {
  const closed = vi.fn();
  render(<FixPanel path={path} fix={fixOf(id)} finding={finding} traceId={traceId} onClose={closed} />);
  await screen.findAllByRole("listitem");
  const button = () => within(screen.getByRole("group", { name: id })).getAllByRole<HTMLButtonElement>("button")[0];
  const press = async (): Promise<void> => {
    fireEvent.click(button() ?? document.body);
    await waitFor(() => expect(closed.mock.calls.length > 0 || button()?.disabled === false).toBe(true));
  };
  return { closed, press, shown: () => screen.getByRole("list").textContent };
}
function changeOnDisk(path: string, text: string): void {
  served.folder.write(path, text);
}
function noticeFiles(): void {
  const { state } = useServer.getState();
  const workspace = state?.workspace;
  if (!state || !workspace) throw new Error("no folder is open");
  useServer.setState({ state: { ...state, workspace: { ...workspace, filesRev: workspace.filesRev + 1 } } });
}

test("a file that changed since the preview is left alone; its new preview is shown, and can be applied", async () => {
  changeOnDisk("lf.sh", "#!/bin/sh\r\necho one\r\n");
  const { closed, press, shown } = await showPanel("lf.sh", "use-line-feeds");
  changeOnDisk("lf.sh", "#!/bin/sh\r\necho two\r\n");
  await press();
  expect(screen.getByRole("alert")).toBeTruthy();
  expect([closed.mock.calls.length, served.folder.read("lf.sh")]).toEqual([0, "#!/bin/sh\r\necho two\r\n"]);
  await waitFor(() => expect(shown()).toContain("echo two"));
  await press();
  expect([closed.mock.calls.length, served.folder.read("lf.sh")]).toEqual([1, "#!/bin/sh\necho two\n"]);
});

test("can be undone although the request cannot be sent again", async () => {
  const before = "#!/bin/sh\r\necho one\r\n";
  changeOnDisk("lf.sh", before);
  const fix = fixOf("use-line-feeds");
  expect(await applyFix({ path: "lf.sh", fix, finding, traceId: "not-kept" }, null)).toBeNull();
  expect(served.folder.read("lf.sh")).not.toBe(before);
  const notice = useNotices.getState().notices.find(({ tone }) => tone === "bad");
  notice?.action?.run();
  await waitFor(() => expect(served.folder.read("lf.sh")).toBe(before));
});

test("takes the focus at its first preview, and at no later one", async () => {
  changeOnDisk("lf.sh", "#!/bin/sh\r\necho one\r\n");
  await showPanel("lf.sh", "use-line-feeds");
  await waitFor(() => expect(document.activeElement?.tagName).toBe("BUTTON"));
  const field = document.body.appendChild(document.createElement("input"));
  field.focus();
  changeOnDisk("lf.sh", "#!/bin/sh\n");
  noticeFiles();
  await screen.findByRole("alert");
  changeOnDisk("lf.sh", "#!/bin/sh\r\n");
  noticeFiles();
  await screen.findAllByRole("listitem");
  expect(document.activeElement).toBe(field);
  field.remove();
});

test("left with the focus, it gives the focus to the tab that is shown, and opens none", async () => {
  changeOnDisk("lf.sh", "#!/bin/sh\r\necho one\r\n");
  showTab("doctor");
  await showPanel("lf.sh", "use-line-feeds");
  await waitFor(() => expect(document.activeElement?.tagName).toBe("BUTTON"));
  showTab("stdout");
  const tabs = (["doctor", "streams"] as const).map((name) => (
    <button key={name} type="button" id={name} ref={anchor(`inspector.tab.${name}`)} />
  ));
  cleanup();
  render(tabs);
  await waitFor(() => expect(document.activeElement?.id).toBe("streams"));
});

test("what is typed into the script since the preview is not fixed unseen", async () => {
  changeOnDisk("old.py", "print 'one'\n");
  await open("old.py");
  const { closed, press, shown } = await showPanel("old.py", "print-function");
  type("old.py", "print 'typed'\n");
  await press();
  expect([closed.mock.calls.length, inEditor("old.py")]).toEqual([0, "print 'typed'\n"]);
  await waitFor(() => expect(shown()).toContain("print('typed')"));
  await press();
  expect([closed.mock.calls.length, served.folder.read("old.py")]).toEqual([1, "print('typed')\n"]);
});

test("what is shown of an open file that mixes line ends is what is written", async () => {
  changeOnDisk("mixed.sh", "#!/bin/sh\r\necho one\necho two\r\n");
  await open("mixed.sh");
  expect(documentAt("mixed.sh")).toMatchObject({ mixed: true });
  const { closed, press } = await showPanel("mixed.sh", "use-line-feeds");
  await press();
  expect([closed.mock.calls.length, served.folder.read("mixed.sh")]).toEqual([1, "#!/bin/sh\necho one\necho two\n"]);
  expect(documentAt("mixed.sh")).toMatchObject({ mixed: false, isDirty: false });
  expect(inEditor("mixed.sh")).toBe("#!/bin/sh\necho one\necho two\n");
});

test("the preview follows the folder's files", async () => {
  changeOnDisk("lf.sh", "#!/bin/sh\r\necho one\r\n");
  const { shown } = await showPanel("lf.sh", "use-line-feeds");
  changeOnDisk("lf.sh", "#!/bin/sh\r\necho two\r\n");
  noticeFiles();
  await waitFor(() => expect(shown()).toContain("echo two"));
  changeOnDisk("lf.sh", "#!/bin/sh\n");
  noticeFiles();
  await screen.findByRole("alert"); // nothing is left to change
  expect(screen.queryByRole("list")).toBeNull();
});

test("unsaved edits of the configuration refuse a fix that changes it; saved, it can be made", async () => {
  changeOnDisk(config, "{}\n");
  changeOnDisk("a.py", "#!/usr/bin/env python3\n");
  await open(config, '{ "variables": {} }\n');
  expect(await apply("a.py", "set-encoding-environment")).toEqual(coded("unsaved-edits", { path: config }));
  expect([inEditor(config), served.folder.read(config)]).toEqual(['{ "variables": {} }\n', "{}\n"]);
  expect(await saveDocument(config)).toBe(true);
  expect(await apply("a.py", "set-encoding-environment")).toBeNull();
  expect(JSON.parse(served.folder.read(config))).toMatchObject({ variables: {}, scripts: { "a.py": {} } });
});

test("an open file that is not what is on disk is left alone", async () => {
  changeOnDisk("lf.sh", "#!/bin/sh\r\necho one\r\n");
  await open("lf.sh");
  changeOnDisk("lf.sh", "#!/bin/sh\r\necho two\r\n");
  expect(await apply("lf.sh", "use-line-feeds")).toEqual(coded("changed", { path: "lf.sh" }));
  expect(inEditor("lf.sh")).toBe("#!/bin/sh\r\necho one\r\n");
});

test.each([
  ["saved", undefined],
  ["unsaved", "import cgi\nform = cgi.FieldStorage()\n"],
])("a fix of an open script, %s, writes the file beside it, too", async (_, edited) => {
  served.folder.makeFolder("py");
  changeOnDisk("py/form.py", edited === undefined ? "import cgi\nform = cgi.FieldStorage()\n" : "\n");
  await open("py/form.py", edited);
  expect(await apply("py/form.py", "replace-field-storage")).toBeNull();
  expect(served.folder.read("py/form.py")).toContain("form_fields");
  expect(served.folder.read("py/form_fields.py")).toContain("FieldStorage");
  served.folder.remove("py/form_fields.py");
});

test("a fix of all scripts is one difference for each, and one undo takes back those on disk and in the editor", async () => {
  const old = "print 'one'\n";
  const paths = ["all-1.py", "all-2.py", "all-3.py"];
  for (const path of paths) changeOnDisk(path, old);
  await open("all-2.py");
  const closed = vi.fn();
  const fix = fixOf("print-function");
  const [first = "", ...others] = paths;
  render(<FixPanel path={first} others={others} fix={fix} finding={finding} traceId={null} onClose={closed} />);
  expect(await screen.findAllByRole("list")).toHaveLength(3);
  fireEvent.click(screen.getByRole("button", { name: "Apply" }));
  await waitFor(() => expect(closed).toHaveBeenCalled());
  const texts = () => paths.map((path) => served.folder.read(path));
  expect(texts()).toEqual(paths.map(() => "print('one')\n"));
  useNotices.getState().notices.at(-1)?.action?.run();
  await waitFor(() => expect(texts()).toEqual([old, old, old]));
});
