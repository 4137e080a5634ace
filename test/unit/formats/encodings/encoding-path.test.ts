// The way of a character: where it breaks in real traces, and what each switch of the lab does.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EncodingStage } from "../../../../server/formats/encodings/encoding-stage.js";
import { type LabSettings, labEncodingPath } from "../../../../server/formats/encodings/lab-path.js";
import { type EncodingPathFacts, traceEncodingPath } from "../../../../server/formats/encodings/trace-path.js";
import { byteString, toBytes } from "../../../../server/protocol/byte-string.js";

const html = "text/html; charset=utf-8";
const facts = (
  parts: Omit<Partial<EncodingPathFacts>, "page" | "query"> & { readonly page: string; readonly query?: string },
): EncodingPathFacts => ({
  requestBody: byteString(""),
  requestType: "",
  language: "python",
  script: "kontakt.cgi",
  variable: () => undefined,
  contentType: html,
  isWhole: true,
  ...parts,
  query: byteString(parts.query ?? ""),
  page: toBytes(byteString(parts.page)),
});
const verdicts = (steps: readonly EncodingStage[]): string =>
  steps.map(({ id, verdict }) => `${id} ${verdict}`).join(", ");

describe("of a trace", () => {
  test("a healthy one, from the address to the screen", () => {
    const { steps, word } = traceEncodingPath(facts({ query: "name=J%C3%BCrgen", page: "<p>Hello, J\xc3\xbcrgen!" }));
    expect(verdicts(steps)).toBe(
      "typed fine, sent fine, handed-over fine, read assumed, written fine, declared fine, shown fine",
    );
    expect(word).toEqual({ shown: "Jürgen!", meant: "Jürgen!" });
    expect(steps[2]).toMatchObject({ bytes: "J%C3%BCrgen", why: expect.stringContaining("QUERY_STRING") });
  });

  test.each<[string, Parameters<typeof facts>[0], string, { shown: string; meant: string }]>([
    [
      "the trap: says UTF-8, writes Latin-1",
      { page: "<h1>Gr\xfc\xdfe an J\xfcrgen" },
      "written breaks, declared carried, shown carried",
      { shown: "Gr\ufffd\ufffde", meant: "Grüße" },
    ],
    [
      "declared wrongly",
      { page: "Gr\xc3\xbc\xc3\x9fe", contentType: "text/html; charset=iso-8859-1" },
      "written fine, declared breaks, shown carried",
      { shown: "GrÃ¼ÃŸe", meant: "Grüße" },
    ],
    [
      "not declared",
      { page: "Gr\xc3\xbc\xc3\x9fe", contentType: "text/html" },
      "written fine, declared breaks, shown carried",
      { shown: "GrÃ¼ÃŸe", meant: "Grüße" },
    ],
    [
      "encoded twice",
      { page: "Gr\xc3\x83\xc2\xbcn", language: "perl" },
      "written breaks, declared carried, shown carried",
      { shown: "GrÃ¼n", meant: "Grün" },
    ],
  ])("%s", (_name, parts, expected, word) => {
    const way = traceEncodingPath(facts(parts));
    expect(verdicts(way.steps)).toBe(expected);
    expect(way.word).toEqual(word);
  });

  test("a form in Latin-1 whose characters were lost in the script", () => {
    const { steps } = traceEncodingPath(facts({ query: "name=J%FCrgen", page: "<p>Hello, J\xef\xbf\xbdrgen" }));
    expect(steps.find(({ verdict }) => verdict === "breaks")?.id).toBe("read");
    expect(steps[0]?.text).toBe("Jürgen");
  });

  test("of a long word whole characters and escapes are followed", () => {
    for (const word of ["hello", "hellos", "helloes"]) {
      const query = `name=${word}${"%E6%97%A5".repeat(100)}`;
      const { steps } = traceEncodingPath(facts({ query, page: `<p>${word}\xef\xbf\xbd` }));
      const of = (id: string) => steps.find((step) => step.id === id);
      expect(of("read")).toMatchObject({ verdict: "assumed", text: expect.stringMatching(/^hell[oes]+日{17,18}…$/) });
      expect(of("sent")?.text).toMatch(/^hell[oes]+(?:%[0-9A-F]{2})+…$/);
    }
  });

  test("a form of Ruby in windows-1252 is not broken when it is read", () => {
    const lost = { query: "name=J%FCrgen", page: "<p>Hello, J\xef\xbf\xbdrgen", language: "ruby" } as const;
    const read = traceEncodingPath(facts(lost)).steps.find(({ id }) => id === "read");
    expect(read).toMatchObject({ text: null, encoding: null, verdict: "assumed" });
  });

  test("the broken word is followed, and not another one of the request", () => {
    const page = "Hello J\xc3\xbcrgen, M\xf6belhaus greets";
    const elsewhere = traceEncodingPath(facts({ query: "name=J%C3%BCrgen", page }));
    expect(elsewhere.word).toEqual({ shown: "M\ufffdbelhaus", meant: "Möbelhaus" });
    expect(verdicts(elsewhere.steps)).toBe("written breaks, declared carried, shown carried");
    expect(elsewhere.steps[0]?.why).toContain(
      "The request does not hold this word: kontakt.cgi, or a file it read, does.",
    );
    const sent = traceEncodingPath(facts({ query: "name=J%C3%BCrgen&shop=m%C3%B6belhaus", page }));
    expect(sent.steps[0]).toMatchObject({ id: "typed", text: "möbelhaus" });
    expect(verdicts(sent.steps)).toContain("written breaks");
  });

  test("nothing to follow in ASCII, and no page in an image", () => {
    expect(traceEncodingPath(facts({ page: "<p>Hello" }))).toMatchObject({ steps: [], word: null });
    expect(traceEncodingPath(facts({ page: "\x89PNG\xff", contentType: "image/png" }))).toMatchObject({
      word: null,
      page: null,
    });
  });

  test("any bytes are followed without failing", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 80 }),
        fc.uint8Array({ maxLength: 40 }),
        fc.constantFrom(html, "text/html", "", "text/xml"),
        (page, query, contentType) => {
          const raw = (bytes: Uint8Array) => String.fromCharCode(...bytes);
          const { steps } = traceEncodingPath(facts({ page: raw(page), query: raw(query), contentType }));
          expect(steps.filter(({ verdict }) => verdict === "breaks").length).toBeLessThanOrEqual(2);
        },
      ),
    );
  });
});

