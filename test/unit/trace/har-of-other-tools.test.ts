// What other tools leave out of a HAR file, or write where they know nothing: nothing is made up in its place.
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { TraceJson } from "../../../server/contract/trace.js";
import { exportTrace } from "../../../server/trace/formats/export-trace.js";
import { readTraces } from "../../../server/trace/formats/read-file.js";
import { problem } from "../../support/coded.js";

const plainResponse = { status: 200, statusText: "OK", headers: [], content: { size: 0, mimeType: "" } };

function read(request: object, timings: object = {}, response: object = {}): TraceJson | undefined {
  const entry = {
    startedDateTime: "2026-01-31T09:00:00Z",
    time: 10,
    request: { method: "GET", url: "http://shop.test/", headers: [], ...request },
    response: { ...plainResponse, ...response },
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

describe("a response body under Content-Encoding", () => {
  const headers = (coding: string) => [
    { name: "content-encoding", value: coding },
    { name: "Content-Length", value: "9" },
    { name: "Content-Type", value: "text/plain" },
  ];
  const text = "not in a coding ".repeat(20);
  const body = (content: object, coding: string) => read({}, {}, { headers: headers(coding), content })?.response;

  test.each(["gzip", "x-gzip", "deflate", "br", "zstd", "gzip, br"])(
    "that the file has without %s comes without the headers that say otherwise",
    (coding) => {
      const response = body({ text }, coding);
      expect(response?.headers).toEqual([["Content-Type", "text/plain"]]);
      expect(response?.dropped.map(([name, , code]) => [name, code])).toEqual([
        ["content-encoding", "har-body-decoded"],
        ["Content-Length", "har-body-decoded"],
      ]);
      expect(response?.body.bytes).toBe(text.length);
    },
  );

  test.each([
    ["in gzip", "gzip", gzipSync(text)],
    ["in deflate", "deflate", deflateSync(text)],
    ["in br", "GZIP, Br", brotliCompressSync(text)],
    ["in zstd", "zstd", Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0])],
    ["in what is no coding", "UTF-8", Buffer.from(text)],
    ["without a byte", "gzip", Buffer.alloc(0)],
  ])("%s keeps them", (_, coding, bytes) => {
    const response = body({ text: bytes.toString("base64"), encoding: "base64" }, coding);
    expect(response).toMatchObject({ dropped: [], body: { base64: bytes.toString("base64") } });
    expect(response?.headers).toHaveLength(3);
  });
});

describe("a response body that the file has as text", () => {
  const answer = (type: string, text: string, size?: number) => {
    const headers = [
      { name: "Content-Type", value: type },
      { name: "Content-Length", value: String(size) },
    ];
    return read({}, {}, { headers, content: { text, size } })?.response;
  };
  const latin = "text/html; charset=ISO-8859-1";

  test.each([
    ["in windows-1252 has the bytes that were sent", latin, "5 € für", 7, "3520802066fc72"],
    ["in windows-1252, as the page says", "text/html", '<meta charset="windows-1252">€', 30, "80"],
    ["in UTF-8 is UTF-8", "text/html; charset=utf-8", "€", 3, "e282ac"],
    ["in UTF-8, whatever the header says", latin, "€", 3, "e282ac"],
    ["in ASCII is the same in every charset", "text/html; charset=Shift_JIS", "abc", 2, "616263"],
    ["without a charset is UTF-8", "text/html", "日本", 4, "e697a5e69cac"],
  ])("%s", (_, type, text, size, bytes) => {
    const response = answer(type, text, size);
    expect(Buffer.from(response?.body.base64 ?? "", "base64").toString("hex")).toMatch(new RegExp(`${bytes}$`));
    expect([response?.headers.length, response?.changed, response?.dropped]).toEqual([2, [], []]);
  });

  test.each([
    ["text/plain; charset=Shift_JIS; format=flowed", "日本", 4, "text/plain; format=flowed"],
    ['multipart/mixed; Charset = "Shift_JIS";boundary=x', "日本", 4, "multipart/mixed;boundary=x"],
    [latin, "日", 1, "text/html"],
    [latin, "€", undefined, "text/html"],
  ])("under %s, of which the bytes are not known, is UTF-8, and says so", (type, text, size, others) => {
    const response = answer(type, text, size);
    expect(Buffer.from(response?.body.base64 ?? "", "base64").toString()).toBe(text);
    expect(response?.headers).toEqual([["Content-Type", `${others}; charset=utf-8`]]);
    const reasons = [...(response?.changed ?? []), ...(response?.dropped ?? [])].map(([name, , code]) => [name, code]);
    expect(reasons).toEqual([
      ["Content-Type", "har-body-in-utf-8"],
      ["Content-Length", "har-body-in-utf-8"],
    ]);
  });

  test("whose page alone says another charset gets a Content-Type", () => {
    const text = '<meta charset="Shift_JIS">日本';
    const response = read({}, {}, { headers: [], content: { text, size: text.length + 2 } })?.response;
    expect(Buffer.from(response?.body.base64 ?? "", "base64").toString()).toBe(text);
    expect(response?.headers).toEqual([["Content-Type", "text/html; charset=utf-8"]]);
    expect(response?.added.map(([name, , code]) => [name, code])).toEqual([["Content-Type", "har-body-in-utf-8"]]);
  });
});

test.each([
  ["that the file does not have", {}, 0, "body-not-in-file"],
  ["of which the beginning was kept", { postData: { text: "abc" } }, 2, "body-cut"],
])("a request body %s is named as the reason why nothing is made of it", (_, more, captured, code) => {
  const trace = read({ method: "POST", headers: [{ name: "Content-Length", value: "100" }], ...more });
  if (!trace) throw new Error("no trace");
  const body = { ...trace.request.body, captured };
  const cut = { ...trace, request: { ...trace.request, body } };
  for (const form of ["curl", "http"] as const)
    expect(() => exportTrace(cut, form, { isMasked: true })).toThrow(problem(code));
});

test("a header without a value is empty", () => {
  expect(read({ headers: [{ name: "X-A", value: null }] })?.request.headers).toContainEqual(["X-A", ""]);
});

test.each([
  ["a negative time", -1, 10],
  ["a longer time than the whole", 25, 0],
  ["a time within it", 2.5, 7.5],
])("of the time to receive a response, %s ends no later than the request, and begins no earlier", (_, receive, at) => {
  expect(read({}, { send: 0, wait: 10, receive })?.timing).toMatchObject({ headersAt: at, doneAt: 10 });
});
