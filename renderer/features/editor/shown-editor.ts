// The editor of the active group, for commands, which have no access to components.
import type { editor } from "monaco-editor/editor";

/** The last one is that for commands: the presentation's is above the workbench's. */
let active: readonly editor.IStandaloneCodeEditor[] = [];

/** It is the one for commands until the returned function is called. */
export function showEditor(instance: editor.IStandaloneCodeEditor): () => void {
  active = [...active, instance];
  if (isFocusAsked) instance.focus();
  isFocusAsked = false;
  return () => {
    active = active.filter((other) => other !== instance);
  };
}

/** The focus goes to the editor that becomes the active one next. */
let isFocusAsked = false;
export function focusEditor(): void {
  isFocusAsked = true;
}

/** Runs an action of the editor, by its id, with the focus in it. */
export async function runInEditor(action: string): Promise<void> {
  const shown = active.at(-1);
  shown?.focus();
  await shown?.getAction(action)?.run();
}

/** What only the keyboard's own way does: typing, and the clipboard. */
export function triggerInEditor(handler: string, payload: unknown = null): void {
  const shown = active.at(-1);
  shown?.focus();
  shown?.trigger("menu", handler, payload);
}

/** The selected text of one line, while the focus is in the editor; else "". */
export function selectedText(): string {
  const shown = active.at(-1);
  const selection = shown?.getSelection();
  if (!shown?.hasTextFocus() || !selection || selection.startLineNumber !== selection.endLineNumber) return "";
  return shown.getModel()?.getValueInRange(selection) ?? "";
}
