// The text of open files, one editor model each, with what "saved" means for it: the model's
// version when it last equalled the disk. Apart from the store of documents, because models are
// mutable, large and come with the editor's chunk.
import type { editor } from "monaco-editor/editor";
import { languageOf } from "../../platform/monaco/language.js";
import { beforeIdle, whenIdle } from "../../platform/when-idle.js";

// What differs between two texts, as one edit: what is the same at both ends stays, and the cursor in it.
interface TextEdit {
  /** Offsets in the text before, in UTF-16 units. */
  readonly from: number;
  readonly to: number;
  /** What comes in place of what is between them. */
  readonly text: string;
}

/** Neither end is inside a surrogate pair: the editor would widen the edit there, and repeat or drop the other half. */
export function smallestEdit(before: string, after: string): TextEdit {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  if (isInPair(before, start) || isInPair(after, start)) start--;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  if (isInPair(before, before.length - end) || isInPair(after, after.length - end)) end--;
  return { from: start, to: before.length - end, text: after.slice(start, after.length - end) };
}

const isInPair = (text: string, offset: number): boolean =>
  /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(Math.max(0, offset - 1), offset + 1));

export type Monaco = typeof import("monaco-editor/editor");

let loading: Promise<Monaco> | null = null;
/** A person waits for the editor, too. */
const patienceMs = 50;

/**
 * The editor's code, loaded once, after the panes: its first run takes longer
 * than they do. Tried again after a failure.
 */
export function loadMonaco(): Promise<Monaco> {
  loading ??= new Promise<void>((resolve) => whenIdle(resolve, patienceMs))
    .then(() => {
      const code = import("../../platform/monaco/monaco.js");
      beforeIdle(code); // the parts that are not open yet are loaded after it
      return code;
    })
    .then(
      ({ monaco }) => monaco,
      (error: unknown) => {
        loading = null;
        throw error;
      },
    );
  return loading;
}

export interface TextBuffer {
  /** Changes when the file gets another name. */
  path: string;
  readonly model: editor.ITextModel;
  /** The model's alternative version id when it equalled the file. */
  savedVersion: number;
  /** The file's text takes the place of this one: that is no edit. */
  isTaking: boolean;
  viewState: editor.ICodeEditorViewState | null;
}

const buffers = new Map<string, TextBuffer>();

export const bufferOf = (path: string): TextBuffer | undefined => buffers.get(path);
export const isBufferDirty = ({ model, savedVersion }: TextBuffer): boolean =>
  model.getAlternativeVersionId() !== savedVersion;

/** Monaco leaves out a U+FEFF at the beginning of a text; here it belongs to the text, and is written to the file. */
export const forMonaco = (text: string): string => (text.startsWith("\ufeff") ? `\ufeff${text}` : text);

/** A buffer that equals the file's text. `onChange` is called after each edit, with its path then. */
export function createBuffer(monaco: Monaco, path: string, text: string, onChange: (path: string) => void): TextBuffer {
  const plain = monaco.Uri.from({ scheme: "workspace", path: `/${path}` });
  const before = monaco.editor.getModel(plain);
  // A file that had this name and got another one has kept its model.
  const isTaken = [...buffers.values()].some(({ model }) => model === before);
  if (!isTaken) before?.dispose();
  const uri = isTaken ? plain.with({ query: crypto.randomUUID() }) : plain;
  const model = monaco.editor.createModel(forMonaco(text), languageOf(path, text).id, uri);
  // Colours for nesting levels add nothing to the colours of the language.
  model.updateOptions({ bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false } });
  const savedVersion = model.getAlternativeVersionId();
  const buffer: TextBuffer = { path, model, savedVersion, isTaking: false, viewState: null };
  model.onDidChangeContent(() => {
    if (!buffer.isTaking) onChange(buffer.path);
  });
  buffers.set(path, buffer);
  return buffer;
}

/** The file was renamed: its text, edits and undo stay, and the language may change. */
export function moveBuffer(from: string, to: string): void {
  const buffer = buffers.get(from);
  if (!buffer) return;
  buffers.delete(from);
  buffer.path = to;
  buffers.set(to, buffer);
  const { id } = languageOf(to, buffer.model.getLineContent(1));
  if (id !== buffer.model.getLanguageId())
    void loadMonaco().then((monaco) => monaco.editor.setModelLanguage(buffer.model, id)); // loaded: there is a model
}

/**
 * Makes the text this one, as one edit that can be undone. Only what differs is
 * replaced, so that the cursor stays where it was.
 */
export function replaceText({ model }: TextBuffer, text: string): void {
  const edit = smallestEdit(model.getValue(), text.replace(/\r\n|\r|\n/g, model.getEOL()));
  const from = model.getPositionAt(edit.from);
  const to = model.getPositionAt(edit.to);
  const range = {
    startLineNumber: from.lineNumber,
    startColumn: from.column,
    endLineNumber: to.lineNumber,
    endColumn: to.column,
  };
  model.pushStackElement();
  model.pushEditOperations([], [{ range, text: edit.text }], () => null);
  model.pushStackElement();
}

/** Makes the text the file's, as it is on disk now. */
export function takeSavedText(buffer: TextBuffer, text: string): void {
  const { model } = buffer;
  buffer.isTaking = true;
  try {
    replaceText(buffer, text);
    model.setEOL(usualLineEnd(text) === "crlf" ? 1 : 0);
  } finally {
    buffer.isTaking = false;
  }
  buffer.savedVersion = model.getAlternativeVersionId();
}

/** Line ends as saved text will have them; one undoable edit. */
export function setLineEnd(monaco: Monaco, { model }: TextBuffer, lineEnd: "lf" | "crlf"): void {
  model.pushEOL(lineEnd === "crlf" ? monaco.editor.EndOfLineSequence.CRLF : monaco.editor.EndOfLineSequence.LF);
}

export const lineEndOf = ({ model }: TextBuffer): "lf" | "crlf" => (model.getEOL() === "\r\n" ? "crlf" : "lf");

/** The line end that the editor gives a text: the one that most of its lines have. */
export function usualLineEnd(text: string): "lf" | "crlf" {
  const ends = text.match(/\r\n|\r|\n/g) ?? [];
  return ends.filter((end) => end.startsWith("\r")).length > ends.length / 2 ? "crlf" : "lf";
}

/** The editor, which has one kind of line end in a text, cannot hold those of this one. */
export const isMixed = (text: string): boolean =>
  /\r(?!\n)/.test(text) || (/\r\n/.test(text) && /(?<!\r)\n/.test(text));

export function dropBuffer(path: string): void {
  buffers.get(path)?.model.dispose();
  buffers.delete(path);
}

export function dropAllBuffers(): void {
  for (const path of [...buffers.keys()]) dropBuffer(path);
}
