// Private values in the reports of saved requests, in the forms in which requests and responses have them.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { masking } from "../../../server/base/masking.js";

const base64 = (text: string): string => Buffer.from(text).toString("base64");
const base64url = (text: string): string => Buffer.from(text).toString("base64url");

describe("base64 with a secret in it is masked", () => {
  const mask = masking(["hunter2"]);

  test.each([
    ["a sign-in", `got Basic ${base64("ada:hunter2")}`, "got Basic •••"],
    ["without padding", `got Basic ${base64("ada:hunter2").replace(/=+$/, "")}, no`, "got Basic •••, no"],
    ["in JSON", `{"auth":"${base64("ada:hunter2")}"}`, '{"auth":"•••"}'],
    ["of the URL-safe alphabet", `?token=${base64url("??>>~~:hunter2")}&a=b`, "?token=•••&a=b"],
  ])("%s", (_, text, masked) => {
    expect(mask(text)).toBe(masked);
  });

  test("wherever in the bytes and in the text it is", () => {
    const letters = fc.string({ unit: fc.constantFrom(..."abYZ09/_"), maxLength: 5 });
    const whatever = fc.string({ unit: "binary", maxLength: 12 });
    fc.assert(
      fc.property(letters, whatever, whatever, fc.boolean(), (before, front, back, isUrlSafe) => {
        const run = (isUrlSafe ? base64url : base64)(`${front}hunter2${back}`);
        const decoded = [0, 1, 2, 3].map((skipped) =>
          Buffer.from(mask(`${before}${run} end`).slice(skipped), "base64").toString("latin1"),
        );
        expect(decoded.join(" ")).not.toContain("hunter2");
      }),
    );
  });

  test("a short one, too", () => {
    expect(masking(["k1"])(`Basic ${base64("a:k1")}`)).toBe("Basic •••");
    expect(masking(["pä"])(`Basic ${base64("ada:pä")}`)).toBe("Basic •••");
  });

  test("other words and other base64 stay", () => {
    const text = `Expected /cgi-bin/some_script-name.py, got Basic ${base64("ada:another one")} and status 200`;
    expect(mask(text)).toBe(text);
    expect(masking(["9", ""])(text)).toBe(text);
    expect(masking([])(text)).toBe(text);
  });
});

describe("escapes of other languages are masked", () => {
  test.each([
    ["Python's html.escape", "it&#x27;s &lt;me&gt;"],
    ["PHP's htmlspecialchars", "it&#039;s &lt;me&gt;"],
    ["this product's own", "it&#39;s &lt;me&gt;"],
    ["the apostrophe as it is", "it's &lt;me&gt;"],
  ])("%s", (_, form) => {
    expect(masking(["it's <me>"])(`<b>${form}</b>`)).toBe("<b>•••</b>");
  });

  test("PHP's json_encode", () => {
    expect(masking(['a/b"c/d'])(String.raw`{"x":"a\/b\"c\/d"}`)).toBe('{"x":"•••"}');
    expect(masking(["a/b"])("a/b")).toBe("•••");
  });

  test.each([
    ["Python's json.dumps", String.raw`{"x":"n\u00e4h\ud83d\ude00\n<1>"}`],
    ["Go's json.Marshal", String.raw`{"x":"näh😀\n\u003c1\u003e"}`],
    ["in capitals", String.raw`{"x":"n\u00E4h\uD83D\uDE00\n\u003C1\u003E"}`],
    ["bytes that were taken for Latin-1", String.raw`{"x":"n\u00c3\u00a4h\u00f0\u009f\u0098\u0080\n<1>"}`],
  ])("%s", (_, text) => {
    expect(masking(["näh😀\n<1>"])(text)).toBe('{"x":"•••"}');
  });

  test("Python's repr of bytes", () => {
    expect(masking(["näh"])(String.raw`b'n\xc3\xa4h'`)).toBe("b'•••'");
  });

  test("JSON in which any characters are escaped", () => {
    const secret = fc.string({ unit: "binary", minLength: 4 }).filter((text) => !text.includes(" "));
    fc.assert(
      fc.property(secret, fc.infiniteStream(fc.boolean()), fc.string(), (hidden, isEscaped, around) => {
        const escaped = hidden.replace(/[\s\S]/g, (unit) =>
          isEscaped.next().value === true
            ? `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`
            : JSON.stringify(unit).slice(1, -1),
        );
        const rest = JSON.stringify(around.replaceAll(hidden, "")).slice(1, -1);
        expect(masking([hidden])(`${rest}  ${escaped}  ${rest}`)).toContain("  •••  ");
      }),
    );
  });

  test("a backslash that escapes nothing stays, and so does all around it", () => {
    const text = `${String.raw`C:\ü\new "\u12" \\u00e4 \ `}\\`;
    expect(masking(["ä", "hunter2"])(text)).toBe(text);
  });
});

describe("percent encoding is masked", () => {
  test.each([
    ["a browser's address", "a%20b/%C3%A4"],
    ["a form", "a+b%2F%C3%A4"],
    ["lower case", "a%20b%2f%c3%a4"],
    ["Python's quote_plus", "a+b%2F%C3%A4"],
    ["every byte", "%61%20%62%2F%C3%A4"],
  ])("%s", (_, form) => {
    expect(masking(["a b/ä"])(`?key=${form}&rate=100%`)).toBe("?key=•••&rate=100%");
  });

  test("in which any characters are encoded", () => {
    fc.assert(
      fc.property(
        // The signs around it are no part of it.
        fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }).filter((secret) => !/[<>]/.test(secret)),
        fc.infiniteStream(fc.nat(2)),
        (secret, how) => {
          const form = [...Buffer.from(secret).toString("latin1")].map((sign) => {
            const hex = sign.charCodeAt(0).toString(16).padStart(2, "0");
            const choice = how.next().value;
            if (choice === 0 && /[A-Za-z0-9]/.test(sign)) return sign;
            return `%${choice === 1 ? hex.toUpperCase() : hex}`;
          });
          expect(masking([secret])(`<${form.join("")}>`)).toBe("<•••>");
        },
      ),
    );
  });

  test("what is no encoding of it stays", () => {
    for (const text of ["1 + 1 = 2", "100% of a%2", "%zz+%"]) expect(masking(["a b"])(text)).toBe(text);
  });
});
