// The form of a course's files: course.yaml, the front matter of lesson.md and of its translations, and check.yaml.
// Strict: a misspelt key is a mistake that is shown with its line.
import { z } from "zod";
import { lessonPlaces, xrayParts } from "../../contract/lessons-contract.js";
import { modeNames } from "../../contract/modes.js";
import { languageId } from "../../contract/samples-contract.js";
import { outcomes } from "../../contract/trace-values.js";
import { workspacePath } from "../../contract/workspace.js";
import { filledExpression } from "./fill.js";

const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "must be lower-case words joined by -");
const words = z.string().min(1).max(2000);
const oneOrMore = <S extends z.ZodType>(one: S) => z.union([one, z.array(one).min(1)]);
/** A number in the fact's own unit (bytes, ms, writes, processes), or how it compares: ">= 3", "= {length}". */
const amount = z.union([
  z.number(),
  z.string().regex(/^(<=?|>=?|=) ?(\d+(\.\d+)?|\{[^}]+\})$/, "must be a comparison such as >= 3 or = {length}"),
]);
export type Amount = z.infer<typeof amount>;

const placeWords = `must be a place of the window: ${lessonPlaces.join(", ")}, or xray/${xrayParts.join(", xray/")}`;
const place = z.string().refine((text) => {
  const [name, ...part] = text.split("/");
  const isPlace = lessonPlaces.some((known) => known === name);
  return isPlace && (name !== "xray" || part.length === 0 || xrayParts.some((known) => known === part.join("/")));
}, placeWords);

/** With {value} and {value|filter} in it. */
const text = z.string().max(100_000);
const isRegularExpression = (source: string): boolean => {
  try {
    return filledExpression(source, () => "x") instanceof RegExp;
  } catch {
    return false;
  }
};
const regularExpression = z.string().max(1000).refine(isRegularExpression, "must be a regular expression");
/** How the bytes become text. */
const textForm = z.enum(["utf-8", "latin1", "hex"]);
const textFacts = z
  .strictObject({
    is: text,
    has: oneOrMore(text),
    hasNot: oneOrMore(text),
    starts: text,
    ends: text,
    matches: regularExpression,
    count: z.record(z.string(), amount),
    bytes: amount,
    empty: z.boolean(),
    as: textForm,
  })
  .partial();
export type TextFacts = z.infer<typeof textFacts>;
/** A plain string: the text has it. */
const textFact = z.union([text, textFacts]);

/** "text/html*" with * for anything, /a regular expression/, or null: it must not be there. */
const pattern = z
  .string()
  .refine((one) => {
    const source = /^\/(.+)\/i?$/.exec(one)?.[1];
    return source === undefined || isRegularExpression(source);
  }, "must be a regular expression between slashes")
  .nullable();
const patterns = z.record(z.string(), pattern);

const status = z.union([z.int(), z.string().regex(/^[1-5]xx$/, "must be a status, or a class of them such as 4xx")]);
/** What must be true of one trace. What is not named does not matter. */
const allFacts = z.strictObject({
  status: oneOrMore(status),
  outcome: z.enum(outcomes),
  kind: z.string(),
  mode: z.enum(modeNames),
  header: patterns.describe("Of the response."),
  wrote: patterns.describe("Fields that the script itself wrote."),
  body: textFact,
  stdout: textFact,
  stderr: textFact,
  env: patterns,
  argv: z.array(text),
  hidden: z.array(z.string()).describe("Request headers that are kept from the script."),
  stdin: amount.describe("Bytes."),
  exit: z.int(),
  findings: z
    .strictObject({
      none: z.enum(["error", "warning", "hint"]),
      absent: z.array(z.string()),
      present: z.array(z.string()),
    })
    .partial(),
  writes: amount.describe("On stdout."),
  spread: amount.describe("Ms between the first write and the last."),
  took: amount.describe("Ms in all."),
  held: z.boolean().describe("A person held the request."),
  debugged: z.boolean().describe("A debugger could stop the script."),
});
const facts = allFacts.partial();
export type AllFacts = z.infer<typeof allFacts>;
export type Facts = { readonly [Fact in keyof AllFacts]?: AllFacts[Fact] | undefined };

const formPart = z.union([
  z.strictObject({ name: text, value: text }),
  z.strictObject({ name: text, file: text, bytes: text }),
]);
const bodies = ["form", "text", "multipart"] as const;
const request = z
  .strictObject({
    target: text,
    method: z.string().optional(),
    headers: z.record(z.string(), text).optional(),
    form: z.record(z.string(), oneOrMore(text)).optional(),
    text: text.optional(),
    /** The media type of `text`. */
    type: text.optional(),
    multipart: z.array(formPart).optional(),
    mode: z.enum(modeNames).optional(),
    /** It keeps and sends the cookies of this check. */
    cookies: z.boolean().optional(),
  })
  .refine((one) => bodies.filter((name) => one[name] !== undefined).length <= 1, "can have only one body");
