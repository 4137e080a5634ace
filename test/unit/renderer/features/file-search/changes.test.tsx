// What a replacement would change, and its undo, of which a part can fail.
import { createORPCClient } from "@orpc/client";
import { render } from "@testing-library/react";
import { afterAll, expect, test } from "vitest";
import { ResultRowView } from "../../../../../renderer/features/file-search/result-row.js";
import { changeRows } from "../../../../../renderer/features/file-search/rows.js";
import { undoReplacement, useSearch } from "../../../../../renderer/features/file-search/search-store.js";
import type { Client } from "../../../../../renderer/rpc/connection.js";
import { useServer } from "../../../../../renderer/rpc/store.js";
import type { Replacement } from "../../../../../server/contract/search-contract.js";

afterAll(() => useServer.setState({ client: null }));

test("a line with more matches than are shown says how many", () => {
  const line = { line: 1, parts: [{ kind: "removed" as const, text: "," }], more: 4999 };
  const file: Replacement = {
    ...{ path: "a.json", hash: "", encoding: "utf-8", matches: 5000, cutLines: 0, lines: [line], more: 0 },
  };
  const row = changeRows([file], new Set())[1];
  if (row === undefined) throw new Error("the file has a changed line");
  const nothing = (): void => undefined;
  const place = { index: 1, top: 0, isActive: false, isFolded: false, isTaken: null };
  const { container } = render(<ResultRowView row={row} {...place} onPress={nothing} onTake={nothing} />);
  expect(container.textContent).toBe("1 , … and 4,999 more matches in this line");
});

test("an undo that fails for a file is offered again, for the rest", async () => {
  const why = { code: "failed", data: { problem: "No space is left." }, text: "No space is left." };
  const tokens = ["again", null];
  const client: Client = createORPCClient({
    call: async () => ({ restored: [], left: [{ path: "a.pl", why }], token: tokens.shift() }),
  });
  useServer.setState({ connection: "connected", client });
  await undoReplacement("first");
  expect(useSearch.getState().done).toMatchObject({ left: [{ path: "a.pl" }], token: "again" });
  await undoReplacement("again");
  expect(useSearch.getState().done?.token).toBeNull();
});
