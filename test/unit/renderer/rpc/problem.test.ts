// What the window says about a call that failed.
import { expect, test } from "vitest";
import { problemOf } from "../../../../renderer/rpc/problem.js";

test("a call that ended with its connection is one without a connection", () => {
  expect(problemOf(AbortSignal.abort().reason)).toMatchObject({ code: "no-connection" });
});

test("any other failure keeps its message", () => {
  expect(problemOf(new Error("the disk is full"))).toEqual({
    code: "unexpected",
    message: "the disk is full",
    fix: null,
  });
});
