// The script beside its X-ray: the editor's colours and its unsaved edits, to be read.
import { useEffect, useRef, useState } from "react";
import { readOrGone } from "../../model/documents/read-document.js";
import { bufferOf, loadMonaco } from "../../model/documents/text-buffers.js";
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
    setProblem(null); // of a lost connection
    let isGone = false;
    let end = (): void => undefined;
    const show = async (): Promise<void> => {
      const open = bufferOf(path)?.model;
      const [monaco, content] = await Promise.all([loadMonaco(), open ? null : readOrGone(client, path)]);
      if (isGone) return;
      if (!open && content?.kind !== "text") {
        setProblem("This file is not text, or no longer exists.");
        return;
      }
      const text = content?.kind === "text" ? content.text : "";
      const model = open ?? monaco.editor.createModel(text, languageOf(path, text).id);
      const fontFamily = getComputedStyle(document.documentElement).getPropertyValue("--mono");
      const shown = monaco.editor.create(element, {
        ...editorOptions,
        fontFamily,
        model,
        readOnly: true,
        theme: "workbench",
        ariaLabel: `Script, ${path}`,
      });
      end = () => {
        shown.setModel(null);
        shown.dispose();
        if (!open) model.dispose();
      };
    };
    show().catch((error: unknown) => isGone || setProblem(problemText(problemOf(error))));
    return () => {
      isGone = true;
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
