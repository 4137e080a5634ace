// State that commands set for the preview; commands have no access to components.
import { create } from "zustand";

interface PreviewStore {
  /** Grows with each request to see the recorded page again. */
  readonly again: number;
  /** Grows with each request to put the keyboard into the page. */
  readonly entered: number;
}

export const usePreviewStore = create<PreviewStore>()(() => ({ again: 0, entered: 0 }));

export const showPreviewAgain = (): void => usePreviewStore.setState(({ again }) => ({ again: again + 1 }));
export const enterPreview = (): void => usePreviewStore.setState(({ entered }) => ({ entered: entered + 1 }));
