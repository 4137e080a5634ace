// A recorded response goes to the one navigation it was registered for, byte for byte,
// and to nobody else; everything else runs.
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import { problem } from "../../support/coded.js";
import { portForProgram } from "../../support/free-port.js";
import { get, type RawResponse } from "../../support/raw-exchange.js";
import { trustAllFoldersIn } from "../../support/run/trusted-folders.mjs";
import { copyWorkspace, tempFolder } from "../../support/temp-workspace.js";

const workspace = copyWorkspace("pages");
const data = tempFolder();
let workbench: Workbench;
let origin: string;
let port: number;

beforeAll(async () => {
  vi.stubEnv("XDG_DATA_HOME", data.path); // where it is remembered which folder was shown at which address
  trustAllFoldersIn(data.path);
  workspace.write(
    "cgi-bin/bytes.sh",
    "#!/bin/sh\necho run >> ../runs.txt\nprintf 'Content-Type: text/html\\nETag: \"1\"\\nCache-Control: max-age=60\\n\\n\\377\\000\\r\\n<p>'\n",
  );
  workspace.makeExecutable("cgi-bin/bytes.sh");
  workbench = await Workbench.create();
  await workbench.folder.open(workspace.path, { port: await portForProgram() }); // it comes back to this one below
  origin = workbench.server.servingAddress().url;
  port = Number(new URL(origin).port);
});
afterAll(async () => {
  await workbench.dispose();
  workspace[Symbol.dispose]();
  data[Symbol.dispose]();
  vi.unstubAllEnvs();
});

const browser = ["Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe", "User-Agent: Mozilla/5.0 (test)"];
const pathOf = (url: string): string => url.slice(origin.length);
const runs = (): string => (existsSync(workspace.file("runs.txt")) ? workspace.read("runs.txt") : "");
const header = ({ head }: RawResponse, name: string): string[] =>
  [...head.matchAll(new RegExp(`^${name}: (.*)$`, "gim"))].map(([, value]) => value ?? "");

/** Sends a request as the composer does; answers with its trace's id. */
async function send(
  target: string,
  { method = "GET", headers = [], text }: { method?: string; headers?: [string, string][]; text?: string } = {},
): Promise<string> {
  const body = text === undefined ? null : { text };
  const sent = await workbench.sender.send(
    {
      ...{ method, target, headers, body, mode: null, parent: null, variables: [], environment: null },
      ...{ followRedirects: false, cookies: false, isHeld: false, isTouched: false, debug: null },
    },
    "composer",
    { signal: AbortSignal.timeout(20_000) },
  );
  await sent.done;
  return sent.id;
}
const open = (id: string, relaxed = false) => workbench.previews.open({ id, relaxed }, origin);
const addressOf = async (id: string, relaxed = false) => pathOf((await open(id, relaxed)).url);
/** As a browser: the address, then where it leads to, redirects included. */
async function show(id: string, relaxed = false): Promise<RawResponse[]> {
  const answers: RawResponse[] = [];
  for (let path: string | undefined = await addressOf(id, relaxed); path !== undefined; ) {
    const answer = await get(port, path, browser);
    answers.push(answer);
    const [location] = header(answer, "Location");
    path = location === undefined ? undefined : pathOf(new URL(location, origin).href);
  }
  return answers;
}
/** A real request is over when its trace is. */
const traceCount = async (count: number): Promise<void> => expect.poll(() => workbench.traces.count).toBe(count);

test("the recorded bytes, with their fields, without a run and without a trace", async () => {
  const id = await send("/cgi-bin/bytes.sh");
  const before = [runs(), workbench.traces.count];
  const [first, second] = await show(id);
  expect(first?.status).toBe(303);
  expect(first && header(first, "Clear-Site-Data")).toEqual(['"cache"']);
  expect(second?.status).toBe(200);
  expect(second?.body).toEqual(Buffer.from("\xff\0\r\n<p>", "latin1"));
  expect(second && [header(second, "Cache-Control"), header(second, "ETag"), header(second, "Content-Length")]).toEqual(
    [["max-age=60"], ['"1"'], ["7"]],
  );
  const recorded = workbench.traces.get(id)?.response?.headers.find(([name]) => name === "Date")?.[1];
  expect(second && header(second, "Date")).toEqual([recorded]);
  expect([runs(), workbench.traces.count]).toEqual(before);
  expect((await get(port, "/cgi-bin/bytes.sh", browser)).status).toBe(200);
  expect(runs()).not.toBe(before[0]);
});

