// The place of the selected trace: what is debugged takes it once the script has stopped, and the trace is its other
// tab.
import { type ReactNode, useEffect, useState } from "react";
import { useInspectorState } from "../../model/traces/inspector-state.js";
import { lazyPart } from "../../platform/lazy-part.js";
import { useSelection } from "../../platform/selection.js";
import { Tabs } from "../../ui/tabs.js";
import { useDebug } from "./debug-store.js";

const DebugView = lazyPart(async () => (await import("./debug-view.js")).DebugView);

export function DebugPlace({ children }: { readonly children: ReactNode }) {
  const hasStopped = useDebug(({ stop }) => stop !== null);
  return hasStopped ? <DebugTabs>{children}</DebugTabs> : children;
}

function DebugTabs({ children }: { readonly children: ReactNode }) {
  const [shown, setShown] = useState<"debug" | "trace">("debug");
  useEffect(() => {
    const ends = [
      useSelection.subscribe((now, before) => now.traceId !== before.traceId && setShown("trace")),
      useInspectorState.subscribe((now, before) => now.tab !== before.tab && setShown("trace")),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, []);
  return (
    <Tabs
      label="Debugged request"
      className="debug-tabs"
      value={shown}
      onChange={setShown}
      items={[
        { value: "debug", title: "Debugger" },
        { value: "trace", title: "Trace" },
      ]}
    >
      {shown === "debug" ? <DebugView /> : children}
    </Tabs>
  );
}
