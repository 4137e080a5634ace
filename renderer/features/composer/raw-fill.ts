// Turning the composer between fields and bytes.
import { toProblem } from "../../../server/contract/problem.js";
import type { Problem } from "../../../server/contract/workspace.js";
import { composeRaw, useComposer } from "../../model/request/composer-store.js";
import { draftOf, type RequestDraft } from "../../model/request/draft.js";
import { bytesToRaw } from "../../model/request/raw-text.js";
import { notify } from "../../platform/notices.js";
import { windowMessage } from "../../rpc/messages.js";
import { problemText } from "../../rpc/problem.js";
import { useServer } from "../../rpc/store.js";
import { useClientOptions } from "./client-options.js";
import { useJar } from "./jar-store.js";
import { outgoingBody, outgoingBytes, whyNotSent } from "./outgoing.js";

/** A byte takes up to four characters of text, which the page draws again with each key. */
const maxBodyBytes = 256 << 10;

/**
 * Turns to bytes, filled in from the fields where nothing was typed yet, or back to the fields, which are as they were.
 */
export async function toggleRaw(): Promise<void> {
  const { raw } = useComposer.getState();
  if (raw.isOn || raw.text !== "") composeRaw({ isOn: !raw.isOn });
  else await fillRaw();
}

/** The bytes that the fields would send. */
export async function fillRaw(): Promise<void> {
  const draft = draftOf(useComposer.getState());
  const why = whyNotFilled(draft);
  if (why !== null) {
    notify("bad", problemText(why));
    return;
  }
  const host = useServer.getState().state?.server.url?.replace(/^http:\/\//, "") ?? "127.0.0.1";
  const { header } = useJar.getState();
  const cookies = useClientOptions.getState().cookies ? header : null;
  composeRaw({ text: bytesToRaw(await outgoingBytes(draft, host, cookies)), isOn: true, probe: null });
}

function whyNotFilled(draft: RequestDraft): Problem | null {
  const size = outgoingBody(draft).bytes?.size ?? 0;
  return size > maxBodyBytes
    ? toProblem(windowMessage("raw-too-large", { maxBytes: maxBodyBytes }))
    : whyNotSent(draft);
}