test("the response to HEAD has no body: a client would take it for the next response", async () => {
  const lines = ["HEAD /.cgi-workbench/preview/guess HTTP/1.1", `Host: ${new URL(origin).host}`, ...browser];
  const socket = connect({ port, host: "127.0.0.1" });
  socket.end(`${lines.join("\r\n")}\r\n\r\n`.repeat(2));
  const came = await text(socket);
  expect(came).toMatch(/^(?:HTTP\/1\.1 410 (?:[^\r]+\r\n)+\r\n){2}$/);
});

test("an address works once, for a navigation, at the name it was made for", async () => {
  const id = await send("/cgi-bin/bytes.sh");
  const { url } = await open(id);
  expect((await get(port, pathOf(url), browser)).status).toBe(303);
  expect((await get(port, pathOf(url), browser)).status).toBe(410);
  expect((await get(port, await addressOf(id))).status).toBe(410); // a program
  expect((await get(port, await addressOf(id), ["Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: image"])).status).toBe(410);
  expect((await get(port, await addressOf(id), ["Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: empty"])).status).toBe(410);
  expect((await get(port, "/.cgi-workbench/preview/guess", browser)).status).toBe(410);
  expect((await workbench.previews.open({ id, relaxed: false }, "http://localhost:1")).url).toMatch(
    /^http:\/\/localhost:1\//,
  );
  const elsewhere = await workbench.previews.open({ id, relaxed: false }, `http://localhost:${port}`);
  // A rebound name.
  expect((await get(port, pathOf(elsewhere.url).replace(/^.*(?=\/\.cgi)/, ""), browser)).status).toBe(410);
});

test("only the same browser's navigation gets the bytes; whatever else asks for the target runs the script", async () => {
  const id = await send("/cgi-bin/bytes.sh");
  expect((await get(port, await addressOf(id), browser)).status).toBe(303);
  const strangers = [
    [],
    ["Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document", "User-Agent: Mozilla/5.0 (test)"],
    ["Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe", "User-Agent: Mozilla/5.0 (other)"],
    ["Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: iframe", "User-Agent: Mozilla/5.0 (test)"],
  ];
  for (const headers of strangers) {
    const before = runs();
    await get(port, "/cgi-bin/bytes.sh", headers);
    expect(runs().length).toBeGreaterThan(before.length);
  }
  const before = runs();
  await get(port, "/cgi-bin/bytes.sh", browser);
  expect(runs()).toBe(before);
});

test("a preview that was replaced before it was shown does not answer for the next", async () => {
  const one = await send("/cgi-bin/cached.py");
  const two = await send("/cgi-bin/cached.py");
  expect((await get(port, await addressOf(one), browser)).status).toBe(303); // and then another trace is chosen
  const [, shown] = await show(two);
  expect(shown?.body.toString()).toBe(
    Buffer.from(workbench.traces.read(two, "response-body", 0, 1000) ?? []).toString(),
  );
});

test("without what forbids framing or asks for saving, when that is wished", async () => {
  const id = await send(
    `/cgi-bin/say.py?h=${encodeURIComponent("X-Frame-Options: DENY")}&h=${encodeURIComponent("Content-Disposition: attachment")}&body=x`,
  );
  const [, strict] = await show(id);
  expect(strict && [header(strict, "X-Frame-Options"), header(strict, "Content-Disposition")]).toEqual([
    ["DENY"],
    ["attachment"],
  ]);
  const [, relaxed] = await show(id, true);
  expect(relaxed && [header(relaxed, "X-Frame-Options"), header(relaxed, "Content-Disposition")]).toEqual([[], []]);
});

