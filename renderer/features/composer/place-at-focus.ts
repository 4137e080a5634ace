// The place of the composed request that has the focus, as values to try are named after it.
import { useComposer } from "../../model/request/composer-store.js";
import { queryPairs } from "./target.js";

/** Null: the focus is in none. */
export function placeAtFocus(): string | null {
  const field = document.activeElement;
  const row = field?.closest(".pair-row")?.querySelector<HTMLElement>("[data-place]");
  if (row) return row.dataset["place"] ?? null;
  if (field?.classList.contains("composer-text")) return "body";
  if (field?.classList.contains("composer-method")) return "method";
  if (!(field instanceof HTMLInputElement) || !field.classList.contains("composer-target")) return null;
  const { target } = useComposer.getState();
  const before = target.slice(0, field.selectionStart ?? 0);
  const name = queryPairs(target)[before.split("&").length - 1]?.name;
  return before.includes("?") && name ? `query.${name}` : "path";
}
