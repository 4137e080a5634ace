// The script beside its X-ray, to be read: with the editor's colours and its unsaved edits, else as it is on disk.
import type { editor } from "monaco-editor/editor";
import { useEffect, useRef, useState } from "react";
import { readOrGone } from "../../model/documents/read-document.js";
import { bufferOf, loadMonaco } from "../../model/documents/text-buffers.js";
import { useFiles } from "../../model/folder/file-store.js";
import { editorOptions } from "../../platform/monaco/editor-options.js";
import { languageOf } from "../../platform/monaco/language.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { useClient } from "../../rpc/store.js";

export function ScriptText({ path }: { readonly path: string }) {
  const client = useClient();
  const host = useRef<HTMLDivElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const element = host.current;
    if (client === null || !element) return;
    let isGone = false;
    let model: editor.ITextModel | null = null;
    let end = (): void => undefined;
    const show = async (): Promise<void> => {
      const open = bufferOf(path)?.model;
      if (isGone || (model !== null && model === open)) return; // the editor's own text follows the disk
      setProblem(null); // of a lost connection, or of the file as it was
      const [monaco, content] = await Promise.all([loadMonaco(), open ? null : readOrGone(client, path)]);
      if (isGone) return;
      if (open?.isDisposed()) return show(); // its tab was closed meanwhile
      if (!open && content?.kind !== "text") {
        setProblem("This file is not text, or no longer exists.");
        return;
      }
      const text = open?.getValue() ?? (content?.kind === "text" ? content.text : "");
      if (model !== null && !model.isDisposed()) {
        if (model.getValue() !== text) model.setValue(text);
        return;
      }
      end();
      const made = open ?? monaco.editor.createModel(text, languageOf(path, text).id);
      model = made;
      const fontFamily = getComputedStyle(document.documentElement).getPropertyValue("--mono");
      const shown = monaco.editor.create(element, {
        ...editorOptions,
        fontFamily,
        model: made,
        readOnly: true,
        theme: "workbench",
        ariaLabel: `Script, ${path}`,
      });
      end = () => {
        shown.setModel(null);
        shown.dispose();
        if (!open) made.dispose();
      };
    };
    // One read after the other: the newest text comes last.
    let last = Promise.resolve();
    const showNext = (): void => {
      last = last.then(show).catch((error: unknown) => {
        if (!isGone) setProblem(problemText(problemOf(error)));
      });
    };
    showNext();
    const unfollow = useFiles.subscribe((after, before) => {
      if (after.byPath.get(path) !== before.byPath.get(path)) showNext();
    });
    return () => {
      isGone = true;
      unfollow();
      end();
    };
  }, [client, path]);
  return (
    <>
      {problem !== null && <p className="ui-empty present-script">{problem}</p>}
      <div ref={host} className="present-script" hidden={problem !== null} />
    </>
  );
}