test("a redirect leads to a real request the first time, linked to it, and to its record from then on", async () => {
  const id = await send("/cgi-bin/guestbook.py", { method: "POST", text: "name=a&text=b" });
  expect(await open(id)).toMatchObject({ hops: [], asksFor: "/cgi-bin/guestbook.py" });
  const count = workbench.traces.count;
  expect((await show(id)).map(({ status }) => status)).toEqual([303, 303, 200]);
  await traceCount(count + 1);
  const after = runs();
  const { hops, asksFor } = await open(id);
  expect(asksFor).toBeNull();
  expect(workbench.traces.get(hops[0]?.id ?? "")).toMatchObject({
    parent: { id, kind: "follow" },
    client: { from: "browser" },
  });
  const again = await show(id);
  expect(again.map(({ status }) => status)).toEqual([303, 303, 200]);
  expect(again[2]?.body.toString()).toContain("a: b");
  expect(runs()).toBe(after);
});

test("a cookie is set with the first showing, not again, and not in the place of a newer one", async () => {
  const login = { method: "POST", text: "user=ada" };
  const old = await send("/cgi-bin/login.py", login);
  const id = await send("/cgi-bin/login.py", login);
  expect((await open(id)).cookiesSet).toEqual(["sid"]);
  const cookies = async (shown: string): Promise<string[]> =>
    (await show(shown)).flatMap((answer) => header(answer, "Set-Cookie"));
  expect(await cookies(id)).toEqual(["sid=forty-two; Path=/; HttpOnly; SameSite=Lax"]);
  expect(await cookies(id)).toEqual([]);
  expect(await cookies(old)).toEqual([]);
  const seq = workbench.traces.get(id)?.seq;
  expect(await open(old)).toMatchObject({ cookiesSet: [], cookiesKept: [{ name: "sid", seq }] });
  // What the redirect led to, shown by itself, comes with the session it was asked in.
  expect(await cookies(await send("/cgi-bin/account.py", { headers: [["Cookie", "sid=other; theme=dark"]] }))).toEqual([
    "theme=dark; Path=/; SameSite=Lax",
  ]);
  // The last byte of "à" is A0, which is no blank.
  expect(await cookies(await send("/cgi-bin/account.py", { headers: [["Cookie", "said=voilà"]] }))).toEqual([
    "said=voil\xc3\xa0; Path=/; SameSite=Lax",
  ]);
});

test("a trace that is no longer kept, and one without a page address, have no preview", async () => {
  await expect(open("no-such-trace")).rejects.toThrow(problem("not-found", { trace: "no-such-trace" }));
  const id = await send("*", { method: "OPTIONS" });
  await expect(open(id)).rejects.toThrow(problem("nothing-to-show"));
});

test("the page that a form was sent from, with its fields filled in and every other byte as it was", async () => {
  const type: [string, string][] = [["Content-Type", "application/x-www-form-urlencoded"]];
  workspace.write(
    "cgi-bin/form.sh",
    "#!/bin/sh\necho run >> ../runs.txt\nprintf 'Content-Type: text/html\\nETag: \"1\"\\nExpires: Fri, 01 Jan 2100 00:00:00 GMT\\n\\n\\374<form method=post><input name=name></form>'\n",
  );
  workspace.makeExecutable("cgi-bin/form.sh");
  const page = await send("/cgi-bin/form.sh");
  const posted = await send("/cgi-bin/form.sh", { method: "POST", headers: type, text: "name=J%C3%BCrgen" });
  const other = await send("/cgi-bin/bytes.sh", { method: "POST", headers: type, text: "name=J%C3%BCrgen" });
  const before = [runs(), workbench.traces.count];
  expect(await workbench.previews.sentFrom({ id: posted }, origin)).toMatchObject({ id: page, fields: 1 });
  expect(await workbench.previews.sentFrom({ id: other }, origin)).toBeNull();
  expect(await workbench.previews.sentFrom({ id: page }, origin)).toBeNull();
  const { url } = await workbench.previews.open({ id: page, relaxed: false, filledBy: posted }, origin);
  await get(port, pathOf(url), browser);
  const shown = await get(port, "/cgi-bin/form.sh", browser);
  expect(shown.body.toString("latin1")).toBe('\xfc<form method=post><input value="J&#252;rgen" name=name></form>');
  // No cache shows it in the place of the page: it is another one.
  const cached = (response: typeof shown) =>
    ["ETag", "Expires", "Cache-Control"].map((name) => header(response, name)[0] ?? null);
  expect(cached(shown)).toEqual([null, null, "no-store"]);
  const [, plain] = await show(page);
  expect(plain && cached(plain)[0]).toBe('"1"');
  const [, answer] = await show(posted);
  expect(answer && cached(answer)).toEqual([null, null, "no-store"]);
  expect([runs(), workbench.traces.count]).toEqual(before);
});

