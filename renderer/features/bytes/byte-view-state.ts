// State that all byte views share: the form, the search text, and the view that commands act on.
import { create } from "zustand";
import { type ChosenByte, useChosenByte } from "../../model/traces/chosen-byte.js";
import type { ByteForm } from "./byte-format.js";

/** As many as a search in files takes. */
export const maxFoundBytes = 500;

export type ByteMode = "text" | "hex" | "both";

interface ByteViewState {
  /** Null: text, unless the bytes are no text. */
  readonly mode: ByteMode | null;
  /** Of files. */
  readonly fileMode: ByteMode | null;
  readonly isFinding: boolean;
  readonly wanted: string;
  readonly isHex: boolean;
  readonly matchesCase: boolean;
}
export const useByteViewState = create<ByteViewState>()(() => ({
  mode: null,
  fileMode: null,
  isFinding: false,
  wanted: "",
  isHex: false,
  matchesCase: false,
}));

/** The actions of the byte view on the screen. */
export interface ByteViewActions {
  find(): void;
  goTo(by: 1 | -1): void;
  copy(form: ByteForm): Promise<void>;
  /** The selection, or everything, as a file. */
  save(): Promise<void>;
  /** The selected bytes, in hex. */
  selected(): string;
  /** The byte at the caret; null: there is no caret, or the bytes are a file's. */
  byte(): ChosenByte | null;
  /** Opens the menu of charsets. */
  readAs(): void;
}
/** A view on the screen: its actions as they are now. */
interface MountedView {
  readonly current: ByteViewActions;
}
/** Of the views on the screen the one that came or had the focus last; null when there is none. */
export const useShownBytes = create<{ readonly shown: MountedView | null }>()(() => ({ shown: null }));

/** The views on the screen, the shown one last. */
let mounted: readonly MountedView[] = [];
function setMounted(views: readonly MountedView[]): void {
  mounted = views;
  const shown = views.at(-1) ?? null;
  useShownBytes.setState({ shown });
  useChosenByte.setState({ chosen: shown && (() => shown.current.byte()) });
}
const without = (view: MountedView) => mounted.filter((other) => other !== view);
export const mountedBytes = {
  toFront: (view: MountedView): void => setMounted([...without(view), view]),
  remove: (view: MountedView): void => setMounted(without(view)),
};
