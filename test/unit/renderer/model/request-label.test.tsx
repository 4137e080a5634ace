import { expect, test } from "vitest";
import { requestLabel } from "../../../../renderer/model/traces/request-label.js";
import { rowOf } from "../rows.js";

const path = "cgi-bin/a.py";

test("the line above a script counts its own requests; failures and what still runs are no part of its p50", () => {
  expect(requestLabel([], path)).toBe("no response yet");
  const elsewhere = rowOf(1, { file: "cgi-bin/b.py" });
  const running = rowOf(2, { outcome: null, tookMs: null, status: null });
  const failed = rowOf(3, { outcome: "crashed", status: 500, tookMs: 1 });
  expect(requestLabel([elsewhere, running], path)).toBe("no response yet");
  expect(requestLabel([elsewhere, running, failed], path)).toBe("1 request · no successful request yet");
  const answered = [4, 5, 6, 7, 8].map((id) => rowOf(id, { tookMs: id }));
  expect(requestLabel([elsewhere, running, failed, ...answered], path)).toBe("6 requests · p50 6.0 ms");
  const held = rowOf(9, { tookMs: null });
  expect(requestLabel([held], path)).toBe("1 request");
  expect(requestLabel([held, ...answered], path)).toBe("6 requests · p50 6.0 ms");
  expect(requestLabel([failed, held, ...answered.slice(1)], path)).toBe("6 requests"); // four answers have no p50
});
