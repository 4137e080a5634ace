// One tab for each held request, with the time that it has waited: what would happen next, each part of which can be
// changed, and what is to become of it.
import { type ReactNode, useState } from "react";
import type { HeldRequest } from "../../../server/contract/hold-contract.js";
import { readable } from "../../format/bytes-text.js";
import { waitedText } from "../../format/clock.js";
import { hintOf, runCommand, shortcutOf } from "../../platform/command-registry.js";
import { notifyFailure } from "../../platform/notices.js";
import { useNow } from "../../platform/use-now.js";
import { connected } from "../../rpc/store.js";
import { Button } from "../../ui/button.js";
import { PlayIcon } from "../../ui/icon.js";
import { Tabs } from "../../ui/tabs.js";
import { ByHandDialog } from "./by-hand-dialog.js";
import { HeldBody } from "./held-body.js";
import { argsText, draftOf, type HeldDraft } from "./held-draft.js";
import { Check, Part, StatusField } from "./held-part.js";
import { HeldRows } from "./held-rows.js";
import { changeDraft, keyOf, shownHeld, traceTab, useHeld } from "./held-store.js";
import "./hold.css";

export function HeldTabs({ children }: { readonly children: ReactNode }) {
  const state = useHeld();
  const shown = shownHeld(state);
  const now = useNow();
  return (
    <Tabs
      label="Held requests"
      className="held-tabs"
      value={shown ? keyOf(shown) : traceTab}
      onChange={(chosen) => useHeld.setState({ chosen })}
      items={[
        ...state.held.map((held) => ({
          value: keyOf(held),
          title: `#${held.seq} ${held.plan.moment === "start" ? "before start" : "after headers"}`,
          count: waitedText(now - held.since),
        })),
        { value: traceTab, title: "Trace" },
      ]}
    >
      {shown ? (
        <HeldView key={keyOf(shown)} held={shown} draft={state.drafts.get(keyOf(shown)) ?? draftOf(shown)} />
      ) : (
        children
      )}
    </Tabs>
  );
}

function HeldView({ held, draft }: { readonly held: HeldRequest; readonly draft: HeldDraft }) {
  const [isByHand, setByHand] = useState(false);
  const { plan } = held;
  const args = argsText(held);
  const abort = () =>
    connected()
      .traces.stop({ id: held.id })
      .catch((error: unknown) => notifyFailure("The request was not aborted", error));
  const change = (part: Partial<HeldDraft>): void => changeDraft(keyOf(held), { ...draft, ...part });
  return (
    <section className="held" aria-label={`Held request #${held.seq}`}>
      <div className="held-line">
        <b>#{held.seq}</b>
        <span className="ui-mono ui-cut">
          {held.method} {held.target}
        </span>
        <span className="ui-warn held-aside">
          {plan.moment === "start" ? "held, not started" : "held after its headers"}
        </span>
      </div>
      <p className="ui-dim">
        {plan.moment === "start"
          ? "The client is waiting. Nothing has run yet: edit what the script will get, then let it go."
          : "The client has nothing yet: edit the headers of the script’s response, then let it go."}
      </p>
      <div className="held-line held-actions">
        <Button look="primary" hint={hintOf("hold.goOn")} onClick={() => runCommand("hold.goOn")}>
          <PlayIcon /> Continue <kbd className="ui-kbd">{shortcutOf("hold.goOn")}</kbd>
        </Button>
        <Button onClick={() => setByHand(true)}>Respond by hand…</Button>
        <Button look="danger" onClick={() => void abort()}>
          Abort
        </Button>
      </div>
      {plan.moment === "headers" && <StatusField value={draft.status} onChange={(status) => change({ status })} />}
      <HeldRows held={held} draft={draft} onChange={change} />
      {plan.moment === "start" && args !== null && (
        <Part title="Arguments" aside={plan.command.map(readable).join(" ")}>
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
      {plan.moment === "start" && <HeldBody held={held} plan={plan} draft={draft} onChange={change} />}
      {plan.moment === "start" && !plan.isNph && (
        <Check isOn={draft.holdsHeaders} onChange={(holdsHeaders) => change({ holdsHeaders })}>
          Hold it again after its headers
        </Check>
      )}
      <p className="ui-dim">Time limits do not count while a request is held.</p>
      {isByHand && <ByHandDialog held={held} onClose={() => setByHand(false)} />}
    </section>
  );
}
