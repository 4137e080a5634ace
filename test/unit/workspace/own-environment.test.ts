// The PATH scripts are given is the one the workbench was started with, not npm's.
import { delimiter } from "node:path";
import { expect, test } from "vitest";
import { withoutNpm } from "../../../server/workspace/interpreters/own-environment.js";

const path = [
  "/home/me/app/node_modules/.bin",
  "/usr/lib/node_modules/npm/node_modules/@npmcli/run-script/lib/node-gyp-bin",
  "/usr/bin",
  "/bin",
].join(delimiter);

test("npm's folders are taken out of PATH", () => {
  expect(withoutNpm({ PATH: path, npm_execpath: "/usr/bin/npm", HOME: "/home/me" })).toMatchObject({
    PATH: ["/usr/bin", "/bin"].join(delimiter),
    HOME: "/home/me",
  });
});

test("without npm PATH stays as it is, whatever it holds", () => {
  expect(withoutNpm({ PATH: path })).toEqual({ PATH: path });
});
