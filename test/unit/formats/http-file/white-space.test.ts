// A file of requests whose characters are bytes: white space is that of ASCII.
import { describe, expect, test } from "vitest";
import type { FileRequest } from "../../../../server/formats/http-file/http-file.js";
import { parseHttpFile } from "../../../../server/formats/http-file/parse-http-file.js";

function only(text: string): FileRequest {
  const { requests, mistakes } = parseHttpFile(text);
  expect(mistakes).toEqual([]);
  const [request] = requests;
  if (request === undefined) throw new Error("no request");
  return request;
}
const bodyText = ({ body }: FileRequest): string | null => (body?.kind === "text" ? body.text : null);

describe("where each character is a byte, the byte A0 at the end of a letter is no white space", () => {
  /** "voilà" in UTF-8. */
  const word = "voil\xc3\xa0";
  test.each([
    ["the target", `GET /?q=${word}`, `/?q=${word}`],
    ["the target before a version", `GET /?q=${word} HTTP/1.1`, `/?q=${word}`],
    ["the target without a method", `/?q=${word}\t`, `/?q=${word}`],
    ["a target in several lines", `GET /\n  ?a=${word}\n  &b=${word}`, `/?a=${word}&b=${word}`],
  ])("in %s", (_, text, target) => {
    expect(only(text).target.text).toBe(target);
  });

  test("in a name, a header, a variable, a condition and a path", () => {
    const text = `@x = \xa0${word}\n# @name ${word}\n# @assert body == ${word}\n# @assert env ${word} exists\n`;
    const { requests, variables, mistakes } = parseHttpFile(
      `${text}# @capture t = body matches /\xa0/\nPOST /\nA: ${word}\n\n< ${word}\n### ${word}\nGET /`,
    );
    expect(mistakes).toEqual([]);
    expect(variables.map(({ value }) => value.text)).toEqual([`\xa0${word}`]);
    expect(requests.map(({ name }) => name)).toEqual([word, word]);
    expect(requests[0]?.assertions.map(({ assertion }) => assertion)).toMatchObject([
      { test: { is: "==", value: word } },
      { name: word },
    ]);
    expect(requests[0]?.captures.map(({ capture }) => capture.matches?.pattern)).toEqual(["\xa0"]);
    expect(requests[0]).toMatchObject({ body: { kind: "file", path: word } });
    expect(requests[0]?.fields.map(({ name, value }) => [name.text, value.text])).toEqual([["A", word]]);
  });

  test("in a body", () => {
    expect(bodyText(only("POST /\n\n\xa0\na\n\xa0\n\n"))).toBe("\xa0\na\n\xa0");
    expect(bodyText(only("POST /\n\n\xa0# @assert x"))).toBe("\xa0# @assert x");
  });
});
