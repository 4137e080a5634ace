// As much of the editor as documents use: component tests have none.
import type { Monaco } from "../../renderer/model/documents/text-buffers.js";

/** All of the text is one line to it. */
function modelOf(text: string) {
  let version = 1;
  const listeners: (() => void)[] = [];
  const put = (next: string): void => {
    text = next;
    version += 1;
    for (const listener of listeners) listener();
  };
  return {
    getAlternativeVersionId: () => version,
    getValue: () => text,
    setValue: put,
    getEOL: () => "\n",
    setEOL: () => undefined,
    pushEOL: () => undefined,
    getPositionAt: (offset: number) => ({ lineNumber: 1, column: offset }),
    pushStackElement: () => undefined,
    pushEditOperations: (_: unknown, edits: { range: { startColumn: number; endColumn: number }; text: string }[]) => {
      let next = text;
      for (const edit of edits)
        next = next.slice(0, edit.range.startColumn) + edit.text + next.slice(edit.range.endColumn);
      put(next);
    },
    onDidChangeContent: (listener: () => void) => void listeners.push(listener),
    isDisposed: () => false,
    updateOptions: () => undefined,
    dispose: () => undefined,
  };
}

/** Shows the whole text. */
function create(host: HTMLElement, { model }: { readonly model: ReturnType<typeof modelOf> }) {
  const show = (): void => {
    host.textContent = model.getValue();
  };
  model.onDidChangeContent(show);
  show();
  return { setModel: () => undefined, dispose: () => undefined };
}

export const monacoLike: Monaco = Object.assign(Object.create(null), {
  editor: { create, createModel: modelOf, getModel: () => null, EndOfLineSequence: { LF: 0, CRLF: 1 } },
  Uri: { from: () => ({}) },
});
