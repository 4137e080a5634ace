// A recorded redirect. Showing it sends no request; a button follows it.
import type { TraceView } from "../../../server/contract/trace.js";
import { readable } from "../../format/bytes-text.js";
import { Button } from "../../ui/button.js";
import { Instead } from "./instead.js";
import { listOf } from "./remarks.js";

interface RedirectCardProps {
  /** Whose redirect it is; null when recorded redirects led to it. */
  readonly from: TraceView | null;
  /** The numbers of what was recorded. */
  readonly seqs: readonly number[];
  /** The target. */
  readonly to: string;
  readonly onFollow: () => void;
}

export function RedirectCard({ from, seqs, to, onFollow }: RedirectCardProps) {
  const status = from?.response ? `${from.response.status} ${readable(from.response.reason)}` : "Redirect";
  const behind = seqs.length === 0 ? "it" : listOf(seqs.map((seq) => `#${seq}`));
  return (
    <Instead title={`${status} → ${to}`} button={<Button onClick={onFollow}>Follow (sends a request)</Button>}>
      No request for this address was recorded after {behind}. The preview has sent none.
    </Instead>
  );
}
