// Behind the lines that are in sight: what is marked in them, in words; and, in a file with Windows line ends, where each line ends.
import type { editor } from "monaco-editor/editor";
import type { Monaco } from "./models.js";

/** Longer words are in the marker's card. */
const maxLength = 110;
/** Between the line and its note. Not a margin: the editor may draw a note in several pieces. */
const gap = "\u00a0".repeat(6);

/** For the life of the editor. */
export function showLineNotes(monaco: Monaco, instance: editor.IStandaloneCodeEditor): void {
  const shown = instance.createDecorationsCollection();
  let frame = 0;
  const draw = (): void => {
    frame = 0;
    const model = instance.getModel();
    shown.set(model === null ? [] : instance.getVisibleRanges().flatMap((range) => notesIn(monaco, model, range.startLineNumber, range.endLineNumber)));
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

function notesIn(monaco: Monaco, model: editor.ITextModel, first: number, last: number): editor.IModelDeltaDecoration[] {
  const notes = notesOf(monaco, model);
  const hasCarriageReturns = model.getEOL() === "\r\n";
  const decorations: editor.IModelDeltaDecoration[] = [];
  for (let line = first; line <= last; line++) {
    const note = notes.get(line);
    const hasEnd = hasCarriageReturns && line < model.getLineCount();
    if (note === undefined && !hasEnd) continue;
    const column = model.getLineMaxColumn(line);
    decorations.push({
      range: new monaco.Range(line, column, line, column),
      options: {
        showIfCollapsed: true,
        ...(hasEnd && { before: { content: "CRLF", inlineClassName: "editor-line-end", inlineClassNameAffectsLetterSpacing: true } }),
        ...(note !== undefined && {
          after: { content: note.text, inlineClassName: `editor-note editor-note-${note.tone}`, inlineClassNameAffectsLetterSpacing: true },
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

/** By line: the gravest, with its title; hints stay in their underline. */
function notesOf(monaco: Monaco, model: editor.ITextModel): ReadonlyMap<number, Note> {
  const notes = new Map<number, Note>();
  for (const { startLineNumber, severity, message } of monaco.editor.getModelMarkers({ resource: model.uri })) {
    if (severity < monaco.MarkerSeverity.Warning || severity <= (notes.get(startLineNumber)?.severity ?? 0)) continue;
    const isError = severity === monaco.MarkerSeverity.Error;
    const [title = ""] = message.split("\n");
    const words = title.length > maxLength ? `${title.slice(0, maxLength - 1)}…` : title;
    notes.set(startLineNumber, { text: `${gap}${isError ? "✖" : "⚠"} ${words}`, tone: isError ? "bad" : "warn", severity });
  }
  return notes;
}
