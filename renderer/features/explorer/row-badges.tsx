// The badges of a row beside the name: unsaved edits, a missing executable bit, the mode, the status of the last
// request.
import { traitsOf } from "../../../server/contract/modes.js";
import type { FileEntry } from "../../../server/contract/workspace.js";
import { plural } from "../../format/plural.js";
import { shownEncoding } from "../../model/documents/document.js";
import { hasEdits, useDocuments } from "../../model/documents/document-store.js";
import { useChecked } from "../../model/folder/checked-files.js";
import { type KnownEncoding, useKnownEncoding } from "../../model/folder/known-encodings.js";
import { isOnlyRead, ModeBadge } from "../modes/index.js";
import { LastStatusBadge } from "./last-status-badge.js";

const shortNames: Partial<Record<KnownEncoding, string>> = { "iso-8859-1": "latin-1", "windows-1252": "cp1252" };

/** An exception: most files are UTF-8, and of files that nothing has read it is not known. */
function EncodingBadge({ path }: { readonly path: string }) {
  const known = useKnownEncoding(path);
  const opened = useDocuments(({ open }) => open.find((document) => document.path === path));
  const encoding = opened?.kind === "text" ? shownEncoding(opened) : known;
  if (encoding === null || encoding === "utf-8") return null;
  const name = shortNames[encoding] ?? encoding;
  return (
    <span className="ui-badge" role="img" aria-label={`encoding ${name}`} data-part="encoding">
      {name}
    </span>
  );
}

export function RowBadges({ entry }: { readonly entry: FileEntry }) {
  const { path, mode, executable } = entry;
  const isEdited = useDocuments(() => hasEdits(path));
  const errors = useChecked(({ byPath }) => byPath.get(path)?.errors ?? 0);
  return (
    <>
      {isEdited && <span className="ui-dot file-edited" role="img" aria-label="unsaved" />}
      <span className="ui-row file-badges">
        {errors > 0 && (
          <span
            className="ui-badge file-errors"
            role="img"
            aria-label={plural(errors, "error")}
            title={`The doctor found ${plural(errors, "error")} in this file.`}
          >
            {errors}
          </span>
        )}
        {traitsOf(mode)?.speaksFastcgi === false && !executable && !isOnlyRead(path) && (
          <span
            className="ui-badge file-no-x"
            role="img"
            aria-label="not executable"
            title="Not executable. A production server would refuse to run it."
          >
            −x
          </span>
        )}
        <EncodingBadge path={path} />
        <ModeBadge entry={entry} place="row" />
        <LastStatusBadge subject={path} />
      </span>
    </>
  );
}
