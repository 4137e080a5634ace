// `.htaccess` files of a folder that is served like Apache: a change of one applies to the next request, the trace
// names the line that decided, and nothing is loosened that the configuration refuses.
import { readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { posix } from "node:path";
import { expect, test } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import { utf8 } from "../../../server/protocol/byte-string.js";
import { get } from "../../support/raw-exchange.js";
import { tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

const script = '#!/bin/sh\nprintf "Content-Type: text/plain\\n\\n"\necho "<$APP>"\n';

async function open(files: Readonly<Record<string, string>>, config: object = {}) {
  const folder = tempFolder();
  for (const [path, text] of Object.entries(files)) {
    folder.makeFolder(posix.dirname(path));
    folder.write(path, text);
  }
  folder.write("cgi-workbench.json", JSON.stringify({ serveLike: "apache", ...config }));
  for (const path of Object.keys(files).filter((name) => name.endsWith(".cgi"))) folder.makeExecutable(path);
  const workbench = await Workbench.create();
  await workbench.folder.open(folder.path, { port: 0 });
  const ask = (target: string) => get(workbench.server.address()?.port ?? 0, target);
  const statusOf = async (target: string): Promise<string> => (await ask(target)).head.slice(9, 12);
  return {
    folder,
    workbench,
    ask,
    statusOf,
    until: (target: string, status: string) =>
      waitFor(`${status} for ${target}`, async () => (await statusOf(target)) === status),
    [Symbol.asyncDispose]: async () => {
      await workbench.dispose();
      folder[Symbol.dispose]();
    },
  };
}

test("each rule applies, and the trace names its line", async () => {
  await using site = await open({
    ".htaccess": "# rules\nSetEnv APP shop\nRedirect /old /new.html\n",
    "private/.htaccess": "Order deny,allow\nDeny from all\n",
    "private/a.txt": "secret",
    "staff/.htaccess": "AuthType Basic\nAuthName Staff\nAuthUserFile users\nRequire valid-user\n",
    "staff/a.txt": "secret",
    users: "ann:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=\n",
    "parts/.htaccess": '<Files "*.inc">\nRequire all denied\n</Files>\n',
    "parts/a.inc": "secret",
    "parts/a.txt": "text",
    "a.cgi": script,
  });
  expect((await site.ask("/a.cgi")).body.toString()).toContain("<shop>");
  for (const [target, status, code, from] of [
    ["/old", "302", "redirect-route", ".htaccess:3"],
    ["/private/a.txt", "403", "denied-by-route", "private/.htaccess:2"],
    ["/parts/a.inc", "403", "denied-by-route", "parts/.htaccess:2"],
    ["/staff/a.txt", "401", "sign-in-needed", "staff/.htaccess:4"],
  ] as const) {
    expect([target, await site.statusOf(target)]).toEqual([target, status]);
    const request = { method: utf8("GET"), target: utf8(target), headers: [], body: null };
    const { id } = await site.workbench.sender.deliver(request, { from: "composer" }, {});
    const trace = await site.workbench.traces.find(id);
    expect(trace?.cause).toMatchObject({ code, data: { from: [from] } });
  }
  expect(await site.statusOf("/parts/a.txt")).toBe("200");
});

test("a file that is changed, added or removed applies to the next requests", async () => {
  await using site = await open({ "a/.htaccess": "Require all denied\n", "a/x.txt": "text", "b/x.txt": "text" });
  expect(await site.statusOf("/a/x.txt")).toBe("403");
  writeFileSync(site.folder.file("b/.htaccess"), "Require all denied\n");
  await site.until("/b/x.txt", "403");
  writeFileSync(site.folder.file("a/.htaccess"), "Require all granted\n");
  await site.until("/a/x.txt", "200");
  rmSync(site.folder.file("b/.htaccess"));
  await site.until("/b/x.txt", "200");
});

test("without the profile of Apache they have no effect, and with it from the next request on", async () => {
  const files = { "a/.htaccess": "Require all denied\n", "a/x.txt": "text" };
  await using site = await open(files, { serveLike: null });
  expect(await site.statusOf("/a/x.txt")).toBe("200");
  writeFileSync(site.folder.file("cgi-workbench.json"), '{"serveLike": "apache"}');
  await site.until("/a/x.txt", "403");
});

test("neither loosens what the other refuses", async () => {
  await using site = await open(
    {
      "closed/deep/.htaccess": "Require all granted\nSetEnv APP deep\n",
      "closed/deep/x.txt": "text",
      "a/.htaccess": "Require all denied\n",
      "a/open/x.txt": "text",
    },
    {
      routes: [
        { path: "/closed/", deny: true },
        { path: "/a/open/", list: true },
      ],
    },
  );
  for (const target of ["/closed/deep/x.txt", "/a/open/x.txt"]) expect(await site.statusOf(target)).toBe("403");
});

test("what starts a program, or leads elsewhere, waits for trust", async () => {
  await using site = await open({
    ".htaccess": 'AddHandler "proxy:unix:/run/other.sock|fcgi://localhost" .txt\n',
    "x.txt": "text",
  });
  expect(site.workbench.folder.workspace().trust).toMatchObject({
    wants: [{ setting: "handlers .txt address", value: "unix:/run/other.sock" }],
  });
});

test("a file that cannot be read closes its folder alone", async () => {
  await using outside = await open({ rules: "Require all granted\n" });
  await using site = await open({ "large/x.txt": "text", "link/x.txt": "text", "y.txt": "text" });
  writeFileSync(site.folder.file("large/.htaccess"), `# ${"x".repeat(2 << 20)}\n`);
  symlinkSync(outside.folder.file("rules"), site.folder.file("link/.htaccess"));
  for (const folder of ["large", "link"]) await site.until(`/${folder}/x.txt`, "503");
  expect(await site.statusOf("/y.txt")).toBe("200");
});

test("the doctor says what applies, and takes the rules over, with an undo", async () => {
  const rules = "Require all denied\nHeader set X-A b\n";
  await using site = await open({ "a/.htaccess": rules, "a/x.txt": "text" }, { serveLike: null });
  const { scripts, folder } = site.workbench;
  const markers = async () => (await scripts.check("a/.htaccess", null)).markers;
  const apply = async (fix: string): Promise<string> => {
    const { changes } = await scripts.fixes.preview(folder.workspace(), "a/.htaccess", fix);
    const expected = changes.flatMap((one) => (one.kind === "text" ? [{ path: one.path, hash: one.hash }] : []));
    return scripts.fixes.apply(folder.workspace(), "a/.htaccess", fix, expected, []);
  };
  const config = () => JSON.parse(readFileSync(site.folder.file("cgi-workbench.json"), "utf8"));

  const before = await markers();
  expect(before).toMatchObject([{ rule: "htaccess-not-read", fixes: [{ id: "serve-like-apache" }] }]);
  await apply("serve-like-apache");
  await site.until("/a/x.txt", "403");
  expect(await markers()).toMatchObject([
    { rule: "htaccess-read", line: 1, fixes: [{ id: "take-htaccess-rules" }] },
    { rule: "htaccess-not-read", line: 2 },
  ]);
  const undo = await apply("take-htaccess-rules");
  expect(config()).toEqual({ serveLike: "apache", routes: [{ path: "/a", deny: true }] });
  expect(await markers()).toMatchObject([{ fixes: [] }, {}]);
  await scripts.fixes.undo(undo);
  expect(config()).toEqual({ serveLike: "apache" });
});
