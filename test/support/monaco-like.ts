// As much of the editor as documents use: component tests have none.
import type { Monaco } from "../../renderer/model/documents/text-buffers.js";

/** All of the text is one line to it. */
function modelOf(text: string) {
  let version = 1;
  let onChange = (): void => undefined;
  return {
    getAlternativeVersionId: () => version,
    getValue: () => text,
    getEOL: () => "\n",
    setEOL: () => undefined,
    pushEOL: () => undefined,
    getPositionAt: (offset: number) => ({ lineNumber: 1, column: offset }),
    pushStackElement: () => undefined,
    pushEditOperations: (_: unknown, edits: { range: { startColumn: number; endColumn: number }; text: string }[]) => {
      for (const { range, text: put } of edits)
        text = text.slice(0, range.startColumn) + put + text.slice(range.endColumn);
      version += 1;
      onChange();
    },
    onDidChangeContent: (listener: () => void) => {
      onChange = listener;
    },
    isDisposed: () => false,
    updateOptions: () => undefined,
    dispose: () => undefined,
  };
}

export const monacoLike: Monaco = Object.assign(Object.create(null), {
  editor: { createModel: modelOf, getModel: () => null, EndOfLineSequence: { LF: 0, CRLF: 1 } },
  Uri: { from: () => ({}) },
});
