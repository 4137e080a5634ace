// What may be handed to the system's own programs.
import { describe, expect, test } from "vitest";
import { externalLink } from "../../../electron/external-link.js";

describe("an address that leaves the app", () => {
  test.each([
    ["https://example.com/a?b#c", "https://example.com/a?b#c"],
    ["http://127.0.0.1:8080/cgi-bin/x", "http://127.0.0.1:8080/cgi-bin/x"],
    ["HTTPS://EXAMPLE.com", "https://example.com/"],
    ["mailto:someone@example.com", "mailto:someone@example.com"],
    ["https://example.com/a b", "https://example.com/a%20b"],
  ])("%s may", (address, expected) => expect(externalLink(address)).toBe(expected));

  test.each([
    "file:///etc/passwd",
    "javascript:alert(1)",
    "data:text/html,x",
    "ftp://example.com/",
    "smb://server/share",
    "vscode://file/x",
    "app://workbench/",
    "ms-msdt:/id",
    "https://user:pass@example.com/",
    "https://user@example.com/",
    "//example.com/",
    "example.com",
    "",
    " ",
    `https://example.com/${"a".repeat(3000)}`,
    null,
    undefined,
    5,
    { toString: () => "https://example.com/" },
    ["https://example.com/"],
  ])("%s may not", (address) => expect(externalLink(address)).toBeNull());
});
