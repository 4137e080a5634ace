// From the composer's last send to its response in the inspector.
import { declaredType } from "../../model/traces/declared-charset.js";
import { readTrace } from "../../model/traces/recorded.js";
import { showResponse } from "../../model/traces/response-mode.js";
import { useSelection } from "../../platform/selection.js";
import { lastSent } from "./last-sent.js";

/** A page as a browser draws it, everything else as it was sent. */
export async function openResult(): Promise<void> {
  const id = lastSent();
  if (id === null) return;
  const { response } = await readTrace(id);
  useSelection.getState().showSent(id);
  showResponse(declaredType(response?.headers ?? []) === "text/html" ? "rendered" : "source");
}

export const whyNoResult = (): string | null => (lastSent() === null ? "Send a request first." : null);
