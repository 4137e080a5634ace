// What other tools leave out of a HAR file, or write where they know nothing: nothing is made up in its place.
import { describe, expect, test } from "vitest";
import type { TraceJson } from "../../../server/contract/trace.js";
import { readTraces } from "../../../server/trace/formats/read-file.js";

const response = { status: 200, statusText: "OK", headers: [], content: { size: 0, mimeType: "" } };

function read(request: object, timings: object = {}): TraceJson | undefined {
  const entry = {
    startedDateTime: "2026-01-31T09:00:00Z",
    time: 10,
    request: { method: "GET", url: "http://shop.test/", headers: [], ...request },
    response,
    timings,
  };
  return readTraces("file", Buffer.from(JSON.stringify({ log: { entries: [entry] } })))[0];
}

describe("parameters of a multipart form", () => {
  const type = "multipart/form-data; boundary=x";
  const upload = (more: object) => ({
    method: "POST",
    headers: [{ name: "Content-Type", value: type }],
    postData: { mimeType: type, params: [{ name: "a", value: "b" }] },
    ...more,
  });

  test("are not its bytes: how many there were is known, and that they are missing", () => {
    expect(read(upload({ bodySize: 50 }))?.request.body).toMatchObject({ bytes: 50, captured: 0, base64: "" });
  });

  test("without a size the length is that of Content-Length", () => {
    const headers = [
      { name: "Content-Type", value: type },
      { name: "content-length", value: "61" },
    ];
    expect(read(upload({ bodySize: -1, headers }))?.request.body).toMatchObject({ bytes: 61, captured: 0 });
  });
});

test.each([
  ["a negative time", -1, 10],
  ["a longer time than the whole", 25, 0],
  ["a time within it", 2.5, 7.5],
])("of the time to receive a response, %s ends no later than the request, and begins no earlier", (_, receive, at) => {
  expect(read({}, { send: 0, wait: 10, receive })?.timing).toMatchObject({ headersAt: at, doneAt: 10 });
});
