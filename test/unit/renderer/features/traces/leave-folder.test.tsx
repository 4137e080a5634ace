// What the window knows of a folder's requests, when another folder is opened: none of it is about the scripts there.
import { renderHook, waitFor } from "@testing-library/react";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sendRequest } from "../../../../../renderer/features/composer/send.js";
import { followNewest } from "../../../../../renderer/features/traces/follow-newest.js";
import { setFilter, togglePause, useListState } from "../../../../../renderer/features/traces/list-state.js";
import { openFolder } from "../../../../../renderer/model/folder/open-folder.js";
import { showDraft } from "../../../../../renderer/model/request/composer-store.js";
import { blankDraft } from "../../../../../renderer/model/request/draft.js";
import { followLastStatus, useLastStatus } from "../../../../../renderer/model/traces/last-status.js";
import { followList } from "../../../../../renderer/model/traces/list-feed.js";
import { useStoredRows } from "../../../../../renderer/model/traces/stored-rows.js";
import { toggleMark, useTraceComparison } from "../../../../../renderer/model/traces/trace-comparison.js";
import { useTraceRows } from "../../../../../renderer/model/traces/trace-store.js";
import { useSelection } from "../../../../../renderer/platform/selection.js";
import { useServer } from "../../../../../renderer/rpc/store.js";
import { type ServedPage, servePage } from "../../../../support/served-page.js";
import { tempFolder } from "../../../../support/temp-workspace.js";

followNewest();
followLastStatus();
followList();

let served: ServedPage;
beforeAll(async () => {
  served = await servePage();
  served.script("hello.cgi", "printf 'Content-Type: text/plain\\n\\nhello'");
});
afterAll(() => served[Symbol.asyncDispose]());

const request = async (): Promise<void> => {
  showDraft(blankDraft("/hello.cgi"), "hello.cgi");
  await sendRequest();
};
const showFolder = async (path: string): Promise<void> => {
  expect(await openFolder(path)).toBeNull();
  const { client } = useServer.getState();
  useServer.setState({ state: (await client?.state.next({ since: -1, generation: null })) ?? null });
};

test("another folder begins without the rows, the states and the selection of the one before", async () => {
  using other = tempFolder();
  const list = renderHook(() => useTraceRows());
  await request();
  await waitFor(() => expect(list.result.current).toHaveLength(1));
  await waitFor(() => expect(useLastStatus.getState().byFile.get("hello.cgi")?.status).toBe(200));
  const id = list.result.current[0]?.id ?? "";
  expect(useSelection.getState().traceId).toBe(id);
  toggleMark(id);
  togglePause();
  setFilter("status:200");

  await showFolder(other.path);
  await waitFor(() => expect(list.result.current).toEqual([]));
  await waitFor(() => expect(useLastStatus.getState().byFile.size).toBe(0));
  expect(useSelection.getState().traceId).toBeNull();
  expect(useTraceComparison.getState().marked).toBeNull();
  expect(useListState.getState()).toMatchObject({ pausedAt: null, filter: "" });
});

test("a list that was cleared in one folder shows the stored traces of the next", async () => {
  using other = tempFolder();
  await showFolder(served.folder.path);
  const list = renderHook(() => useTraceRows());
  await request();
  await waitFor(() => expect(list.result.current).toHaveLength(1));
  await useServer.getState().client?.traces.clear();
  await waitFor(() => expect(useStoredRows.getState().isCleared).toBe(true));
  await showFolder(other.path);
  await waitFor(() => expect(useStoredRows.getState().isCleared).toBe(false));
});
