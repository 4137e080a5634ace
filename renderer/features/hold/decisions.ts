// What becomes of the held request that is shown.
import { connected } from "../../rpc/store.js";
import { decisionOf, draftOf } from "./held-draft.js";
import { keyOf, shownHeld, useHeld } from "./held-store.js";

/** Two presses within this time are one, unless something was edited between: nobody has read the next request. */
const onePressMs = 500;
const nothing = { key: "", at: Number.NEGATIVE_INFINITY };
let wentOn = nothing;

/** The request goes on with what was changed. */
export async function goOn(): Promise<void> {
  const state = useHeld.getState();
  const held = shownHeld(state);
  if (!held) return;
  const key = keyOf(held);
  const at = performance.now();
  const draft = state.drafts.get(key);
  if (key === wentOn.key || (!draft && at - wentOn.at < onePressMs)) return;
  wentOn = { key, at };
  try {
    await connected().hold.go(decisionOf(held, draft ?? draftOf(held)));
  } catch (error) {
    wentOn = nothing; // it can be corrected
    throw error;
  }
}
