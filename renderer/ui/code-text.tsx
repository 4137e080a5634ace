// A sentence with `code` in backticks, as the doctor writes it: the code is set in the monospaced font.
import { type Sentence, wordsOf } from "../../server/contract/message.js";

interface Part {
  readonly text: string;
  readonly isCode: boolean;
}

/**
 * A span begins after a space, bracket or quote and ends before a space or punctuation, so that a
 * stray backtick in quoted output stays one.
 */
const codeSpan = /(?<=^|[\s(“"])`([^`\s](?:[^`\n]*[^`\s])?)`(?=$|[\s.,;:!?)”"])/g;

export function codeParts(sentence: string): readonly Part[] {
  // `split` puts the captured code at the odd positions.
  return sentence
    .split(codeSpan)
    .map((text, index) => ({ text, isCode: index % 2 === 1 }))
    .filter(({ text }) => text !== "");
}

export function CodeText({ children }: { readonly children: string | Sentence }) {
  return codeParts(wordsOf(children)).map(({ text, isCode }, index) =>
    isCode ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence never move
      <code key={index} className="ui-mono">
        {text}
      </code>
    ) : (
      text
    ),
  );
}
