// The doctor's tab when the check of a trace fails: it does not report that all is well.
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { DoctorTab } from "../../../../../renderer/features/doctor/doctor-tab.js";
import { useProof } from "../../../../../renderer/features/doctor/proof-store.js";
import { asSentence } from "../../../../../server/contract/message.js";
import type { Finding, TraceView } from "../../../../../server/contract/trace.js";
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

test("fixes that are not known are not reported as findings that are not", async () => {
  const finding: Finding = {
    ...{ rule: "not-executable", severity: "error" },
    ...{ title: asSentence("It is not executable"), detail: asSentence("Its mode is 0644.") },
    ...{ stream: null, range: null, line: null, reference: null, fixes: [], evidence: [] },
  };
  const texts: unknown[] = [];
  for (const findings of [[], [finding]]) {
    show({ ...trace, id: "evicted", findings });
    texts.push((await screen.findByRole("alert")).textContent);
    cleanup();
  }
  expect(new Set(texts).size).toBe(2);
});

test("a fix whose proving trace cannot be checked is not said to be one, and can be undone", async () => {
  const fix = { id: "make-executable", title: "Make it executable" } as const;
  const finding = { rule: "not-executable", title: "The script is not executable" };
  const undo = vi.fn();
  const proof = { traceId: "evicted", before: trace.id, fix, finding, rulesBefore: [], undo };
  useProof.setState({ proof });
  show({ ...trace, id: "evicted" });
  await screen.findByRole("alert");
  expect(document.querySelector("[data-proof]")?.getAttribute("data-proof")).toBe("unknown");
  fireEvent.click(screen.getByRole("button", { name: "Undo" }));
  expect(undo).toHaveBeenCalledOnce();
});
