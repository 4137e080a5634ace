// One tab for each held request, with the time that it has waited.
import { type ReactNode, useEffect, useState } from "react";
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
          count: clock(now - held.since),
        })),
        { value: traceTab, title: "Trace" },
      ]}
    >
      {shown ? <HeldView key={keyOf(shown)} held={shown} /> : children}
    </Tabs>
  );
}

/** Gives the Unix time in ms, each second. */
function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
