// One request with many values, over real sockets to real scripts: what the rows say, and that Stop ends at once.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import { varyOf } from "../../../server/cli/vary-option.js";
import { composedRequest, rawRequest } from "../../../server/contract/requests-contract.js";
import { type AskedPlan, plan, type VariedRow } from "../../../server/contract/variations-contract.js";
import { runVariations } from "../../../server/features/variations/run-variations.js";
import { variationsOf } from "../../../server/features/variations/variations.js";
import { coded, problem } from "../../support/coded.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { scriptOf, twins } from "../../support/varied-scripts.js";

let folder: TempFolder;
let workbench: Workbench;
const script = (name: string, text: string): void => {
  folder.write(name, text);
  folder.makeExecutable(name);
};
beforeAll(async () => {
  folder = tempFolder();
  script(
    "echo.sh",
    `#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'\necho "$REQUEST_METHOD $QUERY_STRING $HTTP_X_TRY"\n`,
  );
  script("time.sh", `#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'\ndate '+%F %T'\necho "at $(date +%T)" >&2\n`);
  script("slow.sh", "#!/bin/sh\ntrap '' TERM\nprintf 'Content-Type: text/plain\\n\\n'\nsleep 20\n");
  for (const { name, fault, healthy } of twins) {
    script(`${name}.fault.pl`, scriptOf(fault));
    script(`${name}.healthy.pl`, scriptOf(healthy));
  }
  workbench = await Workbench.create();
  await workbench.folder.open(folder.path, { port: 0 });
});
afterAll(async () => {
  await workbench.dispose();
  folder[Symbol.dispose]();
});

const get = (target: string, method = "GET", type: string | null = null) =>
  composedRequest.parse({
    ...{ method, target, mode: null, body: type && { text: "" } },
    headers: type ? [["Content-Type", type]] : [],
  });
const form = "application/x-www-form-urlencoded";

const planned = (request: Parameters<typeof variationsOf>[0], asked: AskedPlan) =>
  variationsOf(request, plan.parse(asked));
async function rowsOf(
  variations: ReturnType<typeof planned>,
  until: (row: VariedRow) => boolean = () => false,
): Promise<VariedRow[]> {
  const rows: VariedRow[] = [];
  for await (const row of runVariations(workbench, variations, {
    from: "cli",
    signal: new AbortController().signal,
  })) {
    rows.push(row);
    if (until(row)) break;
  }
  return rows;
}
const list = (place: string, ...values: string[]): AskedPlan["vary"][number] => ({
  place,
  set: { kind: "list", values },
});

describe.skipIf(program("perl") === null)("scripts with one fault each (needs perl)", { timeout: 60_000 }, () => {
  const brokenIn = async (name: string, vary: string): Promise<readonly VariedRow[]> => {
    const varied = await varyOf(vary);
    const request = varied.place.startsWith("field.") ? get(`/${name}`, "POST", form) : get(`/${name}`);
    const isBroken = ({ broken }: VariedRow): boolean => broken.length > 0;
    return (await rowsOf(planned(request, { vary: [varied] }), isBroken)).filter(isBroken);
  };
  test.concurrent.each(twins)("$name: $vary finds it, and nothing in the healthy twin", async ({ name, vary }) => {
    expect((await brokenIn(`${name}.fault.pl`, vary)).length).toBe(1);
    expect(await brokenIn(`${name}.healthy.pl`, vary)).toEqual([]);
  });
});

test("values go into every kind of place, in their number", async () => {
  const variations = planned(get("/echo.sh?a=1&b=2"), {
    vary: [list("query.a", "x y", "z"), list("header.X-Try", "one", "two"), list("method", "GET", "OPTIONS")],
    pairing: "each",
  });
  expect([variations.count, variations.unsafe()]).toEqual([8, 4]);
  const rows = await rowsOf(variations);
  expect(rows.map(({ values }) => values.join(" "))).toContain("z two OPTIONS");
  expect(rows.map(({ trace }) => `${trace?.method} ${trace?.target}`)).toEqual(
    ["x%20y", "z"].flatMap((a) => ["GET", "OPTIONS", "GET", "OPTIONS"].map((m) => `${m} /echo.sh?a=${a}&b=2`)),
  );
});

const fields = { kind: "made", name: "fields", text: "x" } as const;
test("a row says what differs from the first one; the value itself, times and ids do not count", async () => {
  const [first, value] = await rowsOf(planned(get("/echo.sh"), { vary: [list("query.name", "abc", "defg")] }));
  expect(first?.differences).toEqual([]);
  expect(value?.differences).toMatchObject([{ part: "value" }]);
  const [, other] = await rowsOf(planned(get("/echo.sh"), { vary: [{ place: "query.name", set: fields }] }));
  expect(other?.differences).toMatchObject([
    { part: "body", message: coded("response-body", { offset: "GET ".length }) },
  ]);
  const same = await rowsOf(
    planned(get("/time.sh"), { vary: [{ place: "request", set: { kind: "times", count: 3 } }], rate: 1 }),
  );
  expect(same.map(({ differences }) => differences)).toEqual([[], [], []]);
});

