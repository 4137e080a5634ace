import { describe, expect, test } from "vitest";
import { ProblemError } from "../../../server/base/problem.js";
import { defineProblems, toProblem } from "../../../server/contract/problem.js";

const message = defineProblems({
  plain: { message: "It is full." },
  sized: { message: ({ n }: { n: number }) => `${n} bytes are too many.`, fix: "Send fewer." },
  "also-sized": { code: "sized", message: "It is too large.", fix: ({ max }: { max: number }) => `Send ${max} bytes.` },
});

describe("problems", () => {
  test("a problem has its code, its data and both sentences", () => {
    expect(message("plain")).toEqual({ code: "plain", data: null, text: "It is full.", fix: null });
    expect(message("sized", { n: 9 })).toEqual({
      code: "sized",
      data: { n: 9 },
      text: "9 bytes are too many.",
      fix: "Send fewer.",
    });
  });

  test("several entries of a table can share a code", () => {
    expect(message("also-sized", { max: 8 })).toMatchObject({ code: "sized", data: { max: 8 }, fix: "Send 8 bytes." });
    expect(message.codes).toEqual(["plain", "sized"]);
  });

  test("a thrown problem keeps its message and its cause", () => {
    const cause = new Error("ENOSPC");
    const error = new ProblemError(message("sized", { n: 9 }), { cause });
    expect([error.message, error.cause]).toEqual(["9 bytes are too many.", cause]);
    expect(error.problem).toEqual(toProblem(message("sized", { n: 9 })));
    expect(error.problem).toEqual({
      code: "sized",
      message: "9 bytes are too many.",
      fix: "Send fewer.",
      data: { n: 9 },
    });
  });
});
