// Static files: types, conditions and ranges over real files, and what happens
// when a file changes between head and body.
import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { entityTag, validatorsIn } from "../../../server/http/response/preconditions.js";
import { StaticFileServer } from "../../../server/http/static/static-files.js";
import type { StaticResponse } from "../../../server/http/static/static-response.js";
import { byteString, utf8 } from "../../../server/protocol/byte-string.js";
import type { StaticRoute } from "../../../server/routing/route.js";
import { otherFileSystem } from "../../support/other-file-system.js";
import { waitFor } from "../../support/wait-for.js";
import { site } from "../routing/site.js";

const folder = site({ "digits.txt": "0123456789", empty: "" });
afterAll(() => folder[Symbol.dispose]());
const files = new StaticFileServer();

/** Of a name that ends in a slash: the list of the folder. */
function get(name: string, headers: Readonly<Record<string, string>> = {}, method = "GET"): Promise<StaticResponse> {
  const request = {
    method: byteString(method),
    target: byteString("/"),
    httpVersion: "1.1",
    headers: Object.entries(headers).map(([n, v]) => [byteString(n), byteString(v)] as const),
  } as const;
  const file = utf8(name.startsWith("/") ? name : `${folder.root}/${name}`);
  const lists: Pick<StaticRoute, "lists"> = name.endsWith("/") ? { lists: () => true } : {};
  const route = { kind: "static", file, scriptName: utf8("/"), pathInfo: utf8(""), permits: null, ...lists } as const;
  return files.serve(route, request);
}
const header = (answer: StaticResponse, name: string): string | null =>
  answer.headers.find(([given]) => given.toLowerCase() === name)?.[1] ?? null;
const body = async (answer: StaticResponse): Promise<string> =>
  answer.body === null ? "" : (await buffer(answer.body.open())).toString("latin1");

test.each([
  ["a.html", "<p>", "text/html; charset=utf-8"],
  ["a.txt", "grün", "text/plain; charset=utf-8"],
  ["latin.txt", Buffer.from("gr\xfcn", "latin1"), "text/plain"],
  ["latin.html", Buffer.from("<meta charset=latin1>\xfc", "latin1"), "text/html"],
  ["jis.html", "<meta charset=iso-2022-jp><p>\x1b$B4A;z\x1b(B", "text/html"],
  ["jis.txt", "\x1b$B4A;z\x1b(B", "text/plain"],
  ["later.html", Buffer.from(`<meta charset=iso-8859-1>${"a".repeat(20_000)}\xe9`, "latin1"), "text/html"],
  ["named.html", "<meta charset=utf-8><p>", "text/html; charset=utf-8"],
  ["named.css", '@charset "iso-8859-1";\np {}', "text/css"],
  ["A.CSS", "p {}", "text/css; charset=utf-8"],
  ["a.js", "1", "text/javascript; charset=utf-8"],
  ["a.json", '"ü"', "application/json"],
  ["a.png", Buffer.from("89504e47", "hex"), "image/png"],
  ["a.svg", "<svg/>", "image/svg+xml"],
  ["README", "words", "text/plain; charset=utf-8"],
  ["binary", Buffer.from("a\0b"), "application/octet-stream"],
  ["x.unknown", Buffer.from([0xff, 0xfe, 0xfd]), "application/octet-stream"],
  ["nothing.txt", "", "text/plain; charset=utf-8"],
  ["cut.txt", `${"a".repeat(16_383)}ü and more`, "text/plain; charset=utf-8"],
  ["cut-emoji.txt", `${"a".repeat(16_381)}😀 and more`, "text/plain; charset=utf-8"],
])("the type of %s", async (name, content, type) => {
  writeFileSync(`${folder.root}/${name}`, content);
  const answer = await get(name);
  expect([answer.status, header(answer, "content-type")]).toEqual([200, type]);
  expect(await body(answer)).toBe(Buffer.from(content).toString("latin1"));
});

test("RFC 9110 §8.8: the whole comes with validators; HEAD gets the same head", async () => {
  const answer = await get("digits.txt");
  expect(header(answer, "last-modified")).toBe(statSync(`${folder.root}/digits.txt`).mtime.toUTCString());
  expect(header(answer, "accept-ranges")).toBe("bytes");
  expect(answer.body?.size).toBe(10);
  expect((await get("digits.txt", {}, "HEAD")).headers).toEqual(answer.headers);
  expect((await get("digits.txt", { Range: "bytes=0-1" }, "HEAD")).status).toBe(200);
});

