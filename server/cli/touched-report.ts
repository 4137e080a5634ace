// What `request --touched` prints on stderr, behind the findings.
import { writeWords } from "../base/terminal-text.js";
import type { BytesText } from "../contract/bytes-text.js";
import { wordsOf } from "../contract/message.js";
import type { Touch } from "../contract/touched.js";
import {
  actionOf,
  connectSentence,
  foldedCount,
  milliseconds,
  reasonOf,
  remarksOf,
  shownName,
} from "../formats/touched/words.js";
import type { TraceRecord } from "../trace/trace-record.js";

export function printTouched({ process: ended, timing, cause }: TraceRecord): void {
  const touched = ended?.touched;
  const { why, touches } = touched ?? { why: cause, touches: [] };
  if (why) writeWords(process.stderr, `${wordsOf(why.text)}\n`);
  for (const touch of touches) if (touch.own !== true) writeWords(process.stderr, `${lineOf(touch)}\n`);
  if (!touched) return;
  const folded = foldedCount(touched);
  if (folded > 0) writeWords(process.stderr, `${folded} more of the interpreter and its libraries; --json has them.\n`);
  const sentence = connectSentence(touched, timing.doneAt);
  if (sentence !== null) writeWords(process.stderr, `${sentence}\n`);
}

function lineOf(touch: Touch): string {
  const { at, did, name, args } = touch;
  const command =
    did === "started" && args
      ? args
          .slice(1)
          .map((word) => ` ${show(word)}`)
          .join("")
      : "";
  const reason = reasonOf(touch);
  const what = `${actionOf(touch)} ${shownName(touch, show(name), show)}${command}${reason === "" ? "" : `: ${reason}`}`;
  const remarks = remarksOf(touch, show);
  return `${milliseconds(at).padStart(12)}  ${what}${remarks.length === 0 ? "" : ` [${remarks.join(", ")}]`}`;
}

const show = (text: BytesText): string =>
  typeof text === "string" ? text : Buffer.from(text.base64, "base64").toString("latin1");
