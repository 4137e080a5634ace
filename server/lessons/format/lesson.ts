// A lesson as its folder describes it, with its texts in every language that it has.
import type { z } from "zod";
import type { lessonSections } from "../../contract/lessons-contract.js";
import type { LanguageId } from "../../contract/samples-contract.js";
import { languages } from "../../samples/languages.js";
import type { TreeFile } from "./file-tree.js";
import type { TranslatedCheck } from "./lesson-text.js";
import type { checkFile, lessonFront } from "./schema.js";

type Front = z.output<typeof lessonFront>;
type CheckFile = z.output<typeof checkFile>;

/** What people read. */
export interface LessonTexts extends Pick<Front, "title" | "goal" | "look" | "misconception"> {
  readonly predict: Omit<NonNullable<Front["predict"]>, "answer"> | undefined;
  readonly story: string;
  readonly task: string;
  readonly hints: readonly string[];
  readonly after: string;
  /** What the texts say of each check, by its id. */
  readonly checks: ReadonlyMap<string, TranslatedCheck>;
}

export interface Lesson extends Pick<CheckFile, "values" | "checks" | "wrong"> {
  /** The name of its folder. */
  readonly id: string;
  /** Absolute. */
  readonly folder: string;
  readonly front: Front;
  readonly texts: LessonTexts;
  /** Everything in its folder as it was read, at once: nothing of a lesson is read a second time. */
  readonly files: readonly TreeFile[];
  /** The texts by language; what is missing in one is in `texts`. */
  readonly translations: ReadonlyMap<string, Partial<LessonTexts>>;
}

type SectionName = (typeof lessonSections)[number];

/** The texts in a language, and which of their parts are not in it. */
export function textsIn(lesson: Lesson, language: string): LessonTexts & { readonly untranslated: SectionName[] } {
  const translation = lesson.translations.get(language);
  if (translation === undefined) return { ...lesson.texts, untranslated: [] };
  const { title, goal, predict, misconception, look, ...parts } = translation;
  const isFrontWhole = [title, goal, misconception, look, predict ?? lesson.texts.predict === undefined].every(Boolean);
  const named = ["story", "task", "hints", "after", "checks"] as const;
  return {
    ...lesson.texts,
    ...translation,
    untranslated: [...named.filter((name) => parts[name] === undefined), ...(isFrontWhole ? [] : ["front" as const])],
  };
}

/** The script that the lesson is about: its name has the language's extension, unless it has one of its own. */
export function scriptOf({ front: { open } }: Lesson, code: LanguageId): string {
  if (/\.[^/]+$/.test(open)) return open;
  const extension = languages.find(({ id }) => id === code)?.extension ?? "";
  return `${open}${extension}`;
}
