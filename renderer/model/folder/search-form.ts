// What is to be found in the folder's files, as the form has it. Here, because commands of other parts fill it in.
import { create } from "zustand";
import { reach } from "../../platform/anchors.js";
import { showBottomTab } from "../../platform/bottom-tab-store.js";

export interface SearchForm {
  /** A text, or bytes in hex. */
  readonly text: string;
  readonly isHex: boolean;
  readonly matchesCase: boolean;
  readonly wholeWord: boolean;
  readonly isRegex: boolean;
  readonly include: string;
  readonly exclude: string;
  readonly isReplacing: boolean;
  readonly replacement: string;
  /** Grows when a search is to begin without a press on the button. */
  readonly asked: number;
}

export const useSearchForm = create<SearchForm>()(() => ({
  text: "",
  isHex: false,
  matchesCase: false,
  wholeWord: false,
  isRegex: false,
  include: "",
  exclude: "",
  isReplacing: false,
  replacement: "",
  asked: 0,
}));

/** Shows the search, with a text in it if one is given. */
export function findInFiles({ text, isReplacing }: { readonly text: string; readonly isReplacing?: boolean }): void {
  useSearchForm.setState((form) => ({
    ...(text !== "" && { text, isHex: false }),
    isReplacing: isReplacing ?? form.isReplacing,
  }));
  showBottomTab("search");
  reach("search.field", (field) => {
    field.focus();
    if (field instanceof HTMLInputElement) field.select();
  });
}

/** Shows the search, and begins one for these bytes. `hex`: "c3 b6". */
export function findBytesInFiles(hex: string): void {
  useSearchForm.setState(({ asked }) => ({ text: hex, isHex: true, isReplacing: false, asked: asked + 1 }));
  showBottomTab("search");
}
