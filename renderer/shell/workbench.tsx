// The workbench's panes: files, editor over composer, and traces below; beside them, from header to footer, the
// inspector over the latency graph, and an open lesson, which has the files in its other tab. Heights fit what is shown
// until a person chooses others; those are remembered for each set of panes, and separators take the arrow keys.
import { useRef } from "react";
import { Group, Panel, Separator } from "react-resizable-panels";
import { Composer } from "../features/composer/index.js";
import { DebugPlace } from "../features/debug/index.js";
import { EditorPane } from "../features/editor/index.js";
import { Explorer } from "../features/explorer/index.js";
import { HeldPlace } from "../features/hold/index.js";
import { InspectorPane } from "../features/inspector/index.js";
import { useHasLesson } from "../features/lessons/index.js";
import { ErrorBoundary } from "../platform/error-boundary.js";
import { isGraphOpen, useLayout } from "../platform/layout-store.js";
import { lazyPart } from "../platform/lazy-part.js";
import { useModeComparison } from "../platform/mode-comparison.js";
import { BottomTabs } from "./bottom-tabs.js";
import { leastComposer } from "./fitting-heights.js";
import { useFittingHeights } from "./use-fitting-heights.js";
import { useRemembered } from "./use-remembered.js";
import { useWindowHeight } from "./use-window-height.js";

const LessonPlace = lazyPart(async () => (await import("../features/lessons/lesson-place.js")).LessonPlace);
const LatencyGraph = lazyPart(async () => (await import("../features/latency/latency-graph.js")).LatencyGraph);
const LatencyLine = lazyPart(async () => (await import("../features/latency/latency-line.js")).LatencyLine);

/** A window as wide as this has room for long names of files, px. */
const roomyPx = 1600;

export function WorkbenchPanes() {
  const { explorer, inspector, bottom } = useLayout();
  const isCovered = useModeComparison(({ path }) => path !== null);
  const hasLesson = useHasLesson() && explorer;
  const columns = useRemembered("sides", [
    ...(hasLesson ? ["lesson"] : []),
    "left",
    ...(inspector ? ["inspector"] : []),
  ]);
  return (
    <main className="workbench" inert={isCovered}>
      <Group {...columns.group}>
        {hasLesson && (
          <Panel key="lesson" id="lesson" defaultSize="25%" minSize="220px">
            <ErrorBoundary part="The lesson">
              <LessonPlace>
                <Explorer />
              </LessonPlace>
            </ErrorBoundary>
          </Panel>
        )}
        {hasLesson && <Line key="lesson-line" label="Width of lesson" />}
        <Panel key="left" id="left" minSize="440px">
          <Left hasExplorer={explorer && !hasLesson} hasBottom={bottom} />
        </Panel>
        {inspector && <Line key="inspector-line" label="Width of inspector" />}
        {inspector && (
          <Panel key="inspector" id="inspector" defaultSize="36%" minSize="280px" maxSize="60%">
            <Right />
          </Panel>
        )}
      </Group>
    </main>
  );
}

function Left({ hasExplorer, hasBottom }: { readonly hasExplorer: boolean; readonly hasBottom: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  const rows = useRemembered("heights", hasBottom ? ["top", "bottom"] : ["top"]);
  const columns = useRemembered("files", [...(hasExplorer ? ["explorer"] : []), "centre"]);
  const centre = useRemembered("request", ["editor", "composer"]);
  const fitting = useFittingHeights(place, { composer: centre.isChosen, bottom: rows.isChosen }, hasBottom);
  return (
    <div ref={place} className="workbench-pane">
      <Group {...rows.group} orientation="vertical">
        <Panel key="top" id="top" minSize="200px">
          <Group {...columns.group}>
            {hasExplorer && (
              <Panel
                key="explorer"
                id="explorer"
                defaultSize={window.innerWidth >= roomyPx ? "260px" : "190px"}
                minSize="140px"
                maxSize="40%"
                groupResizeBehavior="preserve-pixel-size"
              >
                <ErrorBoundary part="The list of files">
                  <Explorer />
                </ErrorBoundary>
              </Panel>
            )}
            {hasExplorer && <Line key="explorer-line" label="Width of files" />}
            <Panel key="centre" id="centre" minSize="300px">
              <Group {...centre.group} orientation="vertical">
                <Panel id="editor" minSize="80px">
                  <ErrorBoundary part="The editor">
                    <EditorPane />
                  </ErrorBoundary>
                </Panel>
                <Line label="Height of request" onDoubleClick={centre.forget} />
                <Panel
                  id="composer"
                  panelRef={fitting.composer}
                  defaultSize="126px"
                  minSize={`${leastComposer}px`}
                  maxSize="70%"
                  groupResizeBehavior="preserve-pixel-size"
                  {...fitting.watchPointer("composer")}
                  {...fitting.watchKeys}
                >
                  <ErrorBoundary part="The composer">
                    <Composer />
                  </ErrorBoundary>
                </Panel>
              </Group>
            </Panel>
          </Group>
        </Panel>
        {hasBottom && <Line key="bottom-line" label="Height of traces" onDoubleClick={rows.forget} />}
        {hasBottom && (
          <Panel
            key="bottom"
            id="bottom"
            panelRef={fitting.bottom}
            defaultSize="127px"
            minSize="110px"
            maxSize="70%"
            groupResizeBehavior="preserve-pixel-size"
            {...fitting.watchPointer("bottom")}
          >
            <div className="workbench-pane" data-pane>
              <ErrorBoundary part="The list of traces">
                <BottomTabs />
              </ErrorBoundary>
            </div>
          </Panel>
        )}
      </Group>
    </div>
  );
}

function Right() {
  const height = useWindowHeight();
  const isOpen = useLayout((layout) => isGraphOpen(layout, height));
  const { group } = useRemembered("answer", isOpen ? ["trace", "latency"] : ["trace"]);
  return (
    <div className="workbench-pane ui-column workbench-right">
      <Group {...group} orientation="vertical">
        <Panel key="trace" id="trace" minSize="160px">
          <div className="workbench-pane" data-pane>
            <ErrorBoundary part="The inspector">
              <HeldPlace>
                <DebugPlace>
                  <InspectorPane />
                </DebugPlace>
              </HeldPlace>
            </ErrorBoundary>
          </div>
        </Panel>
        {isOpen && <Line key="latency-line" label="Height of latency" />}
        {isOpen && (
          <Panel
            key="latency"
            id="latency"
            defaultSize="230px"
            minSize="120px"
            maxSize="60%"
            groupResizeBehavior="preserve-pixel-size"
          >
            <div className="workbench-pane" data-pane>
              <ErrorBoundary part="The latency graph">
                <LatencyGraph />
              </ErrorBoundary>
            </div>
          </Panel>
        )}
      </Group>
      {!isOpen && (
        <div className="workbench-folded" data-pane>
          <ErrorBoundary part="The latency graph">
            <LatencyLine />
          </ErrorBoundary>
        </div>
      )}
    </div>
  );
}

interface LineProps {
  readonly label: string;
  readonly onDoubleClick?: () => void;
}

const Line = ({ label, onDoubleClick }: LineProps) => (
  <Separator
    className="workbench-line"
    aria-label={label}
    disableDoubleClick={onDoubleClick !== undefined}
    onDoubleClick={onDoubleClick}
  />
);
