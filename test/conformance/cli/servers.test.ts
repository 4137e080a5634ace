// `cgi-workbench servers`: what other servers would do with a failing script, as text and in the published schema.
import { chmodSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serversReport } from "../../../server/contract/command-output.js";
import { serverIds } from "../../../server/contract/server-ids.js";
import { setups } from "../../../server/features/servers/real/setups.js";
import { commandLine } from "../../support/command-line.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let folder: TempFolder;
beforeAll(() => {
  folder = tempFolder();
  folder.write("offer.cgi", "#!/bin/sh\nprintf 'Content-Type: text/html\\n<p>an offer</p>\\n'\n");
  folder.makeExecutable("offer.cgi");
});
afterAll(() => folder[Symbol.dispose]());

describe("servers", () => {
  test("prints each server's response to output without a blank line", async () => {
    const { stdout, exitCode } = await commandLine([
      "servers",
      folder.path,
      "/offer.cgi",
      "-H",
      "Cookie: a=1",
      "--json",
    ]);
    expect(exitCode).toBe(0);
    const report = serversReport.parse(JSON.parse(stdout.toString()));
    expect(Object.keys(report)).toEqual([...serverIds]);
    expect(Object.values(report).map(({ seen, isKnown }) => [seen, isKnown])).toEqual(
      serverIds.map(() => [false, true]),
    );
    const documented = serverIds.filter((id) => report[id]?.unseen?.code === "not-started-here");
    expect(documented).toEqual(["haproxy", "uhttpd"]);
    expect(documented).toEqual(serverIds.filter((id) => !(id in setups)));
    expect(serverIds.map((id) => report[id]?.status)).toEqual([500, 200, 502, 500, 200, 200, 503, 502, null, 502, 502]);
    expect(report.apache).toMatchObject({
      log: "malformed header from script 'offer.cgi': Bad header: <p>an offer</p>",
      why: { code: "line-not-header" },
    });
    expect(Buffer.from(report.lighttpd?.bodyBase64 ?? "", "base64").toString()).toBe(
      "Content-Type: text/html\n<p>an offer</p>\n",
    );
    expect(report.go?.environment).toContainEqual(["HTTP_COOKIE", "a=1"]);
  });

  test("names the files that another server’s user may not use, and what suEXEC refuses", async () => {
    folder.write("own.cgi", "#!/usr/bin/env perl\nprint qq(Content-Type: text/plain\\n\\nown\\n);\n");
    chmodSync(folder.file("own.cgi"), 0o722);
    chmodSync(folder.path, 0o755);
    const { stdout } = await commandLine(["servers", folder.path, "/own.cgi", "--json"]);
    const { apache, lighttpd, go } = serversReport.parse(JSON.parse(stdout.toString()));
    const seen = apache?.unusable.map(({ code, data }) => [code, data?.["user"], data?.["to"], data?.["path"]]);
    const path = folder.file("own.cgi");
    expect(seen).toEqual(expect.arrayContaining([["file-not-permitted", "www-data", "run", path]]));
    expect(seen).toEqual(expect.arrayContaining([["file-not-permitted", "www-data", "read", path]]));
    expect(lighttpd?.unusable).toEqual(apache?.unusable);
    expect(go?.unusable).toEqual([]);
    expect(apache?.suexec.map(({ data }) => data?.["check"])).toEqual(expect.arrayContaining([13, 16]));
    expect(lighttpd?.suexec).toEqual([]);
  });

  test("says the same in words, and of a file that it is none of their scripts", async () => {
    const { stdout } = await commandLine(["servers", folder.path, "/offer.cgi"]);
    expect(stdout.toString()).toMatch(/^Apache \(.*\): 500 Internal Server Error, body 571 B$/m);
    folder.write("note.txt", "a note\n");
    const { stdout: text } = await commandLine(["servers", folder.path, "/note.txt", "--json"]);
    const report = serversReport.parse(JSON.parse(text.toString()));
    expect(Object.values(report).map(({ isKnown, status, why }) => [isKnown, status, why.code])).toEqual(
      serverIds.map(() => [false, null, "not-known-file"]),
    );
  });
});
