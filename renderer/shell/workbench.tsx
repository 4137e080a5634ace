// The workbench's panes: files, editor over composer, inspector; traces and latency below. Sizes are remembered for each set of
// panes that is shown; separators take the arrow keys.
import type { RefObject } from "react";
import {
  Group,
  type GroupImperativeHandle,
  Panel,
  Separator,
  useDefaultLayout,
  useGroupRef,
} from "react-resizable-panels";
import { Composer } from "../features/composer/index.js";
import { EditorPane } from "../features/editor/index.js";
import { Explorer } from "../features/explorer/index.js";
import { InspectorPane } from "../features/inspector/index.js";
import { useLayout } from "../platform/layout-store.js";
import { lazyPart } from "../platform/lazy-part.js";
import { BottomTabs } from "./bottom-tabs.js";
import { useSameEdge } from "./use-same-edge.js";

const LatencyGraph = lazyPart(async () => (await import("../features/latency/latency-graph.js")).LatencyGraph);

/** Share of the window's width for the inspector and, below it, the graph: their left edges meet, and stay together (use-same-edge.ts). */
const rightShare = "33%";

const useRemembered = (id: string, panelIds: string[]) => {
  const { defaultLayout, onLayoutChanged } = useDefaultLayout({
    id: `workbench.${id}`,
    panelIds,
    storage: localStorage,
  });
  return { id, defaultLayout, onLayoutChanged };
};

export function WorkbenchPanes() {
  const { explorer, inspector, bottom } = useLayout();
  const rows = useRemembered("rows", bottom ? ["top", "bottom"] : ["top"]);
  const columns = useRemembered("columns", [
    ...(explorer ? ["explorer"] : []),
    "centre",
    ...(inspector ? ["inspector"] : []),
  ]);
  const below = useGroupRef();
  const followEdge = useSameEdge(below);
  return (
    <main className="workbench">
      <Group {...rows} orientation="vertical">
        <Panel id="top" minSize="200px">
          <Group {...columns} onLayoutChange={({ inspector: share }) => followEdge(share ?? null)}>
            {explorer && (
              <Panel
                key="explorer"
                id="explorer"
                defaultSize="208px"
                minSize="140px"
                maxSize="40%"
                groupResizeBehavior="preserve-pixel-size"
              >
                <Explorer />
              </Panel>
            )}
            {explorer && <Line key="explorer-line" label="Width of files" />}
            <Panel key="centre" id="centre" minSize="300px">
              <Centre />
            </Panel>
            {inspector && <Line key="inspector-line" label="Width of inspector" />}
            {inspector && (
              <Panel key="inspector" id="inspector" defaultSize={rightShare} minSize="280px" maxSize="60%">
                <div className="workbench-pane" data-pane>
                  <InspectorPane />
                </div>
              </Panel>
            )}
          </Group>
        </Panel>
        {bottom && <Line key="bottom-line" label="Height of traces" />}
        {bottom && (
          <Panel
            key="bottom"
            id="bottom"
            defaultSize="252px"
            minSize="110px"
            maxSize="70%"
            groupResizeBehavior="preserve-pixel-size"
          >
            <Below group={below} />
          </Panel>
        )}
      </Group>
    </main>
  );
}

function Centre() {
  return (
    <Group {...useRemembered("centre", ["editor", "composer"])} orientation="vertical">
      <Panel id="editor" minSize="80px">
        <EditorPane />
      </Panel>
      <Line label="Height of request" />
      <Panel id="composer" defaultSize="150px" minSize="104px" maxSize="70%" groupResizeBehavior="preserve-pixel-size">
        <Composer />
      </Panel>
    </Group>
  );
}

function Below({ group }: { readonly group: RefObject<GroupImperativeHandle | null> }) {
  return (
    <Group {...useRemembered("below", ["traces", "latency"])} groupRef={group}>
      <Panel id="traces" minSize="320px">
        <div className="workbench-pane" data-pane>
          <BottomTabs />
        </div>
      </Panel>
      <Line label="Width of latency" />
      <Panel id="latency" defaultSize={rightShare} minSize="220px" maxSize="60%">
        <div className="workbench-pane" data-pane>
          <LatencyGraph />
        </div>
      </Panel>
    </Group>
  );
}

const Line = ({ label }: { readonly label: string }) => <Separator className="workbench-line" aria-label={label} />;
