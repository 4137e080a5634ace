// Which dialog of the Help menu is open.
import { create } from "zustand";

export const useHelp = create<{ readonly open: "shortcuts" | "about" | null }>()(() => ({ open: null }));

export const closeHelp = (): void => useHelp.setState({ open: null });
