import { expect, test } from "vitest";
import { languageOf } from "../../../../renderer/platform/monaco/language.js";

test("a file's language is that of its extension, whatever its first line says", () => {
  expect(languageOf("cgi-bin/x.py", "#!/bin/sh\n").id).toBe("python");
  expect(languageOf("static/logo.SVG", "").id).toBe("xml");
});

test("without a known extension the program of the first line decides", () => {
  expect(languageOf("cgi-bin/guestbook.cgi", "#!/usr/bin/env perl -w\nuse strict;\n").id).toBe("perl");
  expect(languageOf("hello", "#!/bin/sh\n").id).toBe("shell");
  expect(languageOf("hello", "#!/usr/bin/python3\r\n").id).toBe("python");
});

test("anything else is plain text", () => {
  expect(languageOf("notes", "no shebang /bin/sh\n").id).toBe("plaintext");
});
