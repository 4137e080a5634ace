// A request sent as it is written, from a page of component tests.
import { sendRequest } from "../../../renderer/features/composer/send.js";
import { showDraft } from "../../../renderer/model/request/composer-store.js";
import { blankDraft } from "../../../renderer/model/request/draft.js";
import { useSelection } from "../../../renderer/platform/selection.js";
import { useServer } from "../../../renderer/rpc/store.js";
import type { TraceView } from "../../../server/contract/trace.js";

/** `lines`: the request line, and headers without Host, Content-Length and Connection. */
export async function sentRaw(lines: readonly string[], body = ""): Promise<TraceView> {
  const [requestLine, ...headers] = lines;
  const length = new TextEncoder().encode(body.replaceAll("\n", "\r\n")).length;
  const head = [requestLine, "Host: localhost", ...headers, `Content-Length: ${length}`, "Connection: close"];
  const blank = blankDraft("/");
  showDraft({ ...blank, raw: { ...blank.raw, isOn: true, text: `${head.join("\n")}\n\n${body}` } }, null);
  await sendRequest();
  const trace = await useServer.getState().client?.traces.get({ id: useSelection.getState().traceId ?? "" });
  if (!trace) throw new Error("The request has no trace.");
  return trace;
}
