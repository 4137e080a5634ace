// The editor that shows a file now, for commands, which have no access to components.
import type { editor } from "monaco-editor/editor";

let shown: editor.IStandaloneCodeEditor | null = null;

/** Null: there is none any more. */
export function setShownEditor(instance: editor.IStandaloneCodeEditor | null): void {
  shown = instance;
}

/** Runs an action of the editor, by its id, with the focus in it. */
export async function runInEditor(action: string): Promise<void> {
  shown?.focus();
  await shown?.getAction(action)?.run();
}

/** What only the keyboard's own way does: typing, and the clipboard. */
export function triggerInEditor(handler: string, payload: unknown = null): void {
  shown?.focus();
  shown?.trigger("menu", handler, payload);
}

/** The selected text of one line, while the focus is in the editor; else "". */
export function selectedText(): string {
  const selection = shown?.getSelection();
  if (!shown?.hasTextFocus() || !selection || selection.startLineNumber !== selection.endLineNumber) return "";
  return shown.getModel()?.getValueInRange(selection) ?? "";
}
