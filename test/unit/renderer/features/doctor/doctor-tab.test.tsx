// The doctor's tab when the check of a trace fails: it does not report that all is well.
import { render, screen, waitFor } from "@testing-library/react";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { DoctorTab } from "../../../../../renderer/features/doctor/doctor-tab.js";
import { useProof } from "../../../../../renderer/features/doctor/proof-store.js";
import type { TraceView } from "../../../../../server/contract/trace.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import { type ServedPage, servePage } from "../../../../support/served-page.js";
import { sentRaw } from "../../sent-raw.js";

layOutPage();

let served: ServedPage;
let trace: TraceView;
beforeAll(async () => {
  served = await servePage();
  served.script("a.cgi", "printf 'Content-Type: text/plain\\n\\nok'");
  trace = await sentRaw(["GET /a.cgi HTTP/1.1"]);
});
afterAll(() => served[Symbol.asyncDispose]());
beforeEach(() => useProof.setState({ proof: null }));

const show = (shown: TraceView) =>
  render(<DoctorTab trace={shown} show={{ bytes: () => null, line: null, variable: () => {} }} />);
const isHealthy = (): boolean => document.querySelector(".doctor-healthy-icon") !== null;

test("a trace without findings is healthy", async () => {
  show(trace);
  await waitFor(() => expect(isHealthy()).toBe(true));
});

test("a check that fails is reported", async () => {
  show({ ...trace, id: "evicted" });
  await screen.findByRole("alert");
  expect(isHealthy()).toBe(false);
});

test("a fix whose proving trace cannot be checked is not said to be one, and can be undone", async () => {
  const fix = { id: "make-executable", title: "Make it executable" } as const;
  const finding = { rule: "not-executable", title: "The script is not executable" };
  const proof = { traceId: "evicted", before: trace.id, seq: 1, fix, finding, rulesBefore: [], undo: () => {} };
  useProof.setState({ proof });
  show({ ...trace, id: "evicted" });
  await screen.findByRole("alert");
  expect(document.querySelector("[data-proof]")?.getAttribute("data-proof")).toBe("unknown");
  expect(screen.getAllByRole("button")).not.toHaveLength(0);
});
