// Pins a trace, and makes a link to it.
import { traceLink } from "../../../model/links/deep-link.js";
import { knownRow } from "../../../model/traces/trace-store.js";
import { copyText } from "../../../platform/notices.js";
import { useServer } from "../../../rpc/store.js";

export async function togglePin(id: string): Promise<void> {
  await useServer.getState().client?.traces.pin({ id, pinned: !knownRow(id)?.pinned });
}

export const copyLink = (id: string): Promise<void> => copyText("the link to this view of the trace", traceLink(id));
