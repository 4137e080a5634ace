// `cgi-workbench servers`: what other servers would do with a failing script, as text and in the published schema.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serversReport } from "../../../server/contract/command-output.js";
import { serverIds } from "../../../server/contract/server-ids.js";
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
    expect(serverIds.map((id) => report[id]?.status)).toEqual([500, 200, 502, 500, 200, 200, 503, 502, null]);
    expect(report.apache).toMatchObject({
      log: "malformed header from script 'offer.cgi': Bad header: <p>an offer</p>",
      why: { code: "line-not-header" },
    });
    expect(Buffer.from(report.lighttpd?.bodyBase64 ?? "", "base64").toString()).toBe(
      "Content-Type: text/html\n<p>an offer</p>\n",
    );
    expect(report.go?.environment).toContainEqual(["HTTP_COOKIE", "a=1"]);
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
