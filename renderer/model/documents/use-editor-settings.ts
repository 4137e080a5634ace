// The editor follows the settings while it is open.
import type { editor } from "monaco-editor/editor";
import { useEffect } from "react";
import { useEditorSettings } from "./editor-settings.js";

/** Lines are this much higher than their letters. */
const lineHeight = 1.6;

/** An editor, or a comparison of two. */
export interface Adjustable {
  updateOptions(options: Pick<editor.IEditorOptions, "fontSize" | "lineHeight" | "wordWrap">): void;
}

export function useSettingsIn(instance: Adjustable | null): void {
  const { fontPx, isWrapping } = useEditorSettings();
  useEffect(() => {
    instance?.updateOptions({
      fontSize: fontPx,
      lineHeight: Math.round(fontPx * lineHeight),
      wordWrap: isWrapping ? "on" : "off",
    });
  }, [instance, fontPx, isWrapping]);
}
