// The bottom panel's tabs, from a list: a line here and a name in bottom-tab-store.ts make another one. Only the chosen
// tab's view exists; the right of the tab line belongs to the chosen tab.
import type { ComponentType, ReactNode } from "react";
import { ServerTitle } from "../features/server/index.js";
import { TraceBar, TraceList, TracesTitle } from "../features/traces/index.js";
import {
  type BottomTabName,
  type BottomView,
  closeBottomTab,
  showBottomTab,
  tabOf,
  useBottomTab,
} from "../platform/bottom-tab-store.js";
import { lazyPart } from "../platform/lazy-part.js";
import { IconButton } from "../ui/button.js";
import { Choice } from "../ui/choice.js";
import { CloseIcon } from "../ui/icon.js";
import { Tabs } from "../ui/tabs.js";

interface BottomTab {
  readonly value: BottomTabName;
  /** Its text is the tab's name. */
  readonly title: ReactNode;
}

const tabs: readonly BottomTab[] = [
  { value: "traces", title: <TracesTitle /> },
  { value: "saved", title: "Requests" },
  { value: "console", title: "Console" },
  { value: "compare", title: "Compare" },
  { value: "variations", title: "Variations" },
  { value: "search", title: "Find" },
  { value: "workers", title: "Workers" },
  { value: "server", title: <ServerTitle /> },
];

const views: Readonly<Record<BottomView, ComponentType>> = {
  traces: TraceList,
  saved: lazyPart(async () => (await import("../features/saved/saved-view.js")).SavedView),
  console: lazyPart(async () => (await import("../features/debug/console-view.js")).ConsoleView),
  compare: lazyPart(async () => (await import("../features/trace-compare/compare.js")).Compare),
  variations: lazyPart(async () => (await import("../features/variations/variations-view.js")).VariationsView),
  search: lazyPart(async () => (await import("../features/file-search/search-view.js")).SearchView),
  workers: lazyPart(async () => (await import("../features/workers/workers-view.js")).WorkersView),
  server: lazyPart(async () => (await import("../features/server/server-view.js")).ServerView),
  log: lazyPart(async () => (await import("../features/server/log-view.js")).LogView),
};

export function BottomTabs() {
  const { view, open } = useBottomTab();
  const View = views[view];
  return (
    <Tabs
      label="Traces and requests"
      size="small"
      value={tabOf(view)}
      onChange={showBottomTab}
      items={tabs.filter(({ value }) => open.has(value))}
      aside={view === "traces" ? <TraceBar /> : view === "saved" ? undefined : <Aside view={view} />}
    >
      <View />
    </Tabs>
  );
}

/** A tab that is not always there. */
function Aside({ view }: { readonly view: BottomView }) {
  return (
    <div className="ui-row workbench-aside">
      {(view === "server" || view === "log") && (
        <Choice
          label="Server or log"
          size="small"
          value={view}
          onChange={showBottomTab}
          choices={[
            { value: "server", title: "State" },
            { value: "log", title: "Log" },
          ]}
        />
      )}
      <IconButton label="Close this tab" onClick={() => closeBottomTab(tabOf(view))} icon={CloseIcon} />
    </div>
  );
}