test("no more requests are sent in a second than the rate allows", async () => {
  const startMs = performance.now();
  const times = { place: "request", set: { kind: "times", count: 3 } } as const;
  expect(await rowsOf(planned(get("/echo.sh"), { vary: [times], rate: 2 }))).toHaveLength(3);
  expect(performance.now() - startMs).toBeGreaterThanOrEqual(1000); // the third may go out then
});

test("“same” names the first byte that differs", async () => {
  const rows = await rowsOf(planned(get("/echo.sh"), { vary: [list("query.q", "ab", "ac")], expect: ["same"] }));
  expect(rows.map(({ broken }) => broken)).toMatchObject([
    [],
    [{ expectation: "same", message: coded("varied-other-body", { offset: "GET q=a".length }) }],
  ]);
});

test("values go in the place of bytes of a raw request, as they are", async () => {
  const text = "GET /echo.sh?a=1 HTTP/1.1\r\nHost: localhost\r\nX-Try: one\r\n\r\n";
  const raw = rawRequest.parse({ base64: Buffer.from(text).toString("base64") });
  const placeOf = (part: string): string => `bytes.${text.indexOf(part)}-${text.indexOf(part) + part.length}`;
  const vary = [list(placeOf("a=1"), "x", "a%26b&c"), list(placeOf("one"), "first", "second one")];
  const rows = await rowsOf(planned(raw, { vary }));
  expect(rows.map(({ trace }) => trace?.target)).toEqual(["/echo.sh?x", "/echo.sh?a%26b&c"]);
  const env = rows.map(({ trace }) => workbench.traces.get(trace?.id ?? "")?.env ?? []);
  const tried = env.map((all) => all.find(({ name }) => name === "HTTP_X_TRY")?.value);
  expect(tried).toEqual(["first", "second one"]);
  for (const [request, place] of [
    [raw, "query.a"],
    [get("/echo.sh"), "bytes.0-1"],
  ] as const)
    expect(() => planned(request, { vary: [list(place, "x")] })).toThrow();
});

test("bytes are repeated as they are", async () => {
  const bytes = Buffer.from("GET /echo.sh HTTP/1.1\r\nHost: localhost\r\n\r\n");
  const variations = planned(rawRequest.parse({ base64: bytes.toString("base64") }), {
    vary: [{ place: "request", set: { kind: "times", count: 3 } }],
  });
  expect(variations.unsafe()).toBe(0);
  expect((await rowsOf(variations)).map(({ trace }) => trace?.status)).toEqual([200, 200, 200]);
  const behind = `${bytes}POST /echo.sh HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n`;
  const pipelined = planned(rawRequest.parse({ base64: Buffer.from(behind).toString("base64") }), {
    vary: [{ place: "request", set: { kind: "times", count: 3 } }],
  });
  expect(pipelined.unsafe()).toBe(3);
});

test("Stop ends the run within 100 ms, also while a script ignores its end", async () => {
  const tookMs: number[] = [];
  // The shortest of three: the machine may do something else in a moment.
  for (const place of ["query.a", "query.b", "query.c"]) {
    const abort = new AbortController();
    const variations = planned(get("/slow.sh"), { vary: [list(place, "1", "2")] });
    const running = runVariations(workbench, variations, { from: "cli", signal: abort.signal }).next();
    const failed = expect(running).rejects.toThrow();
    const isRunning = (): boolean =>
      workbench.traces
        .inMemory()
        .some(({ target, outcome }) => target.startsWith(`/slow.sh?${place.slice(-1)}=`) && !outcome);
    await expect.poll(isRunning).toBe(true);
    const startMs = performance.now();
    abort.abort();
    await failed;
    tookMs.push(performance.now() - startMs);
  }
  expect(Math.min(...tookMs)).toBeLessThan(100);
});

test("a plan that cannot be is refused", () => {
  const raw = rawRequest.parse({ base64: "" });
  const vary =
    (...all: AskedPlan["vary"]) =>
    (): unknown =>
      planned(get("/echo.sh"), { vary: all, pairing: "each" });
  const many = { place: "path", set: { kind: "numbers", from: 1, to: 1000 } } as const;
  expect(vary(list("nowhere", "a"))).toThrow(problem("variation-place-unknown"));
  expect(vary(list("request", "a"))).toThrow(problem("variation-set-misplaced"));
  expect(() => planned(raw, { vary: [list("query.a", "a")] })).toThrow(problem("variation-set-misplaced"));
  expect(vary({ place: "request", set: { kind: "probes", only: ["none"] } })).toThrow(
    problem("variation-probe-unknown"),
  );
  expect(vary(many, many)).toThrow(problem("variation-count", { count: 1_000_000 }));
});
