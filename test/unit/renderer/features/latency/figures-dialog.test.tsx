// The page of a script: which percentiles the table of its versions has.
import { createORPCClient } from "@orpc/client";
import { act, render, screen, within } from "@testing-library/react";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { FiguresDialog } from "../../../../../renderer/features/latency/figures-dialog.js";
import { openDialog } from "../../../../../renderer/platform/dialogs.js";
import type { Client } from "../../../../../renderer/rpc/connection.js";
import { useServer } from "../../../../../renderer/rpc/store.js";
import type { StoredFigures, VersionFigures } from "../../../../../server/contract/figures-contract.js";
import { layOutPage } from "../../../../support/laid-out-page.js";

vi.mock("../../../../../renderer/features/latency/plot.js", () => import("./plot-without-canvas.js"));

layOutPage();

const times = { p50Ms: 1, p95Ms: 2, p99Ms: 3 };
const versionOf = (version: string, requests: number, failed: number): VersionFigures => ({
  ...{ version, hash: null, requests, failed, firstAt: 0, lastAt: 0, ...times, maxMs: 4 },
});
const figures: StoredFigures = {
  ...{ requests: 125, failed: 1, firstAt: 0, lastAt: 0, ...times, stepMs: 1000, steps: [] },
  versions: [versionOf("few", 3, 0), versionOf("some", 21, 1), versionOf("many", 101, 1), versionOf("less", 100, 1)],
  ...{ failures: [], slowest: [], lastFailed: null },
};
beforeAll(() => {
  const client: Client = createORPCClient({
    call: async ([, name]) => (name === "figures" ? figures : new Promise(() => undefined)),
  });
  useServer.setState({ connection: "connected", client });
});
afterAll(() => useServer.setState({ client: null }));

test("a version has a percentile if enough of its requests did not fail", async () => {
  render(<FiguresDialog />);
  act(() => openDialog("figures", "a.py"));
  const table = await screen.findByRole("table", { name: "Versions" });
  const has = ["few", "some", "many", "less"].map((version) => {
    const row = within(table).getByText(version).closest("tr");
    return [...(row?.children ?? [])].slice(3, 7).map(({ textContent }) => /\d/.test(textContent));
  });
  expect(has).toEqual([
    [true, false, false, true],
    [true, true, false, true],
    [true, true, true, true],
    [true, true, false, true],
  ]);
});
