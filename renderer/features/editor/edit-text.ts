// Undo, Redo and Select all of the menu and the palette, in the text that has the focus. The editor keeps its text and
// its history itself: the browser's own commands do nothing there.
import { loadMonaco } from "../../model/documents/text-buffers.js";

const editorActions = { undo: "undo", redo: "redo", selectAll: "editor.action.selectAll" } as const;

export async function editText(action: keyof typeof editorActions): Promise<void> {
  const element = document.activeElement;
  // Of the editor's elements this one is its text; its search field is a field like others.
  if (!element?.matches(".native-edit-context, .inputarea")) return void document.execCommand(action);
  const { editor } = await loadMonaco(); // it is loaded: its text has the focus
  const focused = editor.getEditors().find((each) => each.getContainerDomNode().contains(element));
  focused?.focus();
  focused?.trigger("menu", editorActions[action], null);
}
