// Monaco's diff editor: the other version on the left, never to be edited, the editor's own text on the right. Side by
// side where there is room, one below the other where there is none.
import type { editor } from "monaco-editor/editor";
import { useEffect, useRef, useState } from "react";
import { bufferOf, forMonaco, loadMonaco } from "../../model/documents/text-buffers.js";
import { type Adjustable, useSettingsIn } from "../../model/documents/use-editor-settings.js";
import { editorOptions } from "../../platform/monaco/editor-options.js";
import { languageOf } from "../../platform/monaco/language.js";
import { noteCount, useDiff } from "./diff-store.js";

let shown: editor.IStandaloneDiffEditor | null = null;

/** Goes to the next or previous difference of the comparison on the screen. */
export function goToDifference(where: "next" | "previous"): void {
  shown?.goToDiff(where);
  shown?.getModifiedEditor().focus();
}

const names = { originalAriaLabel: "The other version", modifiedAriaLabel: "The file as it is now" } as const;
/** Side by side needs this much, px: two texts of some fifty characters. */
const minSideBySide = 760;

export function DiffView({ path, original }: { readonly path: string; readonly original: string }) {
  const host = useRef<HTMLDivElement>(null);
  const left = useRef<editor.ITextModel | null>(null);
  const text = useRef(original);
  const [instance, setInstance] = useState<Adjustable | null>(null);
  useSettingsIn(instance);
  /** As in code-view.tsx. */
  const buffer = bufferOf(path);

  useEffect(() => {
    const element = host.current;
    if (!element || !buffer) return;
    let isGone = false;
    let dispose = (): void => {};
    void loadMonaco().then((monaco) => {
      if (isGone || buffer.model.isDisposed()) return;
      const fontFamily = getComputedStyle(document.documentElement).getPropertyValue("--mono");
      const model = monaco.editor.createModel(forMonaco(text.current), languageOf(path, text.current).id);
      left.current = model;
      const made = monaco.editor.createDiffEditor(element, {
        ...editorOptions,
        fontFamily,
        theme: "workbench",
        originalEditable: false,
        renderSideBySideInlineBreakpoint: minSideBySide,
        useInlineViewWhenSpaceIsLimited: true,
        hideUnchangedRegions: { enabled: true },
        ignoreTrimWhitespace: false, // Python and here-documents depend on it
        renderOverviewRuler: false,
        renderMarginRevertIcon: false,
        renderGutterMenu: false,
        ...names,
      });
      made.onDidUpdateDiff(() => noteCount(made.getLineChanges()?.length ?? null));
      // As in models.ts; making the editor turned them on again.
      model.updateOptions({
        bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
      });
      // The tab is closed, or another file gets this path: before the editor misses its text.
      const dropping = buffer.model.onWillDispose(() => made.setModel(null));
      // Monaco compares them again in a moment. Until then it is not known whether the texts are equal.
      const unsettle = (): void => {
        if (useDiff.getState().count === 0) noteCount(null);
      };
      model.onDidChangeContent(unsettle);
      const editing = buffer.model.onDidChangeContent(unsettle);
      made.setModel({ original: model, modified: buffer.model });
      made.getModifiedEditor().focus();
      shown = made;
      // Whatever is changed, it forgets these.
      setInstance({ updateOptions: (options) => made.updateOptions({ ...options, ...names }) });
      dispose = () => {
        shown = null;
        setInstance(null);
        dropping.dispose();
        editing.dispose();
        made.dispose();
        model.dispose();
        left.current = null;
      };
    }); // the model of a text document exists, so this code is loaded already
    return () => {
      isGone = true;
      dispose();
    };
  }, [path, buffer]);

  // The file changed on disk meanwhile.
  useEffect(() => {
    text.current = original;
    if (left.current && left.current.getValue() !== original) left.current.setValue(forMonaco(original));
  }, [original]);
  return <div ref={host} className="diff-view" data-pane-focus />;
}
