// One line of text that is cut in its middle when there is no room: a target's end (PATH_INFO, query) tells more than its middle.
// Pure CSS: the first part shrinks with "…", the last part stays. The whole text is in the title and in what is copied.
import "./middle-ellipsis.css";

/** The text's two parts; `tail` characters stay visible at the end. Never cuts a surrogate pair. */
export function splitForEllipsis(text: string, tail: number): readonly [string, string] {
  if (text.length <= tail * 2) return [text, ""];
  let at = text.length - tail;
  const code = text.charCodeAt(at);
  if (code >= 0xdc00 && code <= 0xdfff) at--;
  return [text.slice(0, at), text.slice(at)];
}

export function MiddleEllipsis({
  text,
  tail = 14,
  title = text,
  className,
}: {
  readonly text: string;
  readonly tail?: number;
  readonly title?: string;
  readonly className?: string;
}) {
  const [head, rest] = splitForEllipsis(text, tail);
  return (
    <span className={`middle-ellipsis${className ? ` ${className}` : ""}`} title={title}>
      <span className="middle-ellipsis-head">{head}</span>
      {rest !== "" && <span className="middle-ellipsis-tail">{rest}</span>}
    </span>
  );
}
