// What a failed check shows: bytes where bytes differ, and nothing of the kind for a number.
import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import { Failure } from "../../../../../renderer/features/lessons/failure.js";
import type { LessonFailure } from "../../../../../server/contract/lessons-contract.js";
import { asSentence } from "../../../../../server/contract/message.js";
import { layOutPage } from "../../../../support/laid-out-page.js";

layOutPage();

const shown = (failure: Pick<LessonFailure, "fact" | "got" | "wanted">): readonly (string | null)[] => {
  const why = { code: "fact-differs", data: {}, text: asSentence("It differs.") };
  const whole: LessonFailure = { step: 1, remark: null, trace: null, why, ...failure };
  const { container, unmount } = render(<Failure failure={whole} />);
  const found = [...container.querySelectorAll("mark, .lesson-hex")].map(({ textContent }) => textContent);
  unmount();
  return found;
};

test("a text has its bytes beside it; a status, a mode and a count are told as a whole", () => {
  expect(shown({ fact: "body", got: "Gruß", wanted: "Grüß" })).toEqual(["u", "75", "ü", "c3 bc"]);
  expect(shown({ fact: "header Location", got: "/a", wanted: "/b" })).toEqual(["a", "61", "b", "62"]);
  expect(shown({ fact: "argv", got: "a", wanted: "b" })).toEqual(["a", "61", "b", "62"]);
  expect(shown({ fact: "wrote Content Type", got: "a", wanted: "b" })).toEqual(["a", "61", "b", "62"]);
  expect(shown({ fact: "status", got: "404 Not Found", wanted: "200 OK" })).toEqual(["404 Not Found", "200 OK"]);
  expect(shown({ fact: "mode", got: "cgi", wanted: "fastcgi" })).toEqual(["cgi", "fastcgi"]);
  expect(shown({ fact: "body count of <li>", got: "1", wanted: "= 3" })).toEqual(["1", "= 3"]);
});
