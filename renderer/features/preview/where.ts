// Where a page went, in words.
import type { PreviewStep } from "../../../server/contract/preview-contract.js";

/** The number of the request that the page came with; null when there was none. */
export const placeSeq = (place: readonly PreviewStep[]): number | null => place.at(-1)?.seq ?? null;

/** `from`: the number of the place before. `isRecorded`: the page is its recorded response. */
export function placeLabel(place: readonly PreviewStep[], from: number | null, isRecorded: boolean): string {
  const seq = placeSeq(place);
  if (seq === null)
    return `The page ${from === null ? "moved on" : `left #${from}`} without a request to this server: the next one is cached, or of another site.`;
  const steps = place.map(({ seq: number, method, status }, index) =>
    index === place.length - 1 ? `${method} #${number}` : `${method} #${number} → ${status ?? "…"} → `,
  );
  const at = `You are at #${seq} (${steps.join("")}).`;
  return isRecorded ? `${at} Shown as recorded: the script was not run again.` : at;
}
