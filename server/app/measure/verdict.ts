// Which mode to choose after a measurement: the fastest among those in which the script does what it does as CGI.
import type { MeasuredMode, Measurement } from "../../contract/measure-contract.js";
import type { Message } from "../../contract/message.js";
import { modeTraits } from "../../contract/modes.js";
import { isLeakUnknown } from "../../contract/wrapper.js";
import { remarksOn, verdictOf } from "../bench/bench-report.js";
import { verdictMessage } from "./messages.js";

/** `isOpen`: requests were due at a rate. */
export function verdictOn(modes: readonly MeasuredMode[], isOpen: boolean): Measurement["verdict"] {
  const judged = modes.map((each) => ({ ...each, why: whyLeftOut(each) }));
  const remarks = remarksOn(modes.flatMap(({ figures }) => figures ?? []));
  const further = [...judged.flatMap(({ why }) => why ?? []), ...remarks];
  const fit = judged.flatMap(({ why, figures }) => (why === null && figures !== null ? figures : []));
  const [only] = fit;
  if (only === undefined) return { mode: null, isProven: false, messages: [verdictMessage("no-mode"), ...further] };
  const compared = verdictOf(fit, isOpen);
  if (compared === null)
    return {
      mode: only.mode,
      isProven: false,
      messages: [verdictMessage("one-mode", { mode: modeTraits[only.mode].label }), ...further],
    };
  const { mode, isProven, text } = compared;
  return { mode, isProven, messages: [verdictMessage("measured", { text }), ...further] };
}

/** Null: the script works in this mode as it does as CGI. */
function whyLeftOut(measured: MeasuredMode): Message | null {
  const { figures, leaks, problem } = measured;
  const mode = modeTraits[measured.mode].label;
  if (figures === null || figures.errors > 0 || problem !== null) return verdictMessage("left-out-fails", { mode });
  if (leaks === null) return null;
  if (leaks.leaks.length > 0) return verdictMessage("left-out-leaks", { mode, leaks: leaks.leaks.length });
  if (!leaks.alike) return verdictMessage("left-out-differs", { mode });
  return isLeakUnknown(measured) ? verdictMessage("left-out-not-examined", { mode }) : null;
}
