// What becomes of the held request that is shown.
import { toBase64 } from "../../format/bytes-text.js";
import type { Pair } from "../../model/request/draft.js";
import { rawToBytes } from "../../model/request/raw-text.js";
import { notifyFailure } from "../../platform/notices.js";
import { connected } from "../../rpc/store.js";
import { decisionOf, draftOf } from "./held-draft.js";
import { keyOf, shownHeld, useHeld } from "./held-store.js";

/** With what was changed. */
export async function goOn(): Promise<void> {
  const state = useHeld.getState();
  const held = shownHeld(state);
  if (held) await connected().hold.go(decisionOf(held, state.drafts.get(keyOf(held)) ?? draftOf(held)));
}

export const abortHeld = (id: string): Promise<void> =>
  connected()
    .traces.stop({ id })
    .then(
      () => undefined,
      (error: unknown) => notifyFailure("The request was not aborted", error),
    );

interface ByHand {
  readonly status: number;
  readonly headers: readonly Pair[];
  /** As a raw request is typed. */
  readonly body: string;
}

export async function respondByHand(id: string, { status, headers, body }: ByHand): Promise<void> {
  const pairs = headers.filter(({ name }) => name !== "").map(({ name, value }): [string, string] => [name, value]);
  await connected().hold.respond({ id, status, headers: pairs, body: { base64: toBase64(rawToBytes(body)) } });
}
