// The editor's commands for the file it shows.
import { documentAt } from "../../model/documents/document-store.js";
import { otherSide, useSplit } from "../../model/documents/editor-groups.js";
import { setEditor, useEditorSettings } from "../../model/documents/editor-settings.js";
import { activateGroup, closeTabOf, joinGroups, openBeside } from "../../model/documents/editor-tabs.js";
import { reloadDocument } from "../../model/documents/read-document.js";
import { saveDocument } from "../../model/documents/save-document.js";
import { loadMonaco } from "../../model/documents/text-buffers.js";
import { needsConnection, needsFolder } from "../../model/folder/command-needs.js";
import { findInFiles } from "../../model/folder/search-form.js";
import { reach } from "../../platform/anchors.js";
import { always, type Commands, command } from "../../platform/command-registry.js";
import { useSelection } from "../../platform/selection.js";
import { focusEditor, runInEditor, selectedText } from "./shown-editor.js";

// Undo, Redo and Select all of the menu and the palette, in the text that has the focus. The editor keeps its text and
// its history itself: the browser's own commands do nothing there.
const editorActions = { undo: "undo", redo: "redo", selectAll: "editor.action.selectAll" } as const;

export async function editText(action: keyof typeof editorActions): Promise<void> {
  const element = document.activeElement;
  // This element is the editor's text; the editor's search field is a field like others.
  if (!element?.matches(".native-edit-context, .inputarea")) return void document.execCommand(action);
  const { editor } = await loadMonaco(); // it is loaded: its text has the focus
  const focused = editor.getEditors().find((each) => each.getContainerDomNode().contains(element));
  focused?.focus();
  focused?.trigger("menu", editorActions[action], null);
}

const openKind = () => documentAt(useSelection.getState().openFile ?? "")?.kind;
const openText = (): string | null => (openKind() === "text" ? useSelection.getState().openFile : null);
const needsOneGroup = (): string | null => {
  if (useSelection.getState().openFile === null) return "Open a file first.";
  return useSplit.getState().split === null ? null : "The editor is split already.";
};
const needsGroups = (): string | null => (useSplit.getState().split === null ? "The editor is not split." : null);
const needsText = (): string | null => (openText() === null ? "Open a file first." : null);
const needsEncoding = (): string | null => (openKind() === "binary" ? null : needsText());

export const editorCommands = {
  "file.save": command(needsText, async () => void (await saveDocument(openText() ?? ""))),
  "file.revert": command(
    () => needsText() ?? needsConnection(),
    () => reloadDocument(openText() ?? ""),
  ),
  "file.encoding": command(needsEncoding, () => reach("status.encoding", (button) => button.click())),
  "edit.undo": command(always, () => editText("undo")),
  "edit.redo": command(always, () => editText("redo")),
  "edit.selectAll": command(always, () => editText("selectAll")),
  "editor.find": command(needsText, () => runInEditor("actions.find")),
  "editor.replace": command(needsText, () => runInEditor("editor.action.startFindReplaceAction")),
  "search.files": command(needsFolder, () => findInFiles({ text: selectedText() })),
  "search.replace": command(needsFolder, () => findInFiles({ text: selectedText(), isReplacing: true })),
  "editor.goToLine": command(needsText, () => runInEditor("editor.action.gotoLine")),
  "editor.split": command(needsOneGroup, () => {
    openBeside(useSelection.getState().openFile ?? "");
    focusEditor();
  }),
  "editor.join": command(needsGroups, joinGroups),
  "editor.otherGroup": command(needsGroups, () => {
    const { split } = useSplit.getState();
    if (split) activateGroup(otherSide(split.active));
    focusEditor();
  }),
  "editor.wordWrap": command(always, () => setEditor({ isWrapping: !useEditorSettings.getState().isWrapping })),
  "file.close": command(
    () => (useSelection.getState().openFile === null ? "No file is open." : null),
    () => closeTabOf(useSplit.getState().split?.active ?? null, useSelection.getState().openFile ?? ""),
  ),
} satisfies Partial<Commands>;
