// Lines with bytes that the file's encoding cannot decode: marked, and read only, because saving what the
// editor shows of them would lose their bytes.
import type { editor } from "monaco-editor/editor";
import { encodingTitle, isReadOnlyEncoding } from "../../../server/contract/charsets.js";
import type { TextDocument } from "../../model/documents/document.js";
import { documentAt, useDocuments } from "../../model/documents/document-store.js";
import { bufferOf, type Monaco } from "../../model/documents/text-buffers.js";
import { useSelection } from "../../platform/selection.js";

interface Marked {
  /** The list in the document that the decorations stand for. */
  readonly lines: readonly number[];
  readonly decorations: readonly string[];
}

/** For the life of the editor. */
export function guardUndecodableLines(monaco: Monaco, instance: editor.IStandaloneCodeEditor): void {
  const marked = new WeakMap<editor.ITextModel, Marked>();
  let isGuarded = false;

  const mark = (model: editor.ITextModel, { undecodable, encoding }: TextDocument): readonly string[] => {
    const before = marked.get(model);
    if (before?.lines === undecodable) return before.decorations;
    if (before === undefined && undecodable.length === 0) return [];
    const message = `This line has bytes that ${encodingTitle(encoding)} cannot decode. They are kept.`;
    const decorations = model.deltaDecorations(
      [...(before?.decorations ?? [])],
      undecodable.map((line) => ({
        range: new monaco.Range(line, 1, line, 1),
        options: { isWholeLine: true, className: "editor-undecodable", hoverMessage: { value: message } },
      })),
    );
    marked.set(model, { lines: undecodable, decorations });
    return decorations;
  };

  const guard = (): void => {
    const model = instance.getModel();
    const { openFile } = useSelection.getState();
    const document = openFile === null ? undefined : documentAt(openFile);
    if (!model || document?.kind !== "text" || bufferOf(document.path)?.model !== model) return;
    const { encoding } = document;
    const decorations = mark(model, document);
    const selections = instance.getSelections() ?? [];
    const isTouched = decorations.some((id) => {
      const range = model.getDecorationRange(id);
      return (
        range !== null &&
        selections.some(
          ({ startLineNumber, endLineNumber }) =>
            startLineNumber <= range.endLineNumber && endLineNumber >= range.startLineNumber,
        )
      );
    });
    const isReadOnly = isTouched || isReadOnlyEncoding(encoding);
    if (isReadOnly === isGuarded) return;
    isGuarded = isReadOnly;
    const title = encodingTitle(encoding);
    const value = isReadOnlyEncoding(encoding)
      ? `The workbench reads ${title} and cannot write it. Save the file with another encoding to edit it.`
      : `${title} cannot decode this line. Reopen the file with another encoding to edit the line.`;
    instance.updateOptions({ readOnly: isReadOnly, ...(isReadOnly && { readOnlyMessage: { value } }) });
  };

  const listening = [instance.onDidChangeModel(guard), instance.onDidChangeCursorSelection(guard)];
  const ends = [useDocuments.subscribe(guard), useSelection.subscribe(guard)];
  instance.onDidDispose(() => {
    for (const one of listening) one.dispose();
    for (const end of ends) end();
  });
  guard();
}
