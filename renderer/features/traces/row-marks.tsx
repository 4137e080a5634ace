// What the user wrote to a trace, behind its path: name, tags, and a sign for a note.
import type { TraceMarks } from "../../../server/contract/trace-marks.js";
import { EditIcon } from "../../ui/icon.js";
import "./row-marks.css";

export function RowMarks({ marks: { name, note, tags } }: { readonly marks: TraceMarks }) {
  return (
    <span className="trace-marks">
      {name !== null && <strong className="trace-name">{name}</strong>}
      {note !== null && (
        <span className="trace-note" title={note}>
          <EditIcon className="trace-row-mark ui-dim" role="img" aria-label={`note: ${note}`} />
        </span>
      )}
      {tags.map((tag) => (
        <span key={tag} className="trace-tag" data-colour={colourOf(tag)}>
          {tag}
        </span>
      ))}
    </span>
  );
}

/** One of the first four colours of the graph, always the same for a tag. */
const colourOf = (tag: string): number => ([...tag].reduce((sum, sign) => sum + sign.charCodeAt(0), 0) % 4) + 1;
