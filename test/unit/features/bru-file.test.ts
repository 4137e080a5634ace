// Bruno's `.bru` files: a damaged one is named with its line, and what Bruno's language allows is read.
import { describe, expect, test } from "vitest";
import { ProblemError } from "../../../server/base/problem.js";
import { readBru } from "../../../server/features/collections/bru-file.js";
import { readCollection } from "../../../server/features/collections/read-collection.js";

const whole = `meta {
  name: Log in
  type: http
  seq: 1
}

post {
  url: {{host}}/login.cgi
  body: json
}

headers {
  accept: text/html
  ~x-old: 1
}

body:json {
  {
    "user": "ann"
  }
}
`;
const read = (text: string) => readBru({ path: "a.bru", text });

function faultOf(text: string): unknown {
  try {
    return read(text);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { code, data } = error.problem;
    return [code, data?.["path"], data?.["line"]];
  }
}

describe("damage is named with its line:", () => {
  const damage: readonly (readonly [string, string, number])[] = [
    ["the file is cut in the middle of its text", whole.slice(0, whole.indexOf('"ann"')), 17],
    ["the file is cut in the middle of its pairs", whole.slice(0, whole.indexOf("  ~x-old")), 12],
    ["the file is cut in the middle of a name", whole.slice(0, whole.indexOf("pt: text")), 12],
    ["a closing brace is missing between blocks", whole.replace("json\n}", "json"), 7],
    ["the last brace is missing", whole.replace(/\}\n$/, ""), 17],
    ["an opening brace is missing", whole.replace("headers {", "headers"), 12],
    ["a line has no colon", whole.replace("accept: text", "accept text"), 13],
    ["a name has no colon in the first block", whole.replace("seq: 1", "seq"), 4],
    ["bytes that are not text", whole.replace("text/html", "\u0000\u0001\ufffd"), 13],
    ["bytes in place of a block", whole.replace("post {", "\ufffd\ufffd\u0007"), 7],
    ["text behind the last block", `${whole}}\n`, 22],
    ["a text of several lines has no end", whole.replace("text/html", "'''\n    a"), 13],
    ["a list has no end", `${whole}\nvars:secret [\n  token,\n`, 23],
    ["it is empty", "\n", 1],
  ];
  test.each(damage)("%s", (_name, text, line) => expect(faultOf(text)).toEqual(["collection-invalid", "a.bru", line]));

  test("the other files of the folder are read", () => {
    const collection = readCollection([
      { path: "good.bru", text: whole },
      { path: "in/cut.bru", text: whole.slice(0, whole.indexOf('"ann"')) },
    ]);
    expect(collection?.requests.map(({ name }) => name)).toEqual(["Log in"]);
    expect(collection?.damaged?.map(({ place, note }) => [place, note.code])).toEqual([["in/cut.bru:17", "damaged"]]);
  });
});

describe("is read:", () => {
  const legal: readonly (readonly [string, string])[] = [
    ["line ends of Windows", whole.replaceAll("\n", "\r\n")],
    ["a block that is not known", `${whole}\nfuture:block {\n  no pairs, only words\n}\n`],
    ["an example with blocks of its own", `${whole}\nexample {\n  name: One\n\n  request: {\n    url: /\n  }\n}\n`],
    ["a list within pairs", whole.replace("seq: 1", "seq: 1\n  tags: [\n    smoke\n    slow\n  ]")],
    ["a list on one line", `${whole}\nvars:secret [token, key]\n`],
    ["a list whose bracket is indented", `${whole}\nvars:secret [\n  token\n  ]\n`],
    ["a value of several lines", whole.replace("text/html", "'''\n    no colon here\n  '''")],
    ["a name in quotation marks", whole.replace("accept:", '"a: b":')],
    ["blanks behind braces", whole.replace("headers {", "headers {  ").replace("1\n}", "1\n}  ")],
    ["a script with braces in its lines", `${whole}\ntests {\n  try {\n    x();\n  } catch {\n  }\n}\n`],
    ["a value without a name", whole.replace("~x-old: 1", ": 1")],
    ["the colour of an environment", `${whole}\ncolor: #CE4F3B\n`],
    ["a description of several lines", whole.replace("~x-old", "@description('''\n  no pair\n  ''')\n  ~x-old")],
    ["a text of several lines on one", whole.replace("text/html", "'''text/html'''")],
    ["control characters in a text", whole.replace('"user"', '"\f\x01user"')],
    ["an empty block", `${whole}\nquery {\n}\n\nassert {}\n`],
  ];
  test.each(legal)("%s", (_name, text) =>
    expect(read(text).map(({ name }) => name)).toEqual(
      expect.arrayContaining(["meta", "post", "headers", "body:json"]),
    ),
  );
});
