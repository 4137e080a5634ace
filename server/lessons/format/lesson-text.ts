// lesson.md and its translations: keys between two lines of dashes, then parts of Markdown below headings that name
// them.
import type { z } from "zod";
import { lessonMistake } from "../messages.js";
import { type LineOf, type Mistake, readYaml } from "./read-yaml.js";

export interface Section {
  readonly text: string;
  /** The line of its heading. */
  readonly line: number;
}
export interface LessonFile<T> {
  readonly front: T;
  readonly lineOf: LineOf;
  readonly sections: ReadonlyMap<string, Section>;
}

/** Null: the mistakes are added to `mistakes`. `known`: the parts that it may have. */
export function readLessonFile<S extends z.ZodType>(
  schema: S,
  { path, text }: { readonly path: string; readonly text: string },
  known: readonly string[],
  mistakes: Mistake[],
): LessonFile<z.output<S>> | null {
  const found = /^---\r?\n(.*?\n)---\r?\n(.*)$/s.exec(text);
  if (found === null) {
    mistakes.push({ path, line: 1, why: lessonMistake("lesson-without-front") });
    return null;
  }
  const [, keys = "", body = ""] = found;
  const sections = sectionsOf(body, text.slice(0, text.length - body.length).split("\n").length);
  for (const [section, { line }] of sections)
    if (!known.includes(section))
      mistakes.push({ path, line, why: lessonMistake("lesson-section-unknown", { section }) });
  const read = readYaml(schema, { path, text: keys, above: 1 }, mistakes);
  return read && { front: read.value, lineOf: read.lineOf, sections };
}

/** A heading in a block of code is none. */
function sectionsOf(body: string, firstLine: number): Map<string, Section> {
  const sections = new Map<string, Section>();
  let isCode = false;
  let current: { name: string; line: number; lines: string[] } | null = null;
  const end = (): void => {
    if (current) sections.set(current.name, { text: current.lines.join("\n").trim(), line: current.line });
  };
  for (const [index, line] of body.split(/\r?\n/).entries()) {
    if (/^ {0,3}(```|~~~)/.test(line)) isCode = !isCode;
    const name = isCode ? undefined : /^# (.+)$/.exec(line)?.[1]?.trim();
    if (name !== undefined) {
      end();
      current = { name, line: firstLine + index, lines: [] };
    } else current?.lines.push(line);
  }
  end();
  return sections;
}

/** The entries of a list that is numbered from 1: what stands below an entry belongs to it. */
export const numbered = (text: string): string[] =>
  text
    .split(/^(?=\d+\. )/m)
    .map((entry) => entry.replace(/^\d+\. +/, "").trim())
    .filter((entry) => entry !== "");

export interface TranslatedCheck {
  readonly say: string;
  readonly remarks: readonly string[];
}

/** The sentences of check.yaml: "- `id` sentence", and below it its remarks, numbered. */
export function translatedChecks(text: string): ReadonlyMap<string, TranslatedCheck> {
  const checks = new Map<string, TranslatedCheck>();
  for (const entry of text.split(/^- /m)) {
    const [, id, say, remarks = ""] = /^`([\w-]+)` +([^\n]+)\n?(.*)$/s.exec(entry) ?? [];
    if (id !== undefined && say !== undefined)
      checks.set(id, { say: say.trim(), remarks: numbered(remarks.replace(/^ {2}/gm, "")) });
  }
  return checks;
}
