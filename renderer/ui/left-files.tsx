// Files that an action on many files leaves as they are, each with the reason.
import "./left-files.css";

export interface LeftFile {
  readonly path: string;
  readonly why: string;
}

export function LeftFiles({ left, title }: { readonly left: readonly LeftFile[]; readonly title: string }) {
  if (left.length === 0) return null;
  return (
    <div className="ui-left-files ui-note ui-note-warn">
      <p>{title}</p>
      <ul>
        {left.map(({ path, why }) => (
          <li key={path}>
            <span className="ui-mono">{path}</span>: {why}
          </li>
        ))}
      </ul>
    </div>
  );
}
