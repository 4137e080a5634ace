// Opening an example: its script in the editor, one of its requests in the composer, and sent.
import type { Sample, SampleRequest } from "../../../server/contract/samples-contract.js";
import { listed } from "../../model/folder/opened.js";
import { loadIntoComposer } from "../../model/request/load.js";
import { runToEnd } from "../../platform/command-registry.js";
import { useSelection } from "../../platform/selection.js";

/** Shows the script and the request, and sends that when `isSent`. */
export async function showExample(sample: Sample, request: SampleRequest | undefined, isSent: boolean): Promise<void> {
  await listed(sample.file);
  useSelection.getState().open(sample.file);
  if (!request) return;
  const { method, target, headers, body } = request;
  loadIntoComposer({ method, target, headers, body: body === "" ? null : new TextEncoder().encode(body) });
  if (isSent) await runToEnd("request.send");
}
