// What scripts get of the workbench's own environment: its PATH without npm's
// folders, and what the configuration names.
import { delimiter } from "node:path";
import { expect, test } from "vitest";
import { utf8 } from "../../../server/protocol/byte-string.js";
import { inheritedVariables, machineEnvironment } from "../../../server/workspace/interpreters/own-environment.js";

const path = [
  "/home/me/app/node_modules/.bin",
  "/usr/lib/node_modules/npm/node_modules/@npmcli/run-script/lib/node-gyp-bin",
  "/usr/bin",
  "/bin",
].join(delimiter);

test("npm's folders are taken out of PATH", () => {
  expect(machineEnvironment({ PATH: path, npm_execpath: "/usr/bin/npm", HOME: "/home/me" })).toMatchObject({
    PATH: ["/usr/bin", "/bin"].join(delimiter),
    HOME: "/home/me",
  });
});

test("without npm PATH stays as it is, whatever it holds", () => {
  expect(machineEnvironment({ PATH: path })).toEqual({ PATH: path });
});

test("PATH is inherited, and each named variable that is set; values keep their bytes as UTF-8", () => {
  const inherited = inheritedVariables(["LANG", "MISSING"], { PATH: "/bin", LANG: "größer", SECRET: "x" });
  expect([...inherited]).toEqual([
    ["PATH", "/bin"],
    ["LANG", utf8("größer")],
  ]);
});

test.each([
  [":/usr/bin:", { PATH: "/usr/bin" }],
  ["bin:.:../bin:/usr/bin:./x", { PATH: "/usr/bin" }],
  ["", {}],
  [".:", {}],
])("PATH=%j has no folder that depends on where a program runs (C1)", (PATH, expected) => {
  expect(machineEnvironment({ PATH })).toEqual(expected);
});
