// Whether the index of all rules is open, what is looked for in it, and which rule it shows.
import { create } from "zustand";

interface RulesDialogState {
  readonly isOpen: boolean;
  readonly wanted: string;
  readonly shown: string | null;
}

export const useRulesDialog = create<RulesDialogState>()(() => ({ isOpen: false, wanted: "", shown: null }));

/** `rule`: shown at once. */
export const openRules = (rule: string | null = null): void =>
  useRulesDialog.setState({ isOpen: true, wanted: "", shown: rule });
export const closeRules = (): void => useRulesDialog.setState({ isOpen: false });
