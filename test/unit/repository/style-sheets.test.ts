// One scale for distances, letters and colours: the style sheets use the tokens of
// renderer/ui/tokens.css, and only that file has values.
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { repositoryRoot } from "../../support/repository.js";
import { filesBelow } from "./module-graph.js";

interface Declaration {
  readonly file: string;
  readonly property: string;
  readonly value: string;
}

const read = (path: string): string => readFileSync(join(repositoryRoot, path), "utf8");
const withoutComments = (css: string): string => css.replace(/\/\*[\s\S]*?\*\//g, "");
const declarationsOf = (file: string): Declaration[] =>
  [...withoutComments(read(file)).matchAll(/(?<=[{;]\s*)([\w-]+):\s*([^;{}]+);/g)].map(
    ([, property = "", value = ""]) => ({ file, property, value: value.replace(/\s+/g, " ") }),
  );

const tokensFile = "renderer/ui/tokens.css";
const modules = filesBelow("renderer");
const sheets = modules.filter((path) => path.endsWith(".css"));
const declarations = sheets.filter((path) => path !== tokensFile).flatMap(declarationsOf);
const tokens = declarationsOf(tokensFile).filter(({ property }) => property.startsWith("--"));

/** The declarations that a rule does not allow, as they are written. */
const offences = (isAbout: RegExp, isWrong: (value: string) => boolean): string[] =>
  declarations
    .filter(({ property, value }) => isAbout.test(property) && isWrong(value))
    .map(({ file, property, value }) => `${basename(file)}: ${property}: ${value}`);

/** Anything longer than a hairline. */
const hasPixels = (value: string): boolean => [...value.matchAll(/([\d.]+)px/g)].some(([, px]) => Number(px) > 1);

describe("style sheets", () => {
  test("are all read", () => {
    expect(sheets.length).toBeGreaterThan(20);
    expect(declarations.length).toBeGreaterThan(1000);
    expect(tokens.length).toBeGreaterThan(50);
  });

  test("take distances from the scale", () => {
    expect(offences(/^((scroll-)?(padding|margin)|(row-|column-)?gap)(-|$)/, hasPixels)).toEqual([]);
  });

  test("take font sizes and line heights from the scale", () => {
    expect(offences(/^font(-size)?$/, (value) => /\d(px|pt|rem)/.test(value))).toEqual([]);
    expect(offences(/^line-height$/, (value) => /^[\d.]+$|\dpx/.test(value) && value !== "0")).toEqual([]);
  });

  test("take radii, layers and durations from the tokens", () => {
    expect(offences(/^border-.*radius$|^border-radius$/, hasPixels)).toEqual([]);
    expect(offences(/^z-index$/, (value) => Number(value) > 3)).toEqual([]);
    expect(offences(/^(transition|animation)/, (value) => /\d*[1-9]m?s\b/.test(value))).toEqual([]);
  });

  test("name no colour of their own", () => {
    const names =
      "black|white|gr[ae]y|silver|red|maroon|orange|yellow|olive|lime|green|teal|aqua|cyan|blue|navy|purple";
    const colour = new RegExp(
      `#[\\da-f]{3,8}\\b|\\b((rgb|hsl)a?|hwb|(ok)?l(ab|ch)|color)\\(|(^|[\\s,(])(${names})\\b`,
      "i",
    );
    expect(offences(/./, (value) => colour.test(value))).toEqual([]);
  });

  test("use every token, and no variable that is not defined", () => {
    // Has colours.
    const sources = [...modules.filter((path) => /\.(css|tsx?)$/.test(path)), "server/contract/modes.ts"];
    const texts = sources.map((path) => withoutComments(read(path)));
    const named = (pattern: RegExp): string[] =>
      texts.flatMap((text) => [...text.matchAll(pattern)].map(([, name = ""]) => name));
    const used = new Set(named(/var\((--[\w-]+)/g));
    const inScripts = named(/["'`](--[\w-]+)/g);
    const defined = new Set([...tokens, ...declarations].map(({ property }) => property).concat(inScripts));
    const fromBaseUi = ["--available-height", "--anchor-width"];
    expect([...used].filter((name) => !defined.has(name) && !fromBaseUi.includes(name))).toEqual([]);
    expect(
      tokens.map(({ property }) => property).filter((name) => !used.has(name) && !inScripts.includes(name)),
    ).toEqual([]);
  });
});
