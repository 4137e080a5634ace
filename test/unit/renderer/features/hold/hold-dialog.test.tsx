// What a person asks for in the dialog is the rule that the server keeps.
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { stopHolding } from "../../../../../renderer/features/hold/held-store.js";
import { HoldDialog } from "../../../../../renderer/features/hold/hold-dialog.js";
import { openDialog } from "../../../../../renderer/platform/dialogs.js";
import type { ServedPage } from "../../../../support/served-page.js";
import { waitFor } from "../../../../support/wait-for.js";
import { serveStreams } from "../../streamed-page.js";

let served: ServedPage;
beforeAll(async () => {
  served = await serveStreams();
});
afterAll(() => served[Symbol.asyncDispose]());
afterEach(() => {
  stopHolding();
  cleanup();
});

const type = (label: RegExp, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });

test("a slow network: an empty rate is unlimited", async () => {
  render(<HoldDialog />);
  act(() => openDialog("hold"));
  type(/Requests that match/, "method:POST");
  fireEvent.click(await screen.findByRole("radio", { name: "Slow network" }));
  type(/Latency/, "120");
  type(/Request body/, "");
  type(/Response/, "2000");
  fireEvent.click(screen.getByRole("checkbox", { name: "Only the next one" }));
  fireEvent.click(screen.getByRole("button", { name: "Slow down" }));
  const { holds } = served.workbench;
  await waitFor("the server keeps it", () => holds.rules.length === 1);
  expect(holds.rules).toMatchObject([
    {
      query: "method:POST",
      isOnce: true,
      pace: { latencyMs: 120, upPerSecond: null, downPerSecond: 2000 },
    },
  ]);
  stopHolding();
  await waitFor("the rule ends", () => holds.rules.length === 0);
});
