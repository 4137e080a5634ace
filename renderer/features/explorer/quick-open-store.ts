// Whether quick open is on the screen. Apart from its view, which comes in a chunk of its own.
import { create } from "zustand";

export const useQuickOpen = create<{ readonly isOpen: boolean }>()(() => ({ isOpen: false }));

export const openQuickOpen = (): void => useQuickOpen.setState({ isOpen: true });
export const closeQuickOpen = (): void => useQuickOpen.setState({ isOpen: false });
