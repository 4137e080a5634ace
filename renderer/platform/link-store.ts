// Whether the dialog for a link is open.
import { create } from "zustand";

export const useLinkDialog = create<{ readonly isOpen: boolean }>()(() => ({ isOpen: false }));

export const openLinkDialog = (): void => useLinkDialog.setState({ isOpen: true });
