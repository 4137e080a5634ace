// What a person did to the request while it was held, or that it was sent as over a slow network.
import type { HeldPart } from "../../../server/contract/trace.js";
import { readable } from "../../format/bytes-text.js";
import { formatMs } from "../../format/duration.js";
import { plural } from "../../format/plural.js";

const moments = { start: "before the script started", headers: "after its headers" } as const;
const endings = {
  continued: "then it went on",
  answered: "then a person responded by hand",
  aborted: "then it was aborted",
  "let-go": "then whoever held it had left",
} as const;

export function HeldNote({ held }: { readonly held: readonly HeldPart[] }) {
  return held.map((part) => (
    <div key={part.at} className="ui-dim ui-wrap xray-held" data-part="held">
      {sentenceOf(part)}
      {part.edits.length > 0 && (
        <ul>
          {part.edits.map((edit, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: edits of a trace that has ended keep their order
            <li key={index}>{editText(edit)}</li>
          ))}
        </ul>
      )}
    </div>
  ));
}

function sentenceOf({ ended, ms, moment, edits }: HeldPart): string {
  if (ended === "slowed") return `Sent as over a slow network${ms < 1 ? "" : `: ${formatMs(ms)} passed first`}.`;
  const edited = edits.length === 0 ? "" : `, with ${plural(edits.length, "edit")}`;
  return `Held for ${formatMs(ms)} ${moments[moment]}, ${endings[ended]}${edited}.`;
}

function editText({ of, name, was, is }: HeldPart["edits"][number]): string {
  if (of === "body") return "body: replaced";
  const what = name === null ? of : `${of} ${readable(name)}`;
  const now = is === null ? "removed" : `“${readable(is)}”`;
  return `${what}: ${now}, was ${was === null ? "not there" : `“${readable(was)}”`}`;
}
