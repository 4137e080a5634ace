import { createORPCClient } from "@orpc/client";
import { render, screen } from "@testing-library/react";
import { afterAll, expect, test } from "vitest";
import { LogView } from "../../../../../renderer/features/server/log-view.js";
import type { Client } from "../../../../../renderer/rpc/connection.js";
import { useServer } from "../../../../../renderer/rpc/store.js";
import type { LogBatch, LogEntry } from "../../../../../server/contract/log-contract.js";
import { asSentence } from "../../../../../server/contract/message.js";
import { layOutPage } from "../../../../support/laid-out-page.js";

layOutPage();
afterAll(() => useServer.setState({ client: null }));

const entry: Omit<LogEntry, "id" | "rev" | "at" | "message"> = {
  level: "info",
  about: "server",
  code: "listening",
  fix: null,
  times: 1,
  file: null,
  line: null,
  traceId: null,
};

test("a day begins at 00:00:00", async () => {
  const moments = [new Date(2026, 0, 5, 0, 5, 0), new Date(2026, 0, 5, 13, 0, 59)];
  const entries = moments.map((at, id) => ({
    ...entry,
    id,
    rev: id + 1,
    at: at.getTime(),
    message: asSentence(`at ${id}`),
  }));
  const batch: LogBatch = { generation: "g", entries, next: 2, missed: 0 };
  let asked = 0;
  const client: Client = createORPCClient({
    call: () => (asked++ === 0 ? Promise.resolve(batch) : new Promise(() => {})),
  });
  useServer.setState({ connection: "connected", client });
  const { container } = render(<LogView />);
  await screen.findByText("at 1");
  expect([...container.querySelectorAll("time")].map(({ textContent }) => textContent)).toEqual([
    "00:05:00",
    "13:00:59",
  ]);
});
