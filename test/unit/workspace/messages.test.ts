// What the messages about the folder, its files and its configuration say.
import { expect, test } from "vitest";
import { configMessage, mistakeMessage } from "../../../server/workspace/config/messages.js";
import { fileMessage, folderMessage, watchMessage } from "../../../server/workspace/files/messages.js";
import { lockMessage } from "../../../server/workspace/lock/messages.js";
import { trustMessage } from "../../../server/workspace/trust/messages.js";

const whole = { path: "cgi-workbench.json", line: null };
const inLine = (setting: string | null, mistake: ReturnType<typeof mistakeMessage>) =>
  configMessage("mistake-in-line", { path: whole.path, line: 3, setting, mistake });

test.each([
  [
    inLine(null, mistakeMessage("syntax-error", { parserCode: "CloseBracketExpected" })),
    "cgi-workbench.json, line 3: “]” is missing. Fix this line and save.",
  ],
  [
    inLine("server.prot", mistakeMessage("unknown-setting")),
    "cgi-workbench.json, line 3: server.prot: there is no such setting. Fix this line and save.",
  ],
  [
    inLine(null, mistakeMessage("syntax-error", { parserCode: "InvalidSymbol" })),
    "cgi-workbench.json, line 3: invalid symbol. Fix this line and save.",
  ],
  [
    inLine("", mistakeMessage("wrong-type", { expected: "object" })),
    "cgi-workbench.json, line 3: the whole file: must be an object, in { }. Fix this line and save.",
  ],
  [
    inLine("routes[4]", mistakeMessage("connections-contradict", { other: "routes[1]", connections: 1 })),
    "cgi-workbench.json, line 3: routes[4]: routes[1] leads to the same application and sets 1; the connections are shared, so set it in one of them only. Fix this line and save.",
  ],
  [
    configMessage("more-mistakes", { ...whole, count: 30 }),
    "cgi-workbench.json has 30 more mistakes. Fix the others first.",
  ],
  [
    configMessage("more-mistakes", { ...whole, count: 1 }),
    "cgi-workbench.json has one more mistake. Fix the others first.",
  ],
  [
    configMessage("config-too-large", { ...whole, maxBytes: 1 << 20 }),
    "cgi-workbench.json is larger than 1048576 bytes and was not read. Make it smaller.",
  ],
  [
    configMessage("mode-not-written", { ...whole, mistake: "Line 3 has a mistake." }),
    "cgi-workbench.json has a mistake. Nothing was written. Line 3 has a mistake.",
  ],
  [
    fileMessage("no-space", { path: "a.py", errno: "ENOSPC" }),
    "There is no space left on the disk for a.py. Free some space and try again.",
  ],
  [
    fileMessage("link-to-missing-folder", { path: "a.py", target: "old/a.py" }),
    "a.py is a link to old/a.py, and that folder does not exist. Create the folder, or replace the link.",
  ],
  [fileMessage("file-system", { path: "a.py", errno: "EIO" }), "The system refused access to a.py: EIO."],
  [
    fileMessage("removed-not-kept", { maxAgeMs: 86_400_000, maxBytes: 64 << 20 }),
    "That file is no longer kept. The workbench keeps removed files for 24 h, up to 64 MiB.",
  ],
  [
    fileMessage("not-in-encoding", { path: "a.py", line: 2, encoding: "iso-8859-1", character: "€" }),
    "ISO-8859-1 does not have “€”, which is in line 2. Remove the character, or save the file with another encoding, such as UTF-8.",
  ],
  [folderMessage("relative-path", { path: "site" }), "“site” is not an absolute path. Begin it with / or ~/."],
  [folderMessage("folder-unreadable", { path: "/site", errno: "EIO" }), "The folder /site cannot be read: EIO."],
  [
    watchMessage("watch", { errno: null, systemText: "Error: closed" }),
    "The workbench may miss changes in the folder: Error: closed.",
  ],
  [
    lockMessage("lock", { systemText: "EROFS" }),
    "The workbench cannot find out whether another window has this folder open: EROFS.",
  ],
  [
    trustMessage("host-waits", { host: "0.0.0.0" }),
    "server.host is 0.0.0.0, where other machines can run the scripts. The server listens on this machine only. Pass --host 0.0.0.0 to allow it.",
  ],
])("%o says: %s", ({ text, fix }, words) => {
  expect([text, fix].filter((sentence) => sentence !== null).join(" ")).toBe(words);
});

test.each([
  [mistakeMessage("wrong-type", { expected: "int" }), "must be a whole number"],
  [mistakeMessage("setting-missing"), "is missing"],
  [mistakeMessage("too-small", { of: "number", least: 1 }), "must be at least 1"],
  [mistakeMessage("too-small", { of: "array", least: 1 }), "must have at least one entry"],
  [mistakeMessage("too-large", { of: "number", most: 65_535 }), "must be at most 65535"],
  [mistakeMessage("too-large", { of: "string", most: 255 }), "must have at most 255 characters"],
  [mistakeMessage("not-one-of", { allowed: ['"a"', '"b"', '"c"'] }), 'must be "a", "b" or "c"'],
])("a setting that the schema does not take: %j", ({ text }, words) => {
  expect(text).toBe(words);
});
