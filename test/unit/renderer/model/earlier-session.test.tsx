// Which traces are of an earlier session of the server.
import { expect, test } from "vitest";
import { isEarlierSession, useTraceStore } from "../../../../renderer/model/traces/trace-store.js";
import { idTime } from "../../../../server/protocol/trace-id.js";

test("those of other runs from before the server began; not those that another process records beside it", () => {
  const begunAt = 1_700_000_000_000;
  useTraceStore.setState({ generation: "aaaaaa11-2222", begunAt });
  const before = idTime(begunAt - 1);
  expect(isEarlierSession(`${before}bbbbbb-1`)).toBe(true);
  expect(isEarlierSession(`${before}aaaaaa-2`)).toBe(false); // the clock was set back
  expect(isEarlierSession(`${idTime(begunAt)}bbbbbb-3`)).toBe(false);
});
