// A held request: what would happen next, each part of which can be changed, and what is to become of it.
import { useState } from "react";
import type { HeldRequest } from "../../../server/contract/hold-contract.js";
import { readable } from "../../format/bytes-text.js";
import { hintOf, runCommand, shortcutOf } from "../../platform/command-registry.js";
import { Button } from "../../ui/button.js";
import { PlayIcon } from "../../ui/icon.js";
import { ByHandDialog } from "./by-hand-dialog.js";
import { abortHeld } from "./decisions.js";
import { HeldBody } from "./held-body.js";
import { argsText, draftOf, editsIn, type HeldDraft } from "./held-draft.js";
import { Check, Part } from "./held-part.js";
import { HeldRows } from "./held-rows.js";
import { changeDraft, keyOf, useHeld } from "./held-store.js";

export function HeldView({ held }: { readonly held: HeldRequest }) {
  const key = keyOf(held);
  const draft = useHeld(({ drafts }) => drafts.get(key)) ?? draftOf(held);
  const [isByHand, setByHand] = useState(false);
  const change = (part: Partial<HeldDraft>): void => changeDraft(key, { ...draft, ...part });
  const edits = editsIn(held, draft);
  const isStart = held.plan.moment === "start";
  const args = argsText(held);
  return (
    <section className="held" aria-label={`Held request #${held.seq}`}>
      <div className="held-head">
        <b>#{held.seq}</b>
        <span className="ui-mono ui-cut">
          {held.method} {held.target}
        </span>
        <span className="ui-warn held-aside">{isStart ? "held, not started" : "held after its headers"}</span>
      </div>
      <p className="ui-dim">
        {isStart
          ? "The client is waiting. Nothing has run yet: edit what the script will get, then let it go."
          : "The client has nothing yet: edit the headers of the script’s response, then let it go."}
      </p>
      <div className="held-actions">
        <Button look="primary" hint={hintOf("hold.goOn")} onClick={() => runCommand("hold.goOn")}>
          <PlayIcon className="ui-icon" aria-hidden="true" /> Continue{" "}
          <kbd className="ui-kbd">{shortcutOf("hold.goOn")}</kbd>
        </Button>
        <Button onClick={() => setByHand(true)}>Respond by hand…</Button>
        <Button look="danger" onClick={() => void abortHeld(held.id)}>
          Abort
        </Button>
      </div>
      {!isStart && (
        <label className="held-line">
          Status
          <input
            className="ui-field ui-mono held-status"
            inputMode="numeric"
            value={draft.status}
            aria-invalid={!/^[2-5]\d\d$/.test(draft.status)}
            onChange={(event) => change({ status: event.target.value })}
          />
        </label>
      )}
      <HeldRows held={held} draft={draft} edits={edits} onChange={(rows) => change({ rows })} />
      {held.plan.moment === "start" && args !== null && (
        <Part title="Arguments" aside={held.plan.command.map(readable).join(" ")}>
          <textarea
            className="ui-field ui-mono held-text"
            aria-label="Arguments"
            placeholder="none; one on each line"
            spellCheck={false}
            rows={Math.max(1, (draft.args ?? args).split("\n").length)}
            value={draft.args ?? args}
            onChange={({ target }) => change({ args: target.value === args ? null : target.value })}
          />
        </Part>
      )}
      {held.plan.moment === "start" && <HeldBody held={held} plan={held.plan} draft={draft} onChange={change} />}
      {held.plan.moment === "start" && !held.plan.isNph && (
        <Check isOn={draft.holdsHeaders} onChange={(holdsHeaders) => change({ holdsHeaders })}>
          Hold it again after its headers
        </Check>
      )}
      <p className="ui-dim">Time limits do not count while a request is held.</p>
      {isByHand && <ByHandDialog held={held} onClose={() => setByHand(false)} />}
    </section>
  );
}
