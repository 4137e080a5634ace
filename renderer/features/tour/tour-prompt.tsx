// Offers the tour after the examples were opened: a line above the panes, until the first choice.
import { useEffect } from "react";
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { useTraceStore } from "../../model/traces/trace-store.js";
import { runCommand } from "../../platform/command-registry.js";
import { Button } from "../../ui/button.js";
import { declineTour, useTour } from "./tour-store.js";
import "./tour.css";

export function TourPrompt() {
  const offeredIn = useTour((tour) => tour.offeredIn);
  const root = useWorkspace(({ workspace }) => workspace?.root ?? null);
  // It is about the first request: with the second one it would be about another.
  const isOver = useTraceStore(({ rows }) => rows.length > 1);
  useEffect(() => {
    if (isOver && offeredIn !== null) useTour.setState({ offeredIn: null });
  }, [isOver, offeredIn]);
  if (root === null || root !== offeredIn) return null;
  return (
    <section className="app-banner tour-prompt" aria-label="What just happened?">
      <span>
        <strong>What just happened?</strong> The workbench sent a request to the first example. Its trace is on the
        right.
      </span>
      <Button size="small" look="primary" onClick={() => runCommand("tour.start")}>
        Show me in eight steps
      </Button>
      <Button size="small" look="quiet" onClick={declineTour}>
        Not now
      </Button>
    </section>
  );
}
