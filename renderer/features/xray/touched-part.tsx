// What the script touched outside of its request, where that was asked for: what failed is marked, a file of the folder
// opens in the editor.
import { wordsOf } from "../../../server/contract/message.js";
import type { Touch } from "../../../server/contract/touched.js";
import type { TraceView } from "../../../server/contract/trace.js";
import {
  actionOf,
  connectSentence,
  foldedCount,
  milliseconds,
  reasonOf,
  remarksOf,
  shownName,
} from "../../../server/formats/touched/words.js";
import { readable } from "../../format/bytes-text.js";
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { useSelection } from "../../platform/selection.js";
import { Card } from "./card.js";
import { Fold } from "./fold.js";
import "./touched.css";

export function TouchedPart({ trace: { process, timing } }: { readonly trace: TraceView }) {
  const touched = process?.touched;
  if (!touched) return null;
  const { why, touches, omitted } = touched;
  const own = touches.filter((touch) => touch.own === true);
  const shown = touches.filter((touch) => touch.own !== true);
  const sentence = connectSentence(touched, timing.doneAt);
  return (
    <Card label="What the script touched" title="What the script touched">
      {why && <p className="touched-why">{wordsOf(why.text)}</p>}
      {shown.length === 0 && !why && <p className="ui-dim">Nothing but what its interpreter needs.</p>}
      <TouchList touches={shown} />
      {sentence !== null && <p className="ui-dim">{sentence}</p>}
      {foldedCount(touched) > 0 && (
        <Fold title={`${foldedCount(touched)} more of the interpreter and its libraries`}>
          <TouchList touches={own} />
          {omitted > 0 && <p className="ui-dim">{omitted} of them are not listed.</p>}
        </Fold>
      )}
    </Card>
  );
}

const TouchList = ({ touches }: { readonly touches: readonly Touch[] }) => (
  <ul className="ui-wrap touched-list">
    {touches.map((touch, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the touches of a trace that has ended keep their order
      <TouchLine key={index} touch={touch} />
    ))}
  </ul>
);

function TouchLine({ touch }: { readonly touch: Touch }) {
  const { at, did, args } = touch;
  const reason = reasonOf(touch);
  const remarks = remarksOf(touch, readable);
  return (
    <li data-failed={reason !== ""}>
      <span className="ui-figures touched-at ui-dim">{milliseconds(at)}</span>
      <span>
        {actionOf(touch)} <Name touch={touch} />
        {did === "started" && args && args.length > 1 && (
          <span className="ui-mono"> {args.slice(1).map(readable).join(" ")}</span>
        )}
        {reason !== "" && <span className="ui-bad">: {reason}</span>}
        {remarks.length > 0 && <span className="ui-dim"> ({remarks.join(", ")})</span>}
      </span>
    </li>
  );
}

function Name({ touch }: { readonly touch: Touch }) {
  const root = useWorkspace(({ workspace }) => workspace?.root);
  const open = useSelection((selection) => selection.open);
  const path = readable(touch.name);
  const isWithin = root !== undefined && path.startsWith(`${root}/`);
  const name = shownName(touch, isWithin ? path.slice(root.length + 1) : path, readable);
  const isFile = touch.did === "read" || touch.did === "wrote";
  if (!isWithin || !isFile || touch.errno === "ENOENT") return <span className="ui-mono">{name}</span>;
  return (
    <button type="button" className="ui-link ui-mono" onClick={() => open(name)}>
      {name}
    </button>
  );
}
