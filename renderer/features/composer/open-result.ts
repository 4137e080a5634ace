// From the script's last request to its response in the inspector.
import { declaredType } from "../../model/traces/declared-charset.js";
import { readTrace } from "../../model/traces/recorded.js";
import { showResponse } from "../../model/traces/response-mode.js";
import { useSelection } from "../../platform/selection.js";
import { lastResult } from "./last-sent.js";

/** A page as a browser draws it, everything else as it was sent. */
export async function openResult(): Promise<void> {
  const id = lastResult();
  if (id === null) return;
  const { response } = await readTrace(id);
  useSelection.getState().showSent(id);
  showResponse(declaredType(response?.headers ?? []) === "text/html" ? "rendered" : "source");
}

export const whyNoResult = (): string | null => (lastResult() === null ? "Send a request first." : null);
