// What a browser does with a response, by its headers: every case that keeps it from
// being shown, and what the way round it is.
import { describe, expect, test } from "vitest";
import { framingForbiddenBy, framingPermitted } from "../../../server/protocol/framing-permission.js";
import {
  previewBlocker,
  type RecordedAnswer,
  redirectOf,
  relaxedHeaders,
} from "../../../server/protocol/preview-eligibility.js";
import { showingOf } from "../../../server/protocol/renderable-type.js";

const window = "http://127.0.0.1:4000";
const scripts = "http://127.0.0.1:8080";
const answer = (headers: Record<string, string>, more: Partial<RecordedAnswer> = {}): RecordedAnswer => ({
  method: "GET",
  url: `${scripts}/cgi-bin/a.py`,
  status: 200,
  headers: Object.entries({ "Content-Type": "text/html", ...headers }),
  bodyBytes: 10,
  capturedBytes: 10,
  ...more,
});

describe("an obstacle", () => {
  test("there is none for a page", () => {
    expect(previewBlocker(answer({}), window)).toBeNull();
    expect(
      previewBlocker(
        answer({ "Content-Security-Policy": "default-src 'none'", "Content-Disposition": "inline" }),
        window,
      ),
    ).toBeNull();
  });

  test.each([
    [
      answer({ "Content-Disposition": "attachment; filename=x" }),
      { header: "Content-Disposition: attachment; filename=x" },
    ],
    [answer({ "X-Frame-Options": "SAMEORIGIN" }), { header: "X-Frame-Options: SAMEORIGIN" }],
    [
      answer({ "content-security-policy": "script-src 'none'; frame-ancestors 'self'" }),
      { header: "Content-Security-Policy: frame-ancestors 'self'" },
    ],
    [answer({}, { bodyBytes: 11 }), { keptBytes: 10, bytes: 11 }],
  ])("that can be passed: %#", (recorded, because) => {
    const obstacle = previewBlocker(recorded, window);
    expect(obstacle?.because.data).toEqual(because);
    expect(obstacle?.relax).not.toBeNull();
  });

  test.each([
    [answer({}, { method: "HEAD" }), "nothing-to-show"],
    [answer({}, { status: 204 }), "stays-on-page"],
    [answer({}, { status: 205 }), "stays-on-page"],
    [answer({}, { status: 304 }), "uses-own-copy"],
    [answer({}, { status: 0 }), "unreadable"],
    [answer({ "Content-Type": "application/zip" }), "saved-as-file"],
    [answer({ "Content-Type": "application/pdf" }), "no-viewer"],
    [answer({ Location: "https://example.com/x" }, { status: 302 }), "leaves-the-scripts"],
    [answer({ Location: "//example.com/x" }, { status: 301 }), "leaves-the-scripts"],
    [answer({ Location: "http://127.0.0.1:4000/" }, { status: 303 }), "leaves-the-scripts"],
    [answer({ Location: "javascript:alert(1)" }, { status: 303 }), "leaves-the-scripts"],
  ])("that cannot: %#", (recorded, title) => {
    const obstacle = previewBlocker(recorded, window);
    expect(obstacle?.title.code).toBe(title);
    expect(obstacle?.relax).toBeNull();
  });

  test("framing is none where the page stands on its own", () => {
    expect(previewBlocker(answer({ "X-Frame-Options": "DENY" }), null)).toBeNull();
  });

  test("a redirect within the scripts is none, whatever its type", () => {
    const redirect = answer({ Location: "list?page=2", "Content-Type": "application/zip" }, { status: 303 });
    expect(previewBlocker(redirect, window)).toBeNull();
    expect(redirectOf(redirect)).toBe(`${scripts}/cgi-bin/list?page=2`);
    expect(previewBlocker(answer({ Location: "http://localhost:8080/" }, { status: 302 }), window)).toBeNull();
    expect(redirectOf(answer({ Location: "/x" }))).toBeNull();
  });
});

describe("framing", () => {
  const forbidden = (...headers: [string, string][]): boolean => framingForbiddenBy(headers, window, scripts) !== null;

  test.each(["DENY", "sameorigin", "DENY, SAMEORIGIN", "deny,allowall"])("X-Frame-Options: %s forbids it", (value) => {
    expect(forbidden(["X-Frame-Options", value])).toBe(true);
  });
  test.each(["ALLOWALL", "ALLOW-FROM http://x", "", "nonsense"])("X-Frame-Options: %s does not", (value) => {
    expect(forbidden(["X-Frame-Options", value])).toBe(false);
  });
  test.each([
    "'none'",
    "",
    "'self'",
    "https:",
    "http://127.0.0.1",
    "http://127.0.0.1:8080",
    "example.com *.example.com:*",
  ])("frame-ancestors %s forbids it", (sources) => {
    expect(forbidden(["Content-Security-Policy", `frame-ancestors ${sources}`])).toBe(true);
  });
  test.each(["*", "http:", "http://127.0.0.1:4000", "127.0.0.1:*", "'self' http://127.0.0.1:*/path"])(
    "frame-ancestors %s does not",
    (sources) => {
      expect(forbidden(["Content-Security-Policy", `frame-ancestors ${sources}`])).toBe(false);
    },
  );
  test("frame-ancestors is obeyed in the place of X-Frame-Options, and every policy must agree", () => {
    expect(forbidden(["X-Frame-Options", "DENY"], ["Content-Security-Policy", "frame-ancestors *"])).toBe(false);
    expect(forbidden(["Content-Security-Policy", "frame-ancestors *, frame-ancestors 'none'"])).toBe(true);
    expect(forbidden(["Content-Security-Policy-Report-Only", "frame-ancestors 'none'"])).toBe(false);
  });
  test("only what forbids it is taken out", () => {
    const headers = [
      ["X-Frame-Options", "DENY"],
      ["Content-Security-Policy", "script-src 'none'; frame-ancestors 'none', frame-ancestors 'self'"],
      ["Content-Disposition", "attachment"],
      ["X-Own", "1"],
    ] as const;
    expect(framingPermitted(headers)).toEqual([
      ["Content-Security-Policy", "script-src 'none'"],
      headers[2],
      headers[3],
    ]);
    expect(relaxedHeaders(headers)).toEqual([["Content-Security-Policy", "script-src 'none'"], headers[3]]);
  });
});

test("types are shown or saved as Chromium does", () => {
  const by = (showing: string): string[] =>
    [
      "text/html",
      "Text/Plain; charset=x",
      "text/csv",
      "image/png",
      "image/tiff",
      "application/json",
      "application/ld+json",
      "application/zip",
      "video/mp4",
      "application/octet-stream",
      "nonsense",
      "font/woff2",
    ].filter((type) => showingOf(type) === showing);
  expect(by("saved")).toEqual(["text/csv", "image/tiff", "application/zip", "application/octet-stream", "font/woff2"]);
  expect(by("shown")).toHaveLength(7);
  expect(showingOf(null)).toBe("shown");
});
