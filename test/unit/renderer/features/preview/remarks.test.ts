// What is said above a page that is shown.
import { expect, test } from "vitest";
import { type RemarksInput, remarksOf } from "../../../../../renderer/features/preview/remarks.js";

const remarks = (opened: Partial<RemarksInput["opened"]>, more: Partial<RemarksInput> = {}): string =>
  remarksOf({
    ...{ seq: 4, answer: { bodyBytes: 30, capturedBytes: 30 }, relax: null },
    forbiddenBy: null,
    opened: { url: "http://127.0.0.1/", hops: [], asksFor: null, cookiesSet: [], cookiesKept: [], ...opened },
    ...more,
  }).join(" ");

test("what is recorded and what is real", () => {
  expect(remarks({})).toBe(
    "#4 as recorded. The script was not run again. Links, forms and files of the page send real requests.",
  );
  expect(remarks({ hops: [{ id: "a", seq: 5 }] })).toMatch(/^#4 and #5 as recorded\. The script was not run again\./);
  expect(remarks({ asksFor: "/list" })).toContain(
    "The redirect leads to /list, which was not recorded: the preview requested it just now.",
  );
});

test("cookies: set, set before, set by a newer one", () => {
  const words = remarks({
    cookiesSet: ["a", "b"],
    cookiesKept: [
      { name: "c", seq: 4 },
      { name: "d", seq: 9 },
    ],
  });
  expect(words).toContain("Cookies a and b set. Cookie c not set again. Cookie d keeps its value from #9.");
});

test("headers that forbid it", () => {
  expect(remarks({}, { relax: "without-header" })).toContain("Shown without the header that forbids it.");
  expect(remarks({}, { forbiddenBy: "X-Frame-Options: DENY" })).toContain(
    "X-Frame-Options: DENY: other origins must not show this page in a frame.",
  );
});

test("a page of which a part was kept: a header is named only where one is left out, the cut in any case", () => {
  const answer = { bodyBytes: 30, capturedBytes: 10 };
  const added = (more: Partial<RemarksInput>): string => remarks({}, more).replace(remarks({}), "");
  const [withoutHeader, cut] = [added({ relax: "without-header" }), added({ answer, relax: "kept-part" })];
  expect(cut).toContain("10 of 30");
  expect(withoutHeader).not.toContain("10 of 30");
  expect(added({ answer, relax: "without-header" })).toBe(withoutHeader + cut);
});