const lab: LabSettings = {
  text: "Grüße €",
  form: "utf-8",
  language: "python",
  variables: {},
  reads: "language",
  writes: "language",
  header: "utf-8",
  meta: null,
};
const breaks = (settings: Partial<LabSettings>): string | null =>
  labEncodingPath({ ...lab, ...settings }).steps.find(({ verdict }) => verdict === "breaks")?.id ?? null;
const shown = (settings: Partial<LabSettings>): string | null =>
  labEncodingPath({ ...lab, ...settings }).steps.at(-1)?.text ?? null;

describe("in the lab", () => {
  test("UTF-8 all the way is right, in every language", () => {
    for (const language of ["python", "perl", "php", "shell", "ruby", "node", "other"] as const)
      expect(labEncodingPath({ ...lab, language }).isRight, language).toBe(true);
  });

  test.each<[string, Partial<LabSettings>, string | null, string | null]>([
    ["no charset", { header: null }, "declared", "GrÃ¼ÃŸe â‚¬"],
    ["a wrong charset", { header: "iso-8859-1" }, "declared", "GrÃ¼ÃŸe â‚¬"],
    ["a right meta alone", { header: null, meta: "utf-8" }, null, "Grüße €"],
    ["meta against header", { header: "iso-8859-1", meta: "utf-8" }, "declared", "GrÃ¼ÃŸe â‚¬"],
    ["Latin-1 written, UTF-8 declared", { writes: "windows-1252" }, "declared", "Gr\ufffd\ufffde \ufffd"],
    ["Latin-1 written and declared", { writes: "windows-1252", header: "windows-1252" }, null, "Grüße €"],
    ["a form in windows-1252", { form: "windows-1252" }, "read", "Gr\ufffd\ufffde \ufffd"],
    ["the same, read as such", { form: "windows-1252", reads: "windows-1252" }, null, "Grüße €"],
    ["ASCII output", { variables: { PYTHONIOENCODING: "ascii" } }, "written", null],
    ["Perl that encodes and does not decode", { language: "perl", writes: "utf-8" }, "read", "GrÃ¼Ã\x9fe â\x82¬"],
    ["Perl that decodes and encodes", { language: "perl", reads: "utf-8", writes: "utf-8" }, null, "Grüße €"],
    ["Perl that decodes only", { language: "perl", text: "Grün", reads: "utf-8" }, "declared", "Gr\ufffdn"],
    ["Ruby keeps a Latin-1 form", { language: "ruby", form: "windows-1252" }, "declared", "Gr\ufffd\ufffde \ufffd"],
    ["the same, declared", { language: "ruby", form: "windows-1252", header: "windows-1252" }, null, "Grüße €"],
    ["PHP hands on a Latin-1 form", { language: "php", form: "windows-1252" }, "declared", "Gr\ufffd\ufffde \ufffd"],
  ])("%s", (_name, settings, expected, text) => {
    expect(breaks(settings)).toBe(expected);
    expect(shown(settings)).toBe(text);
  });

  test("an encoding that browsers do not know is named, and is not the one that counts", () => {
    for (const named of [{ header: "bogus" }, { header: null, meta: "bogus" }])
      expect(labEncodingPath({ ...lab, ...named }).steps.find(({ id }) => id === "declared")).toMatchObject({
        encoding: null,
        why: expect.stringContaining("bogus"),
      });
  });

  test("two mistakes that cancel each other are distinguished from none", () => {
    const { steps, isRight } = labEncodingPath({ ...lab, language: "perl" });
    expect(isRight).toBe(true);
    expect(steps.find(({ id }) => id === "read")?.verdict).toBe("detour");
  });

  test("when it is wrong, exactly one step breaks it; when it is right, none does", () => {
    const codec = fc.constantFrom("language" as const, "utf-8" as const, "windows-1252" as const);
    const charset = fc.constantFrom(null, "utf-8", "iso-8859-1");
    const settings = fc.record({
      text: fc.constantFrom("Grüße", "Ж", "€", "日本", "plain", "é »", "😀"),
      form: fc.constantFrom("utf-8" as const, "windows-1252" as const),
      language: fc.constantFrom("python" as const, "perl" as const, "php" as const, "node" as const, "tcl" as const),
      variables: fc.constantFrom({}, { PYTHONIOENCODING: "ascii" }, { LC_ALL: "C" }, { PERL_UNICODE: "S" }),
      reads: codec,
      writes: codec,
      header: charset,
      meta: charset,
    });
    fc.assert(
      fc.property(settings, (one) => {
        const { steps, isRight } = labEncodingPath(one);
        expect(steps.filter(({ verdict }) => verdict === "breaks")).toHaveLength(isRight ? 0 : 1);
        expect(steps).toHaveLength(7);
      }),
      { numRuns: 500 },
    );
  });
});
