// A request's target in one line. Where there is no room for all of it, the folder gives way first, then the middle of
// what follows; the script's name stays. The whole target is in the title and in what is copied.
import { MiddleEllipsis } from "./middle-ellipsis.js";
import "./target-text.css";

interface TargetParts {
  /** With its slash. */
  readonly folder: string;
  readonly name: string;
  /** Path info and query. */
  readonly rest: string;
}

/**
 * `file`: the script's or file's path in the workspace, when one answered; else
 * the path's last part is taken for the name.
 */
export function splitTarget(target: string, file: string | null): TargetParts {
  const query = target.indexOf("?");
  const path = query === -1 ? target : target.slice(0, query);
  const wanted = file === null ? null : file.slice(file.lastIndexOf("/") + 1);
  const last = path.replace(/\/+$/, "").length;
  let from = 0;
  for (const part of path.split("/")) {
    const to = from + part.length;
    if (part !== "" && (to === last || decoded(part) === wanted))
      return { folder: target.slice(0, from), name: part, rest: target.slice(to) };
    from = to + 1;
  }
  return { folder: "", name: path, rest: target.slice(path.length) };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // no valid percent-encoding: as it is
  }
}

/** Of folder and rest so much is shown in any case, characters. */
const least = 2;

interface TargetTextProps {
  readonly target: string;
  readonly file: string | null;
  /** Stands before the target. */
  readonly method?: string;
}

export function TargetText({ target, file, method = "" }: TargetTextProps) {
  const { folder, name, rest } = splitTarget(target, file);
  const before = method === "" ? "" : `${method} `;
  // The name shrinks only for the minimum shown beside it.
  const folderLeast = Math.min(least, folder.length);
  const restLeast = Math.min(least, rest.length);
  const nameMost = `calc(100% - ${before.length + folderLeast + restLeast}ch)`;
  return (
    <span className="target-text ui-mono" title={`${before}${target}`}>
      <span className="target-text-line">
        {before !== "" && <span className="target-text-method">{before}</span>}
        {folder !== "" && (
          <span className="target-text-folder" style={{ minWidth: `${folderLeast}ch` }}>
            {folder}
          </span>
        )}
        <span className="target-text-name" style={{ maxWidth: nameMost }}>
          <MiddleEllipsis text={name} title={null} />
        </span>
        {rest !== "" && (
          <span className="target-text-rest" style={{ minWidth: `${restLeast}ch` }}>
            <MiddleEllipsis text={rest} tail={10} title={null} />
          </span>
        )}
      </span>
    </span>
  );
}