test("RFC 9110 §8.8.1: the tag is weak while the file is young, then strong, and another one after each change", () => {
  writeFileSync(`${folder.root}/tagged`, "1");
  const before = statSync(`${folder.root}/tagged`);
  expect(entityTag(before)).toMatch(/^W\/"[0-9a-z-]+"$/);
  expect(entityTag(before, Date.now() + 5000)).toMatch(/^"[0-9a-z-]+"$/);
  utimesSync(`${folder.root}/tagged`, 1, 1);
  expect(entityTag(statSync(`${folder.root}/tagged`), Date.now() + 5000)).not.toBe(
    entityTag(before, Date.now() + 5000),
  );
});

describe("conditions (RFC 9110 §13)", () => {
  const past = "Mon, 01 Jan 2001 00:00:00 GMT";
  const future = "Fri, 01 Jan 2038 00:00:00 GMT";
  let weak = "";
  let modified = "";
  beforeEach(async () => {
    const answer = await get("digits.txt");
    weak = header(answer, "etag") ?? "";
    modified = header(answer, "last-modified") ?? "";
  });

  test.each([
    ["If-None-Match with the tag", () => ({ "If-None-Match": `"x", ${weak}` }), 304],
    [
      "If-None-Match compares weakly",
      () => ({ "If-None-Match": weak.startsWith("W/") ? weak.slice(2) : `W/${weak}` }),
      304,
    ],
    ["If-None-Match: *", () => ({ "If-None-Match": "*" }), 304],
    ["If-None-Match with others", () => ({ "If-None-Match": '"x", "y"' }), 200],
    ["If-None-Match wins over If-Modified-Since", () => ({ "If-None-Match": '"x"', "If-Modified-Since": future }), 200],
    ["If-Modified-Since at the very second", () => ({ "If-Modified-Since": modified }), 304],
    ["If-Modified-Since before", () => ({ "If-Modified-Since": past }), 200],
    ["If-Modified-Since that is no date", () => ({ "If-Modified-Since": "yesterday-ish" }), 200],
    ["If-Modified-Since in the form of asctime", () => ({ "If-Modified-Since": "Sun Nov  6 08:49:37 1994" }), 200],
    ["If-Modified-Since in a time zone", () => ({ "If-Modified-Since": "Fri, 01 Jan 2038 00:00:00 +0000" }), 200],
    ["If-Modified-Since that is a year", () => ({ "If-Modified-Since": "2038" }), 200],
    ["If-Unmodified-Since that is a year", () => ({ "If-Unmodified-Since": "2001" }), 200],
    ["If-Match: *", () => ({ "If-Match": "*" }), 200],
    ["If-Match with others", () => ({ "If-Match": '"x"' }), 412],
    ["If-Match compares strongly", () => ({ "If-Match": weak.startsWith("W/") ? weak : `W/${weak}` }), 412],
    ["If-Unmodified-Since before", () => ({ "If-Unmodified-Since": past }), 412],
    ["If-Unmodified-Since after", () => ({ "If-Unmodified-Since": future }), 200],
  ])("%s", async (_what, headers, status) => {
    const answer = await get("digits.txt", headers());
    expect(answer.status).toBe(status);
    if (status !== 200) expect(answer.body).toBeNull();
    if (status === 304) expect(header(answer, "etag")?.replace("W/", "")).toBe(weak.replace("W/", ""));
  });
});

test("RFC 9110 §5.6.7: a date in the form of asctime is in GMT, wherever the server is", async () => {
  writeFileSync(`${folder.root}/old`, "1");
  utimesSync(`${folder.root}/old`, 784_111_777, 784_111_777); // Sun, 06 Nov 1994 08:49:37 GMT
  for (const zone of ["America/New_York", "Asia/Tokyo"]) {
    vi.stubEnv("TZ", zone);
    expect((await get("old", { "If-Modified-Since": "Sun Nov  6 08:49:37 1994" })).status).toBe(304);
    expect((await get("old", { "If-Modified-Since": "Sun Nov  6 08:49:36 1994" })).status).toBe(200);
  }
  vi.unstubAllEnvs();
});

