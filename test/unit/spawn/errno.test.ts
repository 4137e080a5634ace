import { constants } from "node:os";
import { expect, test } from "vitest";
import { errorCode } from "../../../server/base/disk.js";
import { errnoName, signalName } from "../../../server/spawn/native/errno.js";

test.each(["ENOENT", "EACCES", "ENOEXEC", "ENOTDIR", "ELOOP", "E2BIG", "ETXTBSY", "EMFILE", "EAGAIN"] as const)(
  "%s has its name",
  (name) => {
    expect(errnoName(constants.errno[name])).toBe(name);
  },
);

test.each(["SIGHUP", "SIGINT", "SIGKILL", "SIGSEGV", "SIGABRT", "SIGPIPE", "SIGTERM", "SIGXCPU"] as const)(
  "%s has its name",
  (name) => {
    expect(signalName(constants.signals[name])).toBe(name);
  },
);

test("an unknown number is shown as a number", () => {
  expect(errnoName(9999)).toBe("errno 9999");
  expect(signalName(40)).toBe("SIG40");
});

test("only errors of Node's have a code", () => {
  expect(errorCode(Object.assign(new Error("x"), { code: "EPERM" }))).toBe("EPERM");
  expect(errorCode(new Error("x"))).toBe("");
  expect(errorCode("EPERM")).toBe("");
});
