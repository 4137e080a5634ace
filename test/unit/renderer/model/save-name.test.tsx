import { expect, test } from "vitest";
import { saveName } from "../../../../renderer/model/traces/save-body.js";

test.each([
  ["attachment; filename=report.csv", "/cgi-bin/report.py", "report.csv"],
  ['attachment; filename="a \\"b\\".txt"', "/x", "a _b_.txt"],
  ["attachment; filename=\"old.txt\"; filename*=UTF-8''Gr%C3%BC%C3%9Fe.txt", "/x", "Grüße.txt"],
  ['attachment; filename="../../.bashrc"', "/x", "bashrc"],
  ['attachment; filename="C:\\\\temp\\\\x.txt"', "/x", "x.txt"],
  ["attachment", "/files/pr%C3%A4sentation.pdf?download=1", "präsentation.pdf"],
  ["attachment", "/files/%FF.bin", "%FF.bin"],
  ["", "/", "response"],
])("%s of %s is saved as %s", (disposition, target, wanted) => {
  expect(saveName(disposition === "" ? [] : [["Content-Disposition", disposition]], target)).toBe(wanted);
});
