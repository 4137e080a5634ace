import { expect, test } from "vitest";
import { requestLabel } from "../../../../../renderer/features/editor/request-summary.js";
import { rowOf } from "../../rows.js";

const path = "cgi-bin/a.py";

test("the line above a script counts its own requests; failures and what still runs are no part of its p50", () => {
  expect(requestLabel([], path)).toBe("no response yet");
  const elsewhere = rowOf(1, { file: "cgi-bin/b.py" });
  const running = rowOf(2, { outcome: null, tookMs: null, status: null });
  const failed = rowOf(3, { outcome: "crashed", status: 500, tookMs: 1 });
  expect(requestLabel([elsewhere, running], path)).toBe("no response yet");
  expect(requestLabel([elsewhere, running, failed], path)).toBe("1 request · no successful request yet");
  expect(requestLabel([elsewhere, running, failed, rowOf(4, { tookMs: 31 }), rowOf(5, { tookMs: 23 })], path)).toBe(
    "3 requests · p50 23 ms",
  );
  const held = rowOf(6, { tookMs: null });
  expect(requestLabel([held], path)).toBe("1 request");
  expect(requestLabel([held, rowOf(7, { tookMs: 23 })], path)).toBe("2 requests · p50 23 ms");
});
