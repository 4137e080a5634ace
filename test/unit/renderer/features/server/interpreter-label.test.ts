// Interpreters in the status bar.
import { expect, test } from "vitest";
import { formatInterpreters } from "../../../../../renderer/features/server/interpreter-label.js";

test("languages with short versions, each once; what is not known keeps its name", () => {
  const found = [
    { name: "python3", version: "3.11.7" },
    { name: "php-cgi", version: "8.2.35" },
    { name: "/bin/sh", version: null },
    { name: "sh", version: null },
    { name: "/usr/bin/python3", version: null },
    { name: "awk", version: "1.3.4" },
  ];
  expect(formatInterpreters(found)).toBe("awk 1.3 · PHP 8.2 · Python 3.11 · Shell");
});
