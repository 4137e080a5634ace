// The script in the editor. A save sends the request of the presented trace again.
import { useEffect, useLayoutEffect } from "react";
import { useDocuments } from "../../model/documents/document-store.js";
import { useComposer } from "../../model/request/composer-store.js";
import { usePresentation } from "../../platform/presentation.js";
import { useSelection } from "../../platform/selection.js";
import { EditorGroup } from "../editor/index.js";

interface PresentedScriptProps {
  readonly path: string;
  /** The presented trace. */
  readonly traceId: string;
}

export function PresentedScript({ path, traceId }: PresentedScriptProps) {
  const open = useDocuments((documents) => documents.open);
  useEffect(() => useSelection.getState().open(path), [path]);
  // With the request that is shown: a save that comes next sends it, not the one before.
  useLayoutEffect(() => {
    usePresentation.setState({ scriptOf: traceId });
    return () => {
      usePresentation.setState({ scriptOf: null });
      useComposer.setState({ isAsking: false }); // that was about this request
    };
  }, [traceId]);
  return (
    <div className="editor present-script">
      <EditorGroup side={null} open={open.filter((document) => document.path === path)} shown={path} isActive />
    </div>
  );
}
