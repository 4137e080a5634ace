import { expect, test } from "vitest";
import { leadsTo, placeOf, stepsOf } from "../../../../../renderer/features/present/steps.js";
import { rowOf } from "../../rows.js";

const id = (seq: number, run = "run001"): string => `mi8k2x1q0${run}-${seq}`;
const rows = [2, 3, 5].map((seq) => rowOf(seq, { id: id(seq) }));

test("a trace that is no step has the place of the step before it, also of another session", () => {
  const steps = stepsOf([rowOf(1, { id: id(1), kind: "static" }), ...rows, rowOf(4, { id: id(4), kind: "static" })]);
  expect([1, 2, 3, 4, 5, 6].map((seq) => placeOf(steps, id(seq)))).toEqual([-1, 0, 1, 1, 2, 2]);
  expect(placeOf(steps, id(4, "other1"))).toBe(1);
});

test("a followed redirect leads to the next request; one that is sent again does not", () => {
  const [before = rowOf(1)] = rows;
  const after = (kind: "follow" | "replay") => rowOf(3, { id: id(3), parent: { id: before.id, kind } });
  expect(leadsTo(before, after("follow"))).toBe(true);
  expect(leadsTo(before, after("replay"))).toBe(false);
});
