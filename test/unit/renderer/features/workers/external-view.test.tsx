// The result of a check of an external application is announced, and its cell stays a cell.
import { createORPCClient } from "@orpc/client";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterAll, expect, test } from "vitest";
import { ExternalApplications } from "../../../../../renderer/features/workers/external-view.js";
import type { Client } from "../../../../../renderer/rpc/connection.js";
import { useServer } from "../../../../../renderer/rpc/store.js";
import type { ExternalState } from "../../../../../server/contract/workers-contract.js";
import { layOutPage } from "../../../../support/laid-out-page.js";

layOutPage();
const client: Client = createORPCClient({ call: async () => null });
useServer.setState({ connection: "connected", client });
afterAll(() => useServer.setState({ client: null }));

const external: ExternalState = {
  ...{ address: "127.0.0.1:9000", routes: [], requests: 0, running: 0, queued: 0, failure: null },
  answer: { at: 1, spoke: true, says: null },
};

test("while it is checked and after it, as often as it is drawn", async () => {
  const view = (now: number) => <ExternalApplications external={[external]} now={now} />;
  const { rerender } = render(view(5000));
  const status = () => screen.getByRole("status").textContent;
  const cells = screen.getAllByRole("cell").length;
  expect(status()).toBe("");
  fireEvent.click(screen.getByRole("button"));
  const asking = status();
  expect([asking === "", screen.getAllByRole("cell").length]).toEqual([false, cells]);
  await waitFor(() => expect(status()).not.toBe(asking));
  const heard = status();
  expect(heard).not.toBe("");
  rerender(view(9000));
  expect(status()).toBe(heard);
});
