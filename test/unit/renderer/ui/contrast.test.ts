// The contrast of every colour of text on every surface that text stands on,
// computed from the tokens (WCAG 2.2, 1.4.3).
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { repositoryRoot } from "../../../support/repository.js";

const css = readFileSync(join(repositoryRoot, "renderer/ui/tokens.css"), "utf8");
const least = 4.5;

const words = ["text", "dim", "faint", "accent", "ok", "warn", "bad", "c1", "c2", "c3", "c4", "c5"];
const surfaces = ["bg", "panel", "raised", "hover", "sel"];

const tokensOf = (block: string): Map<string, string> =>
  new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = "", value = ""]) => [name, value]));
const [light = "", dark = ""] = css.split(':root[data-theme="dark"]');
const themes = { light: tokensOf(light), dark: new Map([...tokensOf(light), ...tokensOf(dark)]) };

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

/** What shows that a button is pressed or a choice made, besides the background. */
const signs = [
  ["button.css", '.ui-button-quiet[aria-pressed="true"]', "raised"],
  ["choice.css", ".ui-choice-item[data-checked]", "panel"],
] as const;
function signOf(sheet: string, selector: string): string {
  const rules = readFileSync(join(repositoryRoot, "renderer/ui", sheet), "utf8").split(`\n${selector} {`);
  return /inset 0 -2px var\(--([\w-]+)\)/.exec(rules.at(-1)?.split("}")[0] ?? "")?.[1] ?? "";
}

describe.each(Object.entries(themes))("in the %s theme", (_theme, tokens) => {
  const pairs = [
    ...words.flatMap((word) => surfaces.map((surface) => [word, surface] as const)),
    ["on-fill", "fill"] as const,
    ["on-fill", "fill-hover"] as const,
  ];
  test.each(pairs)("--%s on --%s", (word, surface) => {
    expect(contrast(tokens.get(word) ?? "", tokens.get(surface) ?? "")).toBeGreaterThanOrEqual(least);
  });
  test.each(signs)("%s: the sign of %s (WCAG 2.2, 1.4.11)", (sheet, selector, surface) => {
    const sign = tokens.get(signOf(sheet, selector)) ?? tokens.get(surface) ?? "";
    expect(contrast(sign, tokens.get(surface) ?? "")).toBeGreaterThanOrEqual(3);
  });
});
