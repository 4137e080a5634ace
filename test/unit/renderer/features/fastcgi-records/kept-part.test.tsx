// What is shown of a record of which only the beginning is read, or was kept.
import { render, waitFor } from "@testing-library/react";
import { afterAll, beforeAll, expect, test } from "vitest";
import { RecordDetail } from "../../../../../renderer/features/fastcgi-records/record-detail.js";
import type { Fastcgi, FastcgiRecord } from "../../../../../renderer/features/fastcgi-records/record-lanes.js";
import { RecordNote } from "../../../../../renderer/features/fastcgi-records/record-note.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import { serveStreams } from "../../streamed-page.js";

layOutPage();

let stream = new Uint8Array();
let served: AsyncDisposable;
beforeAll(async () => {
  served = await serveStreams(async (_id, _stream, from, length) => stream.slice(from, from + length));
});
afterAll(() => served[Symbol.asyncDispose]());

function received(type: number, content: Uint8Array, captured = 8 + content.length) {
  stream = Uint8Array.from([...new Uint8Array(8), ...content]).subarray(0, captured);
  const contentLength = content.length;
  const at = { at: 0, direction: "received", requestId: 1, paddingLength: 0, offset: 0 } as const;
  const record: FastcgiRecord = { ...at, type, contentLength };
  const fastcgi: Fastcgi = {
    ...{ worker: "worker 1", pid: 1, role: "responder", nth: 1, reused: false, attempts: 1, queuedAt: null },
    ...{ readyAt: null, connectedAt: null, appStatus: 0, protocolStatus: 0, notes: [], noteCodes: [] },
    ...{ records: [record], omitted: 0, sent: { bytes: 0, captured: 0, chunks: [] } },
    received: { bytes: 8 + contentLength, captured, chunks: [] },
  };
  return { traceId: `a-${type}-${captured}`, record, fastcgi };
}

test("error messages are cut between characters", async () => {
  const bytes = new TextEncoder().encode(`a${"日".repeat(40)}`);
  const { container } = render(<RecordNote {...received(7, bytes)} bodyAt={null} />);
  await waitFor(() => expect(container.textContent).toBe(`“a${"日".repeat(26)}…”`));
});

test.each([
  ["is too short", new Uint8Array(4), 12, true],
  ["was not kept to its end", new Uint8Array(8), 12, false],
])("a record that %s has no fields", async (_what, content, captured, isAtFault) => {
  const { container } = render(<RecordDetail {...received(3, content, captured)} index={0} />);
  await waitFor(() => expect(container.querySelector(".records-sentence ~ p")).not.toBeNull());
  expect(container.querySelector("p.ui-warn") !== null).toBe(isAtFault);
});
