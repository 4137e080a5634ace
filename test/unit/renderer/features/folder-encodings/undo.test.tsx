// The undo of a conversion, of which a part can fail.
import { createORPCClient } from "@orpc/client";
import { afterAll, expect, test } from "vitest";
import { undoConversion, useEncodings } from "../../../../../renderer/features/folder-encodings/encodings-store.js";
import type { Client } from "../../../../../renderer/rpc/connection.js";
import { useServer } from "../../../../../renderer/rpc/store.js";

afterAll(() => useServer.setState({ client: null }));

test("an undo that fails for a file is offered again, for the rest", async () => {
  const why = { code: "failed", data: { problem: "No space is left." }, text: "No space is left." };
  const tokens = ["again", null];
  const undone = () => ({ restored: [], left: [{ path: "a.pl", why }], token: tokens.shift() });
  const report = { files: [], binary: 0, skipped: 0, bound: null, maxFiles: 1, maxBytes: 1, maxFileBytes: 1, maxMs: 1 };
  const client: Client = createORPCClient({ call: async ([, name]) => (name === "undo" ? undone() : report) });
  useServer.setState({ connection: "connected", client });
  await undoConversion("first");
  expect(useEncodings.getState().done).toMatchObject({ left: [{ path: "a.pl" }], token: "again" });
  await undoConversion("again");
  expect(useEncodings.getState().done?.token).toBeNull();
});
