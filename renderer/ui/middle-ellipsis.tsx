// One line of text that is cut in its middle when there is no room: the end of a name says more than its middle. Pure
// CSS: the first part shrinks with "…", the last part stays. The whole text is in the title and in what is copied.
import "./middle-ellipsis.css";

/** Shorter texts are not cut in two, characters. */
const shortest = 8;

/**
 * The text's two parts; at most `tail` characters, and not much more than half of it, stay visible
 * at the end. Never cuts a surrogate pair.
 */
export function splitForEllipsis(text: string, tail: number): readonly [string, string] {
  if (text.length < shortest) return [text, ""];
  let at = text.length - Math.min(tail, Math.floor(text.length * 0.55));
  const code = text.charCodeAt(at);
  if (code >= 0xdc00 && code <= 0xdfff) at--;
  return [text.slice(0, at), text.slice(at)];
}

interface MiddleEllipsisProps {
  readonly text: string;
  /** Characters that stay at the end. */
  readonly tail?: number;
  /** Null: the element around it has one. */
  readonly title?: string | null;
}

export function MiddleEllipsis({ text, tail = 14, title = text }: MiddleEllipsisProps) {
  const [head, rest] = splitForEllipsis(text, tail);
  return (
    <span className="middle-ellipsis" title={title ?? undefined}>
      <span className="middle-ellipsis-head">{head}</span>
      {rest !== "" && <span className="middle-ellipsis-tail">{rest}</span>}
    </span>
  );
}

/** The same where the text is, or is part of, the name that a screen reader says: in one piece, not in two words. */
export function SpokenEllipsis(props: MiddleEllipsisProps) {
  if (props.text.length < shortest) return <MiddleEllipsis {...props} />;
  return (
    <>
      <span className="ui-hidden">{props.text}</span>
      <span className="spoken-ellipsis" aria-hidden="true">
        <MiddleEllipsis {...props} />
      </span>
    </>
  );
}
