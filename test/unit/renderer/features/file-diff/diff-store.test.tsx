import { expect, test } from "vitest";
import { compareWithRan } from "../../../../../renderer/features/file-diff/diff-store.js";
import { useTraceStore } from "../../../../../renderer/model/traces/trace-store.js";
import { useNotices } from "../../../../../renderer/platform/notices.js";
import { noConnection } from "../../../../../renderer/rpc/store.js";
import { rowOf } from "../../rows.js";

const noticed = () => useNotices.getState().notices.at(-1)?.text;

test("without a connection that is why there is no comparison, whatever has run", async () => {
  useTraceStore.setState({ rows: [rowOf(1, { file: "a.py" })] });
  await compareWithRan("a.py");
  expect(noticed()).toContain(noConnection.message);
  await compareWithRan("b.py");
  expect(noticed()).toBe("No request has run b.py yet.");
});
