// Which dialogs are open. Apart from the dialogs themselves, which come in chunks of their
// own: commands and buttons open them by name.
import { create } from "zustand";

type DialogName =
  | "palette"
  | "quick-open"
  | "link"
  | "folder"
  | "new-file"
  | "paste-curl"
  | "export"
  | "annotate"
  | "save-search"
  | "open-traces"
  | "vary"
  | "hold"
  | "breakpoint"
  | "byte-origin"
  | "save-request"
  | "settings"
  | "rules"
  | "problems"
  | "compile"
  | "figures"
  | "encodings"
  | "assistants"
  | "command-answer"
  | "deploy"
  | "adopt"
  | "course"
  | "documentation"
  | "shortcuts"
  | "about"
  | "licences";

/** With what each is about: a folder, a rule; null for nothing in particular. */
const useDialogs = create<{ readonly open: ReadonlyMap<DialogName, string | null> }>()(() => ({ open: new Map() }));

export const openDialog = (name: DialogName, about: string | null = null): void =>
  useDialogs.setState(({ open }) => ({ open: new Map(open).set(name, about) }));

export const closeDialog = (name: DialogName): void =>
  useDialogs.setState(({ open }) => ({ open: new Map([...open].filter(([other]) => other !== name)) }));

export const isDialogOpen = (name: DialogName): boolean => useDialogs.getState().open.has(name);
export const useDialogOpen = (name: DialogName): boolean => useDialogs(({ open }) => open.has(name));
/** What the dialog is about, when it was opened about something. */
export const useDialogSubject = (name: DialogName): string | null => useDialogs(({ open }) => open.get(name) ?? null);
