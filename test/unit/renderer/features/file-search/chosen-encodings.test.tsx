// A search reads every file as the user does, whether it is open or not.
import { createORPCClient } from "@orpc/client";
import { afterAll, expect, test } from "vitest";
import { search } from "../../../../../renderer/features/file-search/search-store.js";
import { chooseEncoding } from "../../../../../renderer/model/documents/chosen-encodings.js";
import { useDocuments } from "../../../../../renderer/model/documents/document-store.js";
import { useSearchForm } from "../../../../../renderer/model/folder/search-form.js";
import type { Client } from "../../../../../renderer/rpc/connection.js";
import { useServer } from "../../../../../renderer/rpc/store.js";

afterAll(() => {
  useServer.setState({ client: null });
  useDocuments.setState({ root: null });
});

test("a file that is not open is searched in the encoding that was chosen for it", async () => {
  useDocuments.setState({ root: "/site", open: [] });
  chooseEncoding("/site", "cgi-bin/a.pl", "koi8-r");
  chooseEncoding("/site-2", "b.pl", "koi8-r");
  const asked: unknown[] = [];
  const progress = {
    ...{ searched: 1, files: 1, binary: 0, skipped: 0, matches: 0, cutLines: 0, ms: 1, end: "all" },
    ...{ maxMatches: 1, maxBytes: 1, maxFileBytes: 1, maxMs: 1 },
  };
  const client: Client = createORPCClient({
    call: async ([, name], input) => {
      if (name !== "begin") return { found: [], progress };
      asked.push(input);
      return { id: "search" };
    },
  });
  useServer.setState({ connection: "connected", client });
  useSearchForm.setState({ text: "Привет" });
  await search();
  expect(asked).toMatchObject([{ readAs: [{ path: "cgi-bin/a.pl", encoding: "koi8-r" }] }]);
});
