// How much of a request's time its start takes, in each mode.
import { expect, test } from "vitest";
import type { StartupReport } from "../../../server/contract/command-output.js";
import { startupShare } from "../../../server/features/startup/startup-share.js";

const imported = (name: string, totalMs: number, isOwn = false) => ({
  ...{ name, depth: 0, totalMs, selfMs: totalMs, line: null, isOwn, isPreloaded: false, advice: null },
});
const startup: StartupReport = {
  ...{ target: "/x.py", language: "python", totalMs: 40, interpreterMs: 10, importsMs: 20, scriptMs: 10 },
  imports: [imported("json", 12), imported("email", 4), imported("shop", 4, true)],
  remarks: [],
  preloaded: [],
};
const agent = { preload: ["json", "email.message"], modules: "drop" } as const;

test("is interpreter and imports as CGI, and what is imported again where the interpreter stays", () => {
  expect(startupShare(startup, "cgi", { ...agent, preload: [] }, 50)).toBeCloseTo(0.75);
  expect(startupShare(startup, "prefork", { ...agent, preload: [] }, 40)).toBeCloseTo(0.5);
  expect(startupShare(startup, "prefork", { ...agent, preload: [...agent.preload] }, 40)).toBeCloseTo(0.1);
  expect(startupShare(startup, "persistent", { ...agent, preload: [] }, 8)).toBeCloseTo(0.5);
  expect(startupShare(startup, "persistent", { preload: [], modules: "keep" }, 8)).toBe(0);
  expect(startupShare(startup, "wsgi", { ...agent, preload: [] }, 8)).toBe(0);
  expect(startupShare(startup, "prefork", { ...agent, preload: [] }, 1)).toBe(1);
});

test("is not known without a report, nor of a process that is not ours", () => {
  expect(startupShare(null, "cgi", { ...agent, preload: [] }, 1)).toBeNull();
  expect(startupShare(startup, "fastcgi-external", { ...agent, preload: [] }, 1)).toBeNull();
});
