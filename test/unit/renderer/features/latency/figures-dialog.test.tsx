// The page of a script: which percentiles the table of its versions has.
import { createORPCClient } from "@orpc/client";
import { act, render, screen, within } from "@testing-library/react";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FiguresDialog } from "../../../../../renderer/features/latency/figures-dialog.js";
import { openDialog } from "../../../../../renderer/platform/dialogs.js";
import type { Client } from "../../../../../renderer/rpc/connection.js";
import { useServer } from "../../../../../renderer/rpc/store.js";
import type { StoredFigures, VersionFigures } from "../../../../../server/contract/figures-contract.js";
import { layOutPage } from "../../../../support/laid-out-page.js";

layOutPage();

const times = { p50Ms: 1, p95Ms: 2, p99Ms: 3 };
const versionOf = (version: string, known: Partial<VersionFigures>): VersionFigures => ({
  ...{ version, hash: null, requests: 200, failed: 0, firstAt: 0, lastAt: 0, ...times, maxMs: 4, ...known },
});
const figures: StoredFigures = {
  ...{ requests: 125, failed: 1, firstAt: 0, lastAt: 0, ...times, stepMs: 1000, steps: [] },
  versions: [versionOf("few", { p95Ms: null, p99Ms: null }), versionOf("some", { p99Ms: null }), versionOf("many", {})],
  ...{ failures: [], slowest: [], lastFailed: null },
};
beforeAll(() => {
  const client: Client = createORPCClient({
    call: async ([, name]) => (name === "figures" ? figures : new Promise(() => undefined)),
  });
  useServer.setState({ connection: "connected", client });
});
afterAll(() => useServer.setState({ client: null }));

test("a version has the percentiles that there are", async () => {
  render(<FiguresDialog />);
  act(() => openDialog("figures", "a.py"));
  const table = await screen.findByRole("table", { name: "Versions" });
  const has = ["few", "some", "many"].map((version) => {
    const row = within(table).getByText(version).closest("tr");
    return [...(row?.children ?? [])].slice(3, 7).map(({ textContent }) => /\d/.test(textContent));
  });
  expect(has).toEqual([
    [true, false, false, true],
    [true, true, false, true],
    [true, true, true, true],
  ]);
});