test("RFC 9110 §8.8.2.1: a file of tomorrow was changed no later than the response, whoever asks", async () => {
  writeFileSync(`${folder.root}/tomorrow`, "1");
  const tomorrow = Date.now() / 1000 + 86_400;
  utimesSync(`${folder.root}/tomorrow`, tomorrow, tomorrow);
  const said = Date.parse(header(await get("tomorrow"), "last-modified") ?? "");
  expect(said).toBeLessThanOrEqual(Date.now());
  expect(said).toBeGreaterThan(Date.now() - 20_000);
  const inAnHour = new Date(Date.now() + 3_600_000).toUTCString();
  expect((await get("tomorrow", { "If-Unmodified-Since": inAnHour })).status).toBe(200);
  expect((await get("tomorrow", { "If-Modified-Since": "Mon, 01 Jan 2001 00:00:00 GMT" })).status).toBe(200);
});

test.skipIf(otherFileSystem === undefined)("a time that no date can hold is left out", async () => {
  const place = mkdtempSync(join(otherFileSystem ?? "", "cgi-workbench-times-"));
  try {
    for (const [name, seconds] of Object.entries({ later: "9e12", earlier: "-9e12", beforeChrist: "-7e10" })) {
      writeFileSync(join(place, name), "1");
      utimesSync(join(place, name), seconds, seconds);
    }
    const page = await body(await get(`${place}/`));
    expect(["later", "earlier", "beforeChrist"].filter((name) => !page.includes(name))).toEqual([]);
    for (const name of ["earlier", "beforeChrist"]) {
      const answer = await get(join(place, name), { "If-Modified-Since": "Fri, 01 Jan 2038 00:00:00 GMT" });
      expect([answer.status, header(answer, "last-modified")]).toEqual([200, null]);
    }
  } finally {
    rmSync(place, { recursive: true });
  }
});

describe("a script's validators", () => {
  const of = (...fields: [string, string][]) =>
    validatorsIn(fields.map(([name, value]) => [byteString(name), byteString(value)] as const));

  test("a Last-Modified that is an HTTP date", () => {
    const modified = new Date("1994-11-06T08:49:37Z");
    expect(of(["Last-Modified", "Sun Nov  6 08:49:37 1994"])).toEqual({ tag: null, modified });
    expect(of(["last-modified", "Sun, 06 Nov 1994 08:49:37 GMT"])).toEqual({ tag: null, modified });
    expect(of(["Last-Modified", "Sun, 06 Nov 1994 08:49:37 +0000"])).toEqual({ tag: null, modified });
  });

  test.each(["1994", "1994-11-06", "Sun, 06 Nov 1994 08:49:37 +0100"])("no Last-Modified: %s", (value) => {
    expect(of(["Last-Modified", value])).toBeNull();
  });
});

