// What is offered while there are not two traces to compare.
import { act, render, screen } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { Compare } from "../../../../../renderer/features/trace-compare/compare.js";
import { toggleMark, useTraceComparison } from "../../../../../renderer/model/traces/trace-comparison.js";
import { noRows } from "../../../../../renderer/model/traces/trace-rows.js";
import { useTraceStore } from "../../../../../renderer/model/traces/trace-store.js";
import { useSelection } from "../../../../../renderer/platform/selection.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import { showListed } from "../../listed.js";
import { rowOf } from "../../rows.js";

layOutPage();
const [first, second] = [rowOf(1, { id: "000000001run001-1" }), rowOf(2, { id: "000000001run001-2" })];
beforeEach(() => {
  useTraceStore.setState({ ...noRows, rows: [first, second] }, true);
  showListed([]);
  useTraceComparison.setState({ marked: null, left: null, right: null });
});

const offered = () => screen.queryByRole("button", { name: /^Compare the selected trace/ }) !== null;

test("to compare the selected trace: with the one before it, if there is one", () => {
  useSelection.getState().select(second.id);
  const page = render(<Compare />);
  expect(offered()).toBe(true);
  page.unmount();
  useSelection.getState().select(first.id);
  render(<Compare />);
  expect(offered()).toBe(false);
});

test("and with a stored one, as soon as that is in the list", () => {
  useSelection.getState().select(first.id);
  render(<Compare />);
  const stored = rowOf(1, { id: "000000000run000-1", startedAt: 0 });
  act(() => showListed([stored]));
  expect(offered()).toBe(true);
});

test("the first one with the one that is marked", () => {
  useSelection.getState().select(first.id);
  toggleMark(second.id);
  render(<Compare />);
  expect(offered()).toBe(true);
});

test("nothing is offered for a chosen trace while none is selected", () => {
  useSelection.getState().select(null);
  useTraceComparison.setState({ right: second.id });
  render(<Compare />);
  expect(offered()).toBe(false);
});
