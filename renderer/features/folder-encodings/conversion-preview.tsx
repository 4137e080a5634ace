// What a conversion to UTF-8 changes, file by file: the characters with their bytes before and after, and the
// declarations.
import { encodingTitle } from "../../../server/contract/charsets.js";
import type { Conversion } from "../../../server/contract/encodings-contract.js";
import { Button } from "../../ui/button.js";
import { LeftFiles } from "../../ui/left-files.js";
import { ScrollRegion } from "../../ui/scroll-region.js";
import { convert, leavePreview, type Preview, useEncodings } from "./encodings-store.js";
import { countOf } from "./rows.js";

export function ConversionPreview({ preview: { files, left } }: { readonly preview: Preview }) {
  const busy = useEncodings((store) => store.busy);
  return (
    <>
      <ScrollRegion className="encodings-changes" aria-label="What the conversion changes">
        <LeftFiles left={left} title="These files are left out:" />
        {files.map((file) => (
          <FileChange key={file.path} file={file} />
        ))}
        {files.length === 0 && <p className="ui-dim">No file is converted.</p>}
      </ScrollRegion>
      <div className="ui-dialog-actions">
        <Button onClick={leavePreview}>Back</Button>
        <Button
          look="primary"
          disabled={files.length === 0 || busy !== null}
          aria-busy={busy === "converting"}
          onClick={() => void convert()}
        >
          Convert {countOf(files.length, "file")}
        </Button>
      </div>
    </>
  );
}

function FileChange({ file }: { readonly file: Conversion }) {
  const { path, from, mark, characters, more, declarations } = file;
  return (
    <article className="encodings-change" aria-label={path}>
      <h3 className="ui-strong encodings-change-path">
        {path}{" "}
        <span className="ui-dim">
          {from === "utf-8" ? "UTF-8" : `${encodingTitle(from)} → UTF-8`}
          {mark && ", without the byte order mark"}
        </span>
      </h3>
      {characters.length > 0 && (
        <ul className="encodings-characters ui-mono" aria-label={`Characters of ${path}`}>
          {characters.map(({ character, before, after, count }) => (
            <li key={character}>
              <span>{character}</span>{" "}
              <span className="encodings-byte" data-utf8="false">
                {before}
              </span>{" "}
              → <span className="encodings-byte">{after}</span> <span className="ui-dim">×{count}</span>
            </li>
          ))}
          {more > 0 && <li className="ui-dim">and {countOf(more, "other character")}</li>}
        </ul>
      )}
      {declarations.map(({ line, before, after }) => (
        <div key={line} className="encodings-declaration ui-mono">
          <span className="ui-dim">{line}</span>
          <del className="ui-cut">{before}</del>
          <span />
          <ins className="ui-cut">{after}</ins>
        </div>
      ))}
    </article>
  );
}
