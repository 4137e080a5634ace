// Whether the dialog for a cURL command is open.
import { create } from "zustand";

export const usePasteDialog = create<{ readonly isOpen: boolean }>()(() => ({ isOpen: false }));

export const openPasteDialog = (): void => usePasteDialog.setState({ isOpen: true });