export type LessonRequest = z.infer<typeof request>;

/** A mistake that the trace which failed shows. */
const remark = z.strictObject({ when: facts, say: words, look: place.optional() });
const kept = z
  .string()
  .regex(/^(header [\w-]+|body|pid)( \/.*\/)?$/, 'must be such as "header Location" or "body /id=(.*)/"')
  .refine((one) => isRegularExpression(/ \/(.*)\/$/.exec(one)?.[1] ?? ""), "must end with a regular expression");
const stepParts = {
  request,
  /** So many at once. */
  together: z.int().min(2).max(32).optional(),
  /** The script is stopped once it has made a file in its folder. One that makes none ends by itself. */
  stop: z.literal("file-made").optional(),
  expect: facts.default({}),
  /** Over the traces of this step. Without `overlap`, as many at one moment, nothing is judged. */
  across: z.strictObject({ processes: amount, overlap: amount }).partial().optional(),
  /** For the steps that follow. */
  keep: z.record(id, kept).optional(),
};
const step = z.strictObject(stepParts);
export type Step = z.infer<typeof step>;

/** One request, or several steps, or what one of the learner's own requests must be, which the window alone knows. */
const check = z
  .strictObject({
    id,
    say: words,
    points: z.int().min(0).max(100).default(1),
    times: z.int().min(1).max(20).default(1).describe("Each time with new values, in a fresh copy of the folder."),
    after: id.optional().describe("The check that must pass before."),
    files: z.record(workspacePath, text).default({}).describe("Put into the copy first."),
    otherwise: z.array(remark).max(20).default([]),
    ...stepParts,
    request: request.optional(),
    steps: z.array(step).min(1).max(20).optional(),
    yours: facts.optional(),
  })
  .refine(
    ({ request: one, steps, yours }) => [one, steps, yours].filter((part) => part !== undefined).length === 1,
    "must have a request, steps, or yours",
  )
  .transform(({ request: one, together, stop, expect, across, keep, steps = [], ...rest }) => ({
    ...rest,
    steps: one === undefined ? steps : [{ request: one, together, stop, expect, across, keep }],
  }));
export type Check = z.infer<typeof check>;

const upTo = z.int().min(1).max(1_000_000);
const value = z.union([
  z.enum(["word", "umlauts", "tricky"]), // kalomi · kälöß · "kälöß & mika + 42% = <so>"
  z.strictObject({ of: text }),
  z.strictObject({ integer: z.tuple([z.int(), z.int()]) }),
  z.strictObject({ oneOf: z.array(text).min(2) }),
  z.strictObject({ hex: z.int().min(1).max(64) }),
  z.strictObject({ text: upTo }),
  z.strictObject({ bytes: upTo }),
]);
export type ValueKind = z.infer<typeof value>;

export const checkFile = z.strictObject({
  schema: z.literal(1),
  values: z.record(id, value).default({}),
  checks: z.array(check).min(1).max(30),
  /** The checks that each wrong answer fails, by its name, each with the number of its remark (0: with none). */
  wrong: z.record(id, z.record(id, z.int().min(0))).default({}),
});

const look = z
  .array(z.record(place, words).refine((one) => Object.keys(one).length === 1, "must name one place: - place: words"))
  .default([])
  .transform((all) => all.flatMap((one) => Object.entries(one).map(([at, say]) => ({ place: at, say }))));
const predict = z.strictObject({
  ask: words,
  choices: z.array(words).min(2).max(5),
  answer: z.int().min(1),
  because: words,
});

export const lessonFront = z.strictObject({
  schema: z.literal(1),
  title: words,
  goal: words,
  minutes: z.int().min(1).max(45),
  code: z.tuple([languageId], languageId),
  /** The script, without the extension of its language if it exists in several. */
  open: workspacePath,
  request: request.optional(),
  doctor: z.enum(["shown", "late", "hidden"]).default("late"),
  /** The modes of files at the start: not every archive keeps them. */
  modes: z.record(workspacePath, z.string().regex(/^0[0-7]{3}$/, "must be such as 0644")).default({}),
  lineEnds: z.record(workspacePath, z.literal("crlf")).default({}),
  predict: predict.optional(),
  look,
  misconception: words,
});

/** Everything that a translation may say; what it does not say is shown in the lesson's own language. */
export const translatedFront = z.strictObject({
  schema: z.literal(1),
  title: words.optional(),
  goal: words.optional(),
  predict: predict.omit({ answer: true }).optional(),
  look: look.optional(),
  misconception: words.optional(),
});

export const courseFile = z.strictObject({
  schema: z.literal(1),
  title: words,
  parts: z.array(z.strictObject({ title: words, lessons: z.array(id).min(1) })).min(1),
});
