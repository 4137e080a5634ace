// What the window shows after a tour: what it showed before, also when the tour was started again on the way.
import { expect, test } from "vitest";
import { tourCommands } from "../../../../../renderer/features/tour/commands.js";
import { endTour, useTour } from "../../../../../renderer/features/tour/tour-store.js";
import { showTab, useInspectorState } from "../../../../../renderer/model/traces/inspector-state.js";
import { noRows } from "../../../../../renderer/model/traces/trace-rows.js";
import { useTraceStore } from "../../../../../renderer/model/traces/trace-store.js";
import { togglePane, useLayout } from "../../../../../renderer/platform/layout-store.js";
import { useSelection } from "../../../../../renderer/platform/selection.js";
import { rowOf } from "../../rows.js";

test.each([1, 2])("a tour that was started %i times gives everything back", async (times) => {
  const script = { kind: "script", mode: "cgi" } as const;
  useTraceStore.setState({ ...noRows, rows: [rowOf(1, script), rowOf(2, script)] });
  if (useLayout.getState().inspector) togglePane("inspector");
  useSelection.setState({ traceId: null, followLatest: true });
  showTab("stderr");
  const button = document.body.appendChild(document.createElement("button"));
  button.focus();
  for (let time = 0; time < times; time++) {
    await tourCommands["tour.start"].run();
    expect(useTour.getState().traceId).not.toBeNull();
    showTab("env"); // as the tour's steps do
    const card = document.body.appendChild(document.createElement("button"));
    card.focus();
  }
  endTour();
  expect(useSelection.getState()).toMatchObject({ traceId: null, followLatest: true });
  expect(useInspectorState.getState().tab).toBe("stderr");
  expect(useLayout.getState().inspector).toBe(false);
  expect(document.activeElement).toBe(button);
  document.body.replaceChildren();
});

test.each([
  ["another trace was selected", () => useSelection.getState().select("other"), "other"],
  ["another folder was opened", () => useSelection.getState().reset(), null],
])("after the tour a selection of the user stays: %s", async (_, change, traceId) => {
  useTraceStore.setState({ ...noRows, rows: [rowOf(1, { kind: "script", mode: "cgi" })] });
  const wasFollowing = traceId !== null; // the opposite of what holds after the change
  useSelection.setState({ traceId: null, followLatest: wasFollowing });
  await tourCommands["tour.start"].run();
  change();
  endTour();
  expect(useSelection.getState()).toMatchObject({ traceId, followLatest: !wasFollowing });
});
