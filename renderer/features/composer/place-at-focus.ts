// The place of the composed request that has the focus, as values to try are named after it.
import { useComposer } from "../../model/request/composer-store.js";
import { rawToBytes } from "../../model/request/raw-text.js";
import { queryPairs } from "./target.js";

/** Null: the focus is in none. */
export function placeAtFocus(): string | null {
  const { raw } = useComposer.getState();
  if (raw.isOn) return selectedBytes(raw.text);
  const field = document.activeElement;
  const row = field?.closest(".pair-row, .composer-cookie")?.querySelector<HTMLElement>("[data-place]");
  if (row) return row.dataset["place"] ?? null;
  if (field?.classList.contains("composer-text")) return "body";
  if (field?.classList.contains("composer-method")) return "method";
  if (!(field instanceof HTMLInputElement) || !field.classList.contains("composer-target")) return null;
  const { target } = useComposer.getState();
  const before = target.slice(0, field.selectionStart ?? 0);
  const name = queryPairs(target)[before.split("&").length - 1]?.name;
  return before.includes("?") && name ? `query.${name}` : "path";
}

/** A text field keeps its selection while something else has the focus. */
function selectedBytes(text: string): string | null {
  const { selectionStart: from, selectionEnd: to } = document.querySelector<HTMLTextAreaElement>(".composer-raw") ?? {};
  if (from === undefined || to === undefined || from === to) return null;
  return `bytes.${[from, to].map((at) => rawToBytes(text.slice(0, at)).length).join("-")}`;
}
