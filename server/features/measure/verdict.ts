// Which mode to choose after a measurement: the fastest among those in which the script does what it does as CGI.
import type { MeasuredMode, Measurement } from "../../contract/measure-contract.js";
import { type Message, wordsOf } from "../../contract/message.js";
import { modeTraits } from "../../contract/modes.js";
import { isLeakUnknown } from "../../contract/wrapper.js";
import { remarksOn, verdictOf } from "../bench/bench-report.js";
import { verdictMessage } from "./messages.js";

/** `isOpen`: requests were due at a rate. */
export function verdictOn(modes: readonly MeasuredMode[], isOpen: boolean): Measurement["verdict"] {
  const isAlone = modes.length === 1;
  const judged = modes.map((each) => ({ ...each, why: whyLeftOut(each, isAlone) }));
  const remarks = remarksOn(modes.flatMap(({ figures }) => figures ?? []));
  const further = [...judged.flatMap(({ why }) => why ?? []), ...remarks];
  const none = (first: Message) => ({ mode: null, isProven: false, messages: [first, ...further] });
  if (judged.every(({ why }) => verdictMessage.is(why, "left-out-fails"))) return none(verdictMessage("no-mode"));
  const [first] = modes;
  if (isAlone && first) return none(verdictMessage("only-way", { mode: modeTraits[first.mode].label }));
  const fit = judged.flatMap(({ why, figures }) => (why === null && figures !== null ? figures : []));
  const [only] = fit;
  if (only === undefined) return none(verdictMessage("all-left-out"));
  const compared = verdictOf(fit, isOpen);
  if (compared === null)
    return {
      mode: only.mode,
      isProven: false,
      messages: [verdictMessage("one-mode", { mode: modeTraits[only.mode].label }), ...further],
    };
  const { mode, isProven, text } = compared;
  return { mode, isProven, messages: [verdictMessage("measured", { text: wordsOf(text) }), ...further] };
}

/** Null: the script works in this mode as it does as CGI. `isAlone`: no other mode was measured. */
function whyLeftOut(measured: MeasuredMode, isAlone: boolean): Message | null {
  const { figures, leaks, problem } = measured;
  const mode = modeTraits[measured.mode].label;
  if (problem?.code === "other-settings") return verdictMessage("left-out-settings", { mode });
  if (figures === null || figures.errors > 0 || problem !== null) return verdictMessage("left-out-fails", { mode });
  if (leaks === null) return null;
  if (leaks.leaks.length > 0)
    return verdictMessage(isAlone ? "alone-leaks" : "left-out-leaks", { mode, leaks: leaks.leaks.length });
  if (!leaks.alike) return verdictMessage(isAlone ? "alone-differs" : "left-out-differs", { mode });
  return isLeakUnknown(measured) ? verdictMessage("left-out-not-examined", { mode }) : null;
}
