// Turning the composer between fields and bytes.
import { composeRaw, useComposer } from "../../model/request/composer-store.js";
import { draftOf } from "../../model/request/draft.js";
import { bytesToRaw } from "../../model/request/raw-text.js";
import { useServer } from "../../rpc/store.js";
import { useClientOptions } from "./client-options.js";
import { shownText, useJar } from "./jar-store.js";
import { outgoingBytes } from "./outgoing.js";

/** Turns to bytes, filled in from the fields where nothing was typed yet, or back to the fields, which are as they were. */
export async function toggleRaw(): Promise<void> {
  const { raw } = useComposer.getState();
  if (raw.isOn || raw.text !== "") composeRaw({ isOn: !raw.isOn });
  else await fillRaw();
}

/** The bytes that the fields would send. */
export async function fillRaw(): Promise<void> {
  const draft = draftOf(useComposer.getState());
  const host = useServer.getState().state?.server.url?.replace(/^http:\/\//, "") ?? "127.0.0.1";
  const { header } = useJar.getState();
  const cookies = useClientOptions.getState().cookies && header !== null ? shownText(header) : null;
  composeRaw({ text: bytesToRaw(await outgoingBytes(draft, host, cookies)), isOn: true, probe: null });
}
