// The selected trace's request once more: as it was, or in the composer to be
// changed first. Both are linked to their origin.
import { isUnread } from "../../../../server/contract/failure.js";
import { isChunked } from "../../../../server/formats/export/body-frame.js";
import { httpBytes } from "../../../../server/formats/export/raw-http.js";
import { toBytes } from "../../../../server/protocol/byte-string.js";
import { valuesOf } from "../../../../server/protocol/header-values.js";
import { readable, toByteString } from "../../../format/bytes-text.js";
import { showDraft } from "../../../model/request/composer-store.js";
import { blankDraft } from "../../../model/request/draft.js";
import { loadIntoComposer, subjectOf } from "../../../model/request/load.js";
import { bytesToRaw } from "../../../model/request/raw-text.js";
import { readTrace } from "../../../model/traces/recorded.js";
import { recordedRequest } from "../../../model/traces/recorded-request.js";
import { compare } from "../../../model/traces/trace-comparison.js";
import { focusAnchor } from "../../../platform/anchors.js";
import { showBottomTab } from "../../../platform/bottom-tab-store.js";
import { openDialog } from "../../../platform/dialogs.js";
import { notify } from "../../../platform/notices.js";
import { useSelection } from "../../../platform/selection.js";
import { untilEnded } from "../../../rpc/sending.js";
import { connected, useServer } from "../../../rpc/store.js";

/** Headers the composer writes itself: they describe the connection and the body it is going to send. */
const own = new Set([
  "connection",
  "content-length",
  "transfer-encoding",
  "expect",
  "keep-alive",
  "te",
  "trailer",
  "upgrade",
]);

/** Sends it byte for byte, to the script as it is or to the version that ran then. Resolves with the new trace. */
async function replay(id: string, version?: "then" | "now"): Promise<string> {
  const sent = await untilEnded(await connected().traces.replay({ id, version }));
  return sent.id;
}

/** Sends it again and shows the new trace. */
export const sendAgain = async (id: string): Promise<void> => useSelection.getState().showSent(await replay(id));

/** Sends it to the script as it was, and shows the new trace. */
export const runThen = async (id: string): Promise<void> => useSelection.getState().showSent(await replay(id, "then"));

/** Sends it to the script as it was, then to the script as it is, and shows both traces side by side. */
export async function runBoth(id: string): Promise<void> {
  const then = await replay(id, "then");
  const now = await replay(id, "now");
  useSelection.getState().showSent(now);
  compare(then, now);
  showBottomTab("compare");
}

/** Puts it into the composer, and tries values in the place of what is selected, such as in the X-ray. */
export async function varyTrace(id: string): Promise<void> {
  const selected = document.getSelection()?.toString().trim() ?? "";
  await editAgain(id);
  openDialog("vary", selected === "" ? null : `~${selected}`);
}

/** Puts it into the composer; as raw bytes when the form cannot hold it. */
export async function editAgain(id: string): Promise<void> {
  const trace = await readTrace(id);
  const { method, target, headers, head } = trace.request;
  const request = await recordedRequest(trace);
  const parent = { id, kind: "replay" } as const;
  const isText = method !== "" && [method, target, ...headers.flat()].every((text) => typeof text === "string");
  const isOnlyHead = isUnread(trace);
  if (isOnlyHead || !isText) {
    const wire = toByteString(head);
    const bytes = toBytes(isOnlyHead ? wire : httpBytes(wire, request));
    const shown = readable(target);
    showDraft(
      {
        ...blankDraft(shown),
        raw: { isOn: true, text: bytesToRaw(bytes), isOwn: true, halfClose: true, pacing: null },
        parent,
      },
      subjectOf(shown),
    );
    const why = isOnlyHead
      ? `The server read no headers of #${trace.seq}.`
      : `#${trace.seq} is not a plain-text request.`;
    notify("info", `${why} The composer shows its raw bytes.`);
  } else {
    const authority = useServer
      .getState()
      .state?.server.url?.replace(/^https?:\/\//, "")
      .replace(/\/$/, "");
    // An empty body is not the same as none: the script gets CONTENT_LENGTH.
    const hasBody =
      request.body !== "" ||
      isChunked(request.headers) ||
      valuesOf(request.headers, "content-length").some((value) => Number(value) === 0);
    const kept = headers.map(([name, value]) => [readable(name), readable(value)] as const);
    loadIntoComposer({
      method: readable(method),
      target: readable(target),
      headers: kept.filter(
        ([name, value]) => !own.has(name.toLowerCase()) && !(name.toLowerCase() === "host" && value === authority),
      ),
      body: hasBody ? toBytes(request.body) : null,
      parent,
    });
  }
  focusAnchor("composer.request");
}