test("a quiet page gets its files from their recordings, until its browser goes on", async () => {
  const page = await send("/cgi-bin/login.py");
  await send("/cgi-bin/pixel.py");
  const file = [
    "Sec-Fetch-Mode: no-cors",
    "Sec-Fetch-Dest: image",
    "Sec-Fetch-Site: same-origin",
    "User-Agent: Mozilla/5.0 (test)",
    `Referer: ${origin}/cgi-bin/login.py`,
  ];
  const before = workbench.traces.count;
  const { url } = await workbench.previews.open({ id: page, relaxed: false, quiet: true }, origin);
  await get(port, pathOf(url), browser);
  await get(port, "/cgi-bin/login.py", browser);
  const picture = await get(port, "/cgi-bin/pixel.py", file);
  expect(picture.body.toString()).toContain("<svg");
  expect(workbench.traces.count).toBe(before);
  // What was not recorded, what another page asks for, and what comes after the browser went on are real.
  await get(port, "/cgi-bin/pixel.py?other", file);
  await traceCount(before + 1);
  await get(port, "/cgi-bin/pixel.py", [...file.slice(0, 4), `Referer: ${origin}/elsewhere`]);
  await traceCount(before + 2);
  await get(port, "/cgi-bin/login.py", browser);
  await get(port, "/cgi-bin/pixel.py", file);
  await traceCount(before + 4);
});

test("a quiet page's files come from whole recordings, and not when they are sent again from here", async () => {
  workspace.write("style.css", "p { color: red }");
  const tag = header(await get(port, "/style.css"), "ETag")[0] ?? "";
  const page = await send("/cgi-bin/login.py");
  await send("/style.css", { headers: [["If-None-Match", tag]] });
  await send("/cgi-bin/pixel.py");
  const fields: [string, string][] = [
    ["Sec-Fetch-Mode", "no-cors"],
    ["Sec-Fetch-Dest", "image"],
    ["Sec-Fetch-Site", "same-origin"],
    ["User-Agent", "Mozilla/5.0 (test)"],
    ["Referer", `${origin}/cgi-bin/login.py`],
  ];
  const before = workbench.traces.count;
  const { url } = await workbench.previews.open({ id: page, relaxed: false, quiet: true }, origin);
  await get(port, pathOf(url), browser);
  await get(port, "/cgi-bin/login.py", browser);
  const style = await get(
    port,
    "/style.css",
    fields.map((pair) => pair.join(": ")),
  );
  expect([style.status, style.body.toString()]).toEqual([200, "p { color: red }"]);
  await traceCount(before + 1);
  const again = await send("/cgi-bin/pixel.py", { headers: [["Host", new URL(origin).host], ...fields] });
  expect(workbench.traces.get(again)?.process).not.toBeNull();
});

test("another folder's first preview clears what the one before left; and its response is not shown there", async () => {
  const cleared = async (id: string): Promise<string[]> => {
    const [first] = await show(id);
    return first ? header(first, "Clear-Site-Data") : [];
  };
  const before = await send("/cgi-bin/bytes.sh");
  expect(await cleared(before)).toEqual(['"cache"']);
  using other = copyWorkspace("pages");
  await workbench.folder.open(other.path, { usualPort: port });
  expect(workbench.server.servingAddress().url).toBe(origin);
  const after = await send("/cgi-bin/say.py?body=x");
  await expect(open(before)).rejects.toThrow(problem("not-found"));
  expect(await cleared(after)).toEqual(['"cache", "cookies", "storage"']);
  expect(await cleared(after)).toEqual(['"cache"']);
  await workbench.folder.open(workspace.path, { usualPort: port });
  expect(await cleared(await send("/cgi-bin/bytes.sh"))).toEqual(['"cache", "cookies", "storage"']);
});
