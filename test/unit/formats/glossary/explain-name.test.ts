import { STATUS_CODES } from "node:http";
import { expect, test } from "vitest";
import { explainField, explainStatus, knownFieldNames } from "../../../../server/formats/glossary/explain-name.js";
import { explainVariable, metaVariableNames } from "../../../../server/formats/glossary/meta-variables.js";
import { variableStanding } from "../../../../server/protocol/variable-standing.js";

test("every status that Node knows is explained under its name of today", () => {
  const renamed: Record<string, string> = {
    413: "Content Too Large",
    418: "(Unused)",
    422: "Unprocessable Content",
    // not registered
    509: "",
  };
  for (const [code, name = ""] of Object.entries(STATUS_CODES)) {
    const expected = renamed[code] ?? name;
    if (expected !== "") expect(explainStatus(Number(code))?.name).toBe(`${code} ${expected}`);
  }
  expect(explainStatus(499)).toMatchObject({ name: "499", reference: "RFC 9110 §15" });
  expect(explainStatus(42)).toBeNull();
});

test("every field of RFC 9110, 9111, 9112, 6265 and 3875 is explained, whatever its case", () => {
  const fields =
    "Accept Accept-Charset Accept-Encoding Accept-Language Accept-Ranges Age Allow Authentication-Info Authorization Cache-Control Connection Content-Encoding Content-Language Content-Length Content-Location Content-Range Content-Type Cookie Date ETag Expect Expires From Host If-Match If-Modified-Since If-None-Match If-Range If-Unmodified-Since Last-Modified Location Max-Forwards Pragma Proxy-Authenticate Proxy-Authentication-Info Proxy-Authorization Range Referer Retry-After Server Set-Cookie Status TE Trailer Transfer-Encoding Upgrade User-Agent Vary Via Warning WWW-Authenticate";
  for (const name of fields.split(" ")) expect(explainField(name.toUpperCase())?.name).toBe(name);
  expect(explainField("X-Nobody-Knows")).toBeNull();
});

test("each field has one plain sentence with its source", () => {
  const names = knownFieldNames();
  expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
  expect(names.length).toBeGreaterThan(150);
  for (const name of names) {
    const found = explainField(name);
    expect(found?.text, name).toMatch(/^\S.*[.)…]$/);
    expect(found?.text.length, name).toBeLessThan(170);
    expect(found?.reference, name).not.toBe("");
  }
});

test("every meta-variable is explained, by the section that defines it", () => {
  for (const name of metaVariableNames()) {
    const { reference, text } = explainVariable(name) ?? { reference: "", text: "" };
    expect(text, name).toMatch(/\.$/);
    expect(/RFC 3875 §4\.1\.\d+$/.test(reference), name).toBe(["rfc", "header"].includes(variableStanding(name)));
  }
  expect(explainVariable("HTTP_X_MY_HEADER")?.text).toContain("The request header X-My-Header.");
  expect(explainVariable("LD_PRELOAD")).toBeNull();
});
