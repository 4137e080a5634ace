// The bottom panel's tabs, from a list: a line here and a name in bottom-tab-store.ts make another one. Only the chosen
// tab's view exists; the right of the tab line belongs to the chosen tab.
import type { ComponentType, ReactNode } from "react";
import { ServerTitle } from "../features/server/index.js";
import { TraceBar, TraceList, TracesTitle } from "../features/traces/index.js";
import { type BottomTabName, showBottomTab, useBottomTab } from "../platform/bottom-tab-store.js";
import { lazyPart } from "../platform/lazy-part.js";
import { Tabs } from "../ui/tabs.js";

interface BottomTab {
  readonly value: BottomTabName;
  /** Its text is the tab's name. */
  readonly title: ReactNode;
  readonly View: ComponentType;
  /** At the right end of the tab line. */
  readonly Aside?: ComponentType;
}

const tabs: readonly BottomTab[] = [
  { value: "traces", title: <TracesTitle />, View: TraceList, Aside: TraceBar },
  {
    value: "compare",
    title: "Compare",
    View: lazyPart(async () => (await import("../features/trace-compare/compare.js")).Compare),
  },
  {
    value: "saved",
    title: "Requests",
    View: lazyPart(async () => (await import("../features/saved/saved-view.js")).SavedView),
  },
  {
    value: "search",
    title: "Find",
    View: lazyPart(async () => (await import("../features/file-search/search-view.js")).SearchView),
  },
  {
    value: "workers",
    title: "Workers",
    View: lazyPart(async () => (await import("../features/workers/workers-view.js")).WorkersView),
  },
  {
    value: "log",
    title: "Log",
    View: lazyPart(async () => (await import("../features/server/log-view.js")).LogView),
  },
  {
    value: "server",
    title: <ServerTitle />,
    View: lazyPart(async () => (await import("../features/server/server-view.js")).ServerView),
  },
];

export function BottomTabs() {
  const chosen = useBottomTab((store) => store.tab);
  const tab = tabs.find(({ value }) => value === chosen) ?? tabs[0];
  if (!tab) return null;
  const { View, Aside } = tab;
  return (
    <Tabs
      label="Traces, comparison, requests, find, workers, log and server"
      size="small"
      value={tab.value}
      onChange={showBottomTab}
      items={tabs}
      aside={Aside && <Aside />}
    >
      <View />
    </Tabs>
  );
}
