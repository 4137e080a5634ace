// Pins a trace, and makes a link to it.
import { traceLink } from "../../../model/links/deep-link.js";
import { knownRow } from "../../../model/traces/trace-store.js";
import { notify } from "../../../platform/notices.js";
import { useServer } from "../../../rpc/store.js";

export async function togglePin(id: string): Promise<void> {
  await useServer.getState().client?.traces.pin({ id, pinned: !knownRow(id)?.pinned });
}

export async function copyLink(id: string): Promise<void> {
  await navigator.clipboard.writeText(traceLink(id));
  notify("info", "Copied the link to this view of the trace.");
}
