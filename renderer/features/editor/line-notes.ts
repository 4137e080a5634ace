// Notes after the visible lines: the text of their markers, and CRLF marks in a file with Windows line endings.
import type { editor } from "monaco-editor/editor";
import type { Monaco } from "../../model/documents/text-buffers.js";

/**
 * Longer words are in the marker's card, and so are those that would have the line scroll;
 * with less room than this there are none.
 */
const maxLength = 110;
const leastLength = 14;
/** The width of a note's character, relative to the text's. */
const lettersPerColumn = 1.4;
/** Width of a line ending's mark, in columns. */
const lineEndColumns = 4;
/** Between the line and its note. Not a margin: the editor may draw a note in several pieces. */
const gap = "\u00a0".repeat(6);
const gapColumns = 3;
/** Stay free at the end, for the scrollbar. */
const freeColumns = 2;

/** For the life of the editor. */
export function showLineNotes(monaco: Monaco, instance: editor.IStandaloneCodeEditor): void {
  const shown = instance.createDecorationsCollection();
  let frame = 0;
  const draw = (): void => {
    frame = 0;
    const model = instance.getModel();
    const columns =
      instance.getLayoutInfo().contentWidth /
      instance.getOption(monaco.editor.EditorOption.fontInfo).typicalHalfwidthCharacterWidth;
    shown.set(
      model === null
        ? []
        : instance
            .getVisibleRanges()
            .flatMap((range) => notesIn(monaco, model, range.startLineNumber, range.endLineNumber, columns)),
    );
  };
  const drawSoon = (): void => {
    if (frame === 0) frame = requestAnimationFrame(draw);
  };
  const listening = [
    instance.onDidChangeModel(drawSoon),
    instance.onDidChangeModelContent(drawSoon),
    instance.onDidScrollChange(drawSoon),
    instance.onDidLayoutChange(drawSoon),
    monaco.editor.onDidChangeMarkers(drawSoon),
  ];
  instance.onDidDispose(() => {
    cancelAnimationFrame(frame);
    for (const one of listening) one.dispose();
  });
}

function notesIn(
  monaco: Monaco,
  model: editor.ITextModel,
  first: number,
  last: number,
  columns: number,
): editor.IModelDeltaDecoration[] {
  const notes = notesOf(monaco, model);
  const hasCarriageReturns = model.getEOL() === "\r\n";
  const decorations: editor.IModelDeltaDecoration[] = [];
  for (let line = first; line <= last; line++) {
    const hasEnd = hasCarriageReturns && line < model.getLineCount();
    const column = model.getLineMaxColumn(line);
    const note = noteWithin(
      notes.get(line),
      (columns - column - gapColumns - freeColumns - (hasEnd ? lineEndColumns : 0)) * lettersPerColumn,
    );
    if (note === null && !hasEnd) continue;
    decorations.push({
      range: new monaco.Range(line, column, line, column),
      options: {
        showIfCollapsed: true,
        ...(hasEnd && {
          before: { content: "CRLF", inlineClassName: "editor-line-end", inlineClassNameAffectsLetterSpacing: true },
        }),
        ...(note !== null && {
          after: {
            content: note.text,
            inlineClassName: `editor-note editor-note-${note.tone}`,
            inlineClassNameAffectsLetterSpacing: true,
          },
        }),
      },
    });
  }
  return decorations;
}

interface Note {
  readonly text: string;
  readonly tone: "bad" | "warn";
  readonly severity: number;
}

/** As much of it as there is room for, letters. */
function noteWithin(note: Note | undefined, room: number): Note | null {
  const most = Math.min(maxLength, Math.floor(room));
  if (note === undefined || most < leastLength) return null;
  return { ...note, text: `${gap}${note.text.length > most ? `${note.text.slice(0, most - 1)}…` : note.text}` };
}

/** By line: the gravest, with its title; hints stay in their underline. */
function notesOf(monaco: Monaco, model: editor.ITextModel): ReadonlyMap<number, Note> {
  const notes = new Map<number, Note>();
  for (const { startLineNumber, severity, message } of monaco.editor.getModelMarkers({ resource: model.uri })) {
    if (severity < monaco.MarkerSeverity.Warning || severity <= (notes.get(startLineNumber)?.severity ?? 0)) continue;
    const isError = severity === monaco.MarkerSeverity.Error;
    const [title = ""] = message.split("\n");
    notes.set(startLineNumber, { text: `${isError ? "✖" : "⚠"} ${title}`, tone: isError ? "bad" : "warn", severity });
  }
  return notes;
}
