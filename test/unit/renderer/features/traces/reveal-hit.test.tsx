// A hit of a search is shown at its place, in whichever stream it is.
import { expect, test } from "vitest";
import { revealHit } from "../../../../../renderer/features/traces/reveal-hit.js";
import { useInspectorState } from "../../../../../renderer/model/traces/inspector-state.js";

const hit = { name: null, at: 0x12ab, before: "", found: "needle", after: "" };

test.each([
  ["request-body", "stdin"],
  ["stderr", "stderr"],
  ["response-body", "response"],
] as const)("%s", (part, tab) => {
  revealHit("t1", { ...hit, part });
  expect(useInspectorState.getState()).toMatchObject({ tab, reveal: { traceId: "t1", tab, at: hit.at } });
});

test("response-header: the headers have no place among the bytes of the body", () => {
  revealHit("t1", { ...hit, part: "response-header" });
  expect(useInspectorState.getState()).toMatchObject({ tab: "response", reveal: null });
});
