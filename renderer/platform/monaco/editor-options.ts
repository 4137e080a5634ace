// How Monaco looks and behaves here, in the editor and in comparisons.
import type { editor } from "monaco-editor/editor";

export const editorOptions: editor.IEditorOptions & editor.IGlobalEditorOptions = {
  automaticLayout: true,
  contextmenu: false, // the window has its own
  fixedOverflowWidgets: true,
  fontSize: 12.5,
  lineHeight: 20,
  minimap: { enabled: false },
  scrollBeyondLastLine: false,
  scrollBeyondLastColumn: 1,
  renderLineHighlight: "line",
  lineNumbersMinChars: 3,
  glyphMargin: false,
  overviewRulerBorder: false,
  hideCursorInOverviewRuler: true,
  lineDecorationsWidth: 8,
  padding: { top: 6, bottom: 6 },
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
  stickyScroll: { enabled: false },
  unusualLineTerminators: "off", // shown by the byte views; asking about them here would be a dialog
  wordBasedSuggestions: "currentDocument",
  quickSuggestions: { other: true, comments: false, strings: false },
  tabFocusMode: false,
  renderControlCharacters: true,
  smoothScrolling: false,
};
