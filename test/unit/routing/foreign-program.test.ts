import { mkdirSync, symlinkSync } from "node:fs";
import { expect, test } from "vitest";
import { isForeignProgram } from "../../../server/routing/foreign-program.js";
import { site } from "./site.js";

const ofProcess = (name: string) => `/proc/self/${name}`;
const script = { run: "#!/bin/sh\n" };

test("a program of the folder is the folder's, however it is spelt", () => {
  using folder = site({ "mine/bin/python3": script, "mine/x/y": "", "elsewhere/python3": script });
  const { root } = folder;
  const mine = `${root}/mine`;
  symlinkSync(mine, `${root}/link`);
  symlinkSync(`${root}/elsewhere`, `${mine}/venv`);
  symlinkSync("/bin/sh", `${mine}/bin/sh`);
  const spellings = [
    `${mine}/bin/python3`,
    `${root}/elsewhere/../mine/bin/python3`,
    `${mine}/x/../bin/python3`,
    `${root}/link/bin/python3`,
    `${root}/link/x/../../mine/bin/python3`,
    `/${root}//mine/./bin/python3`,
    `${mine}/bin/sh`,
    `${mine}/venv/python3`,
    `${root}/link/venv/python3`,
    `${ofProcess("root")}${mine}/bin/python3`,
    `${ofProcess("cwd")}/bin/python3`,
    `${ofProcess("root")}/bin/sh`,
    "bin/python3",
    "./bin/python3",
    `${root}/missing`,
  ];
  expect(spellings.filter((spelling) => isForeignProgram(spelling, mine))).toEqual([]);
});

test("a program outside of the folder is not, also beside a folder whose name begins alike", () => {
  using folder = site({ "mine-too/python3": script });
  mkdirSync(`${folder.root}/mine`);
  symlinkSync(`${folder.root}/mine-too`, `${folder.root}/link`);
  for (const path of ["/bin/sh", "/usr/bin/env", `${folder.root}/mine-too/python3`, `${folder.root}/link/python3`])
    expect(isForeignProgram(path, `${folder.root}/mine`), path).toBe(true);
});
