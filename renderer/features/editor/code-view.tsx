// Monaco in the page: one editor for the life of a group, a model per file, each with its own scroll and cursor.
// Hidden, not removed, while something else is shown.
import type { editor } from "monaco-editor/editor";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { noteCursor } from "../../model/documents/cursor-store.js";
import { nameOf } from "../../model/documents/document.js";
import { bufferOf, loadMonaco, type TextBuffer } from "../../model/documents/text-buffers.js";
import { useSettingsIn } from "../../model/documents/use-editor-settings.js";
import { passFocusOn } from "../../platform/focus-pane.js";
import { idlePart } from "../../platform/lazy-part.js";
import { editorOptions } from "../../platform/monaco/editor-options.js";
import { useSelection } from "../../platform/selection.js";
import { showEditor } from "./shown-editor.js";

const EditorMenu = idlePart(async () => (await import("./editor-menu.js")).EditorMenu);

export function CodeView({ path, isActive }: { readonly path: string | null; readonly isActive: boolean }) {
  const host = useRef<HTMLDivElement>(null);
  const [instance, setInstance] = useState<editor.IStandaloneCodeEditor | null>(null);
  const [menu, setMenu] = useState<{ readonly x: number; readonly y: number } | null>(null);
  const [wasWanted, setWasWanted] = useState(false);
  /** Of the files that this editor has shown: another one may show the same file elsewhere. */
  const views = useRef(new WeakMap<TextBuffer, editor.ICodeEditorViewState | null>());
  if (path !== null && !wasWanted) setWasWanted(true);
  /** Also becomes another one when a file is renamed to this path. */
  const buffer = path === null ? undefined : bufferOf(path);

  useEffect(() => {
    const element = host.current;
    if (!wasWanted || !element) return;
    let made: editor.IStandaloneCodeEditor | null = null;
    let isGone = false;
    void loadMonaco().then((monaco) => {
      if (isGone) return;
      const fontFamily = getComputedStyle(document.documentElement).getPropertyValue("--mono");
      const options = { ...editorOptions, glyphMargin: true, fontFamily, theme: "workbench" };
      made = monaco.editor.create(element, { ...options, model: null });
      const shown = made;
      // Without it lines have no notes.
      void import("./line-notes.js").then(({ showLineNotes }) => isGone || showLineNotes(monaco, shown));
      void import("./undecodable-lines.js").then(({ guardUndecodableLines }) =>
        isGone ? undefined : guardUndecodableLines(monaco, shown),
      ); // without it the server refuses to save such a line
      // Without it there are no names of CGI to choose.
      void import("./cgi-knowledge.js").then(({ registerCgiKnowledge }) => registerCgiKnowledge(monaco));
      // Nothing without a path.
      void import("./request-summary.js").then(({ showRequestSummary }) => isGone || showRequestSummary(shown));
      // The command sends without it.
      void import("./request-lenses.js").then(({ showRequestLenses }) => isGone || showRequestLenses(shown));
      // Without it there are no breakpoints.
      void import("../debug/editor-marks.js").then(({ showDebugMarks }) => isGone || showDebugMarks(monaco, shown));
      made.onContextMenu(({ event, target }) => {
        event.preventDefault();
        if (target.type === monaco.editor.MouseTargetType.GUTTER_GLYPH_MARGIN) return; // of breakpoints
        setMenu({ x: event.posx - window.scrollX, y: event.posy - window.scrollY });
      });
      for (const keys of [monaco.KeyMod.Shift | monaco.KeyCode.F10, monaco.KeyCode.ContextMenu])
        made.addCommand(keys, () => setMenu(placeAtCursor(shown, element)));
      setInstance(made);
      // Without it there are no markers.
      void import("../doctor/editor-markers.js").then(({ followMarkers }) => followMarkers(monaco));
    }); // the model of a text document exists, so this code is loaded already
    return () => {
      isGone = true;
      setInstance(null);
      made?.dispose();
    };
  }, [wasWanted]);

  // With what is drawn: a moment later the tab may be closed, and its text gone.
  useLayoutEffect(() => {
    if (!instance || path === null || !buffer) return;
    instance.setModel(buffer.model);
    instance.updateOptions({ ariaLabel: `Editor, ${nameOf(path)}` });
    const view = views.current.get(buffer) ?? buffer.viewState;
    if (view) instance.restoreViewState(view);
    instance.render(true); // else the line numbers may stay where they were for the file before
    return () => {
      buffer.viewState = buffer.model.isDisposed() ? null : instance.saveViewState();
      views.current.set(buffer, buffer.viewState);
      if (!buffer.model.isDisposed()) instance.setModel(null);
    };
  }, [instance, path, buffer]);

  useEffect(() => {
    if (!instance || !isActive) return;
    return showEditor(instance);
  }, [instance, isActive]);
  useEffect(() => {
    if (!instance || !isActive || !buffer) return;
    const note = (): void => {
      const position = instance.getPosition();
      noteCursor(position && { line: position.lineNumber, column: position.column });
    };
    note();
    const listening = instance.onDidChangeCursorPosition(note);
    return () => {
      listening.dispose();
      noteCursor(null);
    };
  }, [instance, isActive, buffer]);

  useLayoutEffect(() => {
    if (path === null) passFocusOn(host.current);
  }, [path]);
  useReveal(isActive ? instance : null, path);
  useSettingsIn(instance);
  return (
    <>
      <div ref={host} className="editor-code" hidden={path === null} data-pane-focus />
      <EditorMenu at={menu} onClose={() => setMenu(null)} focusEditor={() => instance?.focus()} />
    </>
  );
}

/** Below the cursor, in px of the window. */
function placeAtCursor(instance: editor.IStandaloneCodeEditor, element: HTMLElement): { x: number; y: number } {
  const { left, top } = element.getBoundingClientRect();
  const position = instance.getPosition();
  const place = position && instance.getScrolledVisiblePosition(position);
  return { x: left + (place?.left ?? 0), y: top + (place ? place.top + place.height : 0) };
}

/** Goes to the line that something else in the window asked for. */
function useReveal(instance: editor.IStandaloneCodeEditor | null, path: string | null): void {
  const reveal = useSelection((selection) => selection.reveal);
  useEffect(() => {
    if (!instance || !reveal || reveal.path !== path) return;
    instance.layout(); // it may have been hidden until now, and would scroll sideways
    const { line: lineNumber, match } = reveal;
    const column = match?.column ?? 1;
    instance.revealPositionInCenterIfOutsideViewport({ lineNumber, column });
    instance.setSelection({
      startLineNumber: lineNumber,
      startColumn: column,
      endLineNumber: lineNumber,
      endColumn: column + (match?.length ?? 0),
    });
    instance.focus();
    useSelection.getState().revealed();
  }, [instance, path, reveal]);
}
