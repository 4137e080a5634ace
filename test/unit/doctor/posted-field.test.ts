// A page that mixes encodings: the finding names the posted field whose bytes are in
// it, and takes no cut or decoded form of it.
import { expect, test } from "vitest";
import { postedSentence } from "../../../server/doctor/evidence/posted-field.js";
import { examineBody } from "../../../server/formats/encodings/body-encoding.js";
import { byteString, toBytes } from "../../../server/protocol/byte-string.js";
import { CapturedStream } from "../../../server/trace/captured-stream.js";
import { traceOf } from "./written-traces.js";

const head = "Content-Type: text/html\n\n";

function captured(bytes: string): CapturedStream {
  const stream = new CapturedStream(1 << 20);
  stream.add(toBytes(byteString(bytes)), 1);
  return stream;
}

function sentence(form: string, page: string): string {
  const trace = traceOf({ stdout: toBytes(byteString(`${head}${page}`)) });
  const type = [byteString("Content-Type"), byteString("application/x-www-form-urlencoded")] as const;
  const encoding = examineBody("text/html", toBytes(byteString(page)), true);
  if (encoding === null || !trace.stdout) throw new Error("a page of text has an encoding");
  return postedSentence(
    { request: { ...trace.request, headers: [type], body: captured(form) } },
    { ...encoding, from: head.length, stdout: trace.stdout },
  );
}

test("the field and what its bytes are", () => {
  expect(sentence("a=1&name=J%C3%BCrgen", "M\xf6bel f\xfcr J\xc3\xbcrgen")).toContain(
    "The field `name` is in the page with the bytes that the client sent, which are UTF-8.",
  );
  expect(sentence("name=J%FCrgen", "M\xc3\xb6bel f\xc3\xbcr J\xfcrgen")).toContain("which are not UTF-8.");
});

test("a long field is compared as a whole, one of ASCII or one that the page lacks not at all", () => {
  const long = "x".repeat(2000);
  expect(sentence(`text=${long}%C3%BC`, `\xf6 ${long}\xc3\xbc`)).toContain("`text`");
  expect(sentence(`text=${long}%C3%BC`, `\xf6 ${long}`)).toBe("");
  expect(sentence("name=abc", "abc \xf6 \xc3\xbc")).toBe("");
});