describe("ranges (RFC 9110 §14)", () => {
  test.each([
    ["bytes=0-0", 206, "0", "bytes 0-0/10"],
    ["bytes=2-4", 206, "234", "bytes 2-4/10"],
    ["Bytes=8-", 206, "89", "bytes 8-9/10"],
    ["bytes=-3", 206, "789", "bytes 7-9/10"],
    ["bytes=-99", 206, "0123456789", "bytes 0-9/10"],
    ["bytes=5-99", 206, "56789", "bytes 5-9/10"],
    ["bytes=10-", 416, "", "bytes */10"],
    ["bytes=-0", 416, "", "bytes */10"],
    ["bytes=4-2", 200, "0123456789", null],
    ["bytes=0-1,4-5", 200, "0123456789", null],
    ["bytes=-", 200, "0123456789", null],
    ["lines=0-1", 200, "0123456789", null],
    ["bytes=99999999999999999999-", 200, "0123456789", null],
  ])("%s → %i", async (range, status, expected, contentRange) => {
    const answer = await get("digits.txt", { Range: range });
    expect([answer.status, await body(answer), header(answer, "content-range")]).toEqual([
      status,
      expected,
      contentRange,
    ]);
  });

  test("of an empty file there is none", async () => {
    expect((await get("empty", { Range: "bytes=0-" })).status).toBe(416);
    expect((await get("empty", { Range: "bytes=-0" })).status).toBe(416);
    // §14.1.2: shorter than the suffix, so the whole is meant.
    expect((await get("empty", { Range: "bytes=-5" })).status).toBe(200);
    expect(await body(await get("empty"))).toBe("");
  });

  test("§13.1.5: If-Range gives the whole when the file is another one", async () => {
    utimesSync(`${folder.root}/digits.txt`, 1_000_000_000, 1_000_000_000);
    const modified = "Sun, 09 Sep 2001 01:46:40 GMT";
    expect((await get("digits.txt", { Range: "bytes=0-1", "If-Range": '"other"' })).status).toBe(200);
    expect((await get("digits.txt", { Range: "bytes=0-1", "If-Range": "Mon, 01 Jan 2001 00:00:00 GMT" })).status).toBe(
      200,
    );
    expect((await get("digits.txt", { Range: "bytes=0-1", "If-Range": 'W/"x"' })).status).toBe(200);
    const strong = header(await get("digits.txt"), "etag") ?? "";
    // The tag is weak for a second after any change, and then nothing may be pieced together with it.
    expect((await get("digits.txt", { Range: "bytes=0-1", "If-Range": strong })).status).toBe(
      strong.startsWith("W/") ? 200 : 206,
    );
    expect((await get("digits.txt", { Range: "bytes=0-1", "If-Range": modified })).status).toBe(
      strong.startsWith("W/") ? 200 : 206,
    );
    const settled = await get("/etc/passwd");
    const range = await get("/etc/passwd", { Range: "bytes=0-1", "If-Range": header(settled, "etag") ?? "" });
    expect([range.status, await body(range)]).toEqual([206, readFileSync("/etc/passwd", "latin1").slice(0, 2)]);
  });

  test("any range gives exactly those bytes", async () => {
    const content = Buffer.from(Array.from({ length: 150_000 }, (_, i) => i % 251));
    writeFileSync(`${folder.root}/big.bin`, content);
    await fc.assert(
      fc.asyncProperty(fc.nat(149_999), fc.nat(149_999), async (a, b) => {
        const [from, to] = a < b ? [a, b] : [b, a];
        const answer = await get("big.bin", { Range: `bytes=${from}-${to}` });
        expect(answer.body?.size).toBe(to - from + 1);
        expect(await body(answer)).toBe(content.toString("latin1", from, to + 1));
      }),
      { numRuns: 20 },
    );
  });
});

describe("a file that is not there, not a file, or changes", () => {
  test("is answered with a status, never a rejection, and a pipe's writer is not waited for", async () => {
    execFileSync("mkfifo", [`${folder.root}/pipe`]);
    const statuses = await Promise.all(
      ["missing", "digits.txt/x", "pipe", ".", "/dev/zero", `/${"x".repeat(5000)}`].map(
        async (name) => (await get(name)).status,
      ),
    );
    expect(statuses).toEqual([404, 404, 403, 403, 403, 404]);
  });

  test("replaced or cut between head and body, the body fails rather than being a mixture; grown, it is what was described", async () => {
    writeFileSync(`${folder.root}/log`, "first");
    const grown = await get("log");
    appendFileSync(`${folder.root}/log`, " second");
    expect(await body(grown)).toBe("first");
    const cut = await get("log");
    truncateSync(`${folder.root}/log`, 3);
    await expect(body(cut)).rejects.toThrow("replaced");
    const replaced = await get("log");
    writeFileSync(`${folder.root}/log.new`, "xyz");
    renameSync(`${folder.root}/log.new`, `${folder.root}/log`);
    await expect(body(replaced)).rejects.toThrow("replaced");
  });

  test("a body that is left half-read leaves no descriptor open", async () => {
    const open = () => execFileSync("ls", [`/proc/${process.pid}/fd`], { encoding: "utf8" }).split("\n").length;
    const before = open();
    for (let i = 0; i < 20; i++) {
      for await (const chunk of (await get("big.bin")).body?.open() ?? []) {
        expect(chunk.length).toBeGreaterThan(0);
        break;
      }
    }
    await waitFor("the descriptors are closed", () => open() <= before + 1); // streams close theirs on the pool
  });
});
