// One tab for each held request, with the time that it has waited.
import type { ReactNode } from "react";
import { waitedText } from "../../format/clock.js";
import { useNow } from "../../platform/use-now.js";
import { Tabs } from "../../ui/tabs.js";
import { keyOf, shownHeld, traceTab, useHeld } from "./held-store.js";
import { HeldView } from "./held-view.js";
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
      {shown ? <HeldView key={keyOf(shown)} held={shown} /> : children}
    </Tabs>
  );
}
