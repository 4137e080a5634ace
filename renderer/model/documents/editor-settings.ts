// The user's settings for this window, beside the theme: remembered in the browser's or the app's own storage, not in
// the folder.
import { create } from "zustand";
import { isRecord, recall, remember } from "../../platform/storage.js";

interface EditorSettings {
  /** Pixels. */
  readonly fontPx: number;
  /** Long lines go on in the next one. */
  readonly isWrapping: boolean;
}

export const fontPxRange = { least: 8, most: 40 } as const;
export const isFontPx = (value: number): boolean => value >= fontPxRange.least && value <= fontPxRange.most;
const initial: EditorSettings = { fontPx: 12.5, isWrapping: false };

export const useEditorSettings = create<EditorSettings>()(() => recall("editor", accept) ?? initial);

export function setEditor(change: Partial<EditorSettings>): void {
  useEditorSettings.setState(change);
  remember("editor", useEditorSettings.getState());
}

function accept(value: unknown): EditorSettings | null {
  if (!isRecord(value)) return null;
  const { fontPx, isWrapping } = value;
  return {
    fontPx: typeof fontPx === "number" && isFontPx(fontPx) ? fontPx : initial.fontPx,
    isWrapping: isWrapping === true,
  };
}
