// One tab for each held request, with the time that it has waited: what would happen next, each part of which can be
// changed, and what is to become of it.
import { type ReactNode, useState } from "react";
import type { HeldRequest } from "../../../server/contract/hold-contract.js";
import { readable } from "../../format/bytes-text.js";
import { waitedText } from "../../format/clock.js";
import { hintOf, runCommand, shortcutOf } from "../../platform/command-registry.js";
import { orNotify } from "../../platform/notices.js";
import { useNow } from "../../platform/use-now.js";
import { connected } from "../../rpc/store.js";
import { Button } from "../../ui/button.js";
import { Check } from "../../ui/check.js";
import { PlayIcon } from "../../ui/icon.js";
import { Tabs } from "../../ui/tabs.js";
import { TextArea } from "../../ui/text-field.js";
import { ByHandDialog } from "./by-hand-dialog.js";
import { HeldBody } from "./held-body.js";
import { decisionOf, draftOf, edited, type HeldDraft } from "./held-draft.js";
import { HeldRows, Part } from "./held-rows.js";
import { keyOf, shownHeld, stopHolding, traceTab, useHeld } from "./held-store.js";
import "./hold.css";

/** A second press within this time is ignored unless something was edited: nobody reads the next request so fast. */
const onePressMs = 500;
let wentOn: { readonly key: string; readonly at: number } | null = null;

/** The request that is shown goes on with what was changed. */
export async function goOn(): Promise<void> {
  const state = useHeld.getState();
  const held = shownHeld(state);
  if (!held) return;
  const key = keyOf(held);
  const at = performance.now();
  const draft = state.drafts.get(key);
  if (wentOn && (key === wentOn.key || (!draft && at - wentOn.at < onePressMs))) return;
  wentOn = { key, at };
  try {
    await connected().hold.go(decisionOf(held, draft ?? draftOf(held)));
  } catch (error) {
    wentOn = null; // it can be corrected
    throw error;
  }
}

export function HeldTabs({ children }: { readonly children: ReactNode }) {
  const state = useHeld();
  const shown = shownHeld(state);
  const now = useNow();
  return (
    <Tabs
      label="Held requests"
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
  const isHolder = useHeld(({ rules }) => rules.some(({ pace }) => pace === null));
  const { plan } = held;
  const abort = () => orNotify("The request was not aborted", () => connected().traces.stop({ id: held.id }));
  const change = (part: Partial<HeldDraft>): void =>
    useHeld.setState(({ drafts }) => ({ drafts: new Map(drafts).set(keyOf(held), edited(held, draft, part)) }));
  return (
    <section className="ui-column held" aria-label={`Held request #${held.seq}`}>
      <div className="ui-row">
        <b>#{held.seq}</b>
        <span className="ui-mono ui-cut">
          {held.method} {held.target}
        </span>
      </div>
      <p className="ui-dim">
        {plan.moment === "start"
          ? "It is held, and its client waits. Nothing has run yet: edit what the script will get, then let it go."
          : "It is held after its headers, and its client has nothing yet: edit them, then let it go."}
      </p>
      <div className="ui-row held-actions">
        <Button look="primary" hint={hintOf("hold.goOn")} onClick={() => runCommand("hold.goOn")}>
          <PlayIcon /> Continue <kbd className="ui-kbd">{shortcutOf("hold.goOn")}</kbd>
        </Button>
        <Button onClick={() => setByHand(true)}>Respond by hand…</Button>
        <Button look="danger" onClick={() => void abort()}>
          Abort
        </Button>
      </div>
      <HeldRows held={held} draft={draft} onChange={change} />
      {plan.moment === "start" && plan.args && (
        <Part title="Arguments" aside={plan.command.map(readable).join(" ")}>
          <TextArea
            aria-label="Arguments"
            placeholder="none; one on each line"
            rows={draft.args.split("\n").length}
            value={draft.args}
            onChange={(args) => change({ args })}
          />
        </Part>
      )}
      {plan.moment === "start" && <HeldBody held={held} plan={plan} draft={draft} onChange={change} />}
      {plan.moment === "start" && !plan.isNph && (
        <Check isOn={draft.holdsHeaders} onChange={(holdsHeaders) => change({ holdsHeaders })}>
          Hold it again after its headers
        </Check>
      )}
      <div className="ui-row ui-dim">
        Time limits do not count while a request is held.
        <span className="ui-spacer" />
        {isHolder && (
          <Button size="small" onClick={stopHolding}>
            Stop holding, let all go on unedited
          </Button>
        )}
      </div>
      {isByHand && <ByHandDialog held={held} onClose={() => setByHand(false)} />}
    </section>
  );
}
