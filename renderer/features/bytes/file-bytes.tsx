// A file's bytes, read only: what is no text, or too large for the editor.

import { useMemo, useState } from "react";
import { fromBase64 } from "../../format/bytes-text.js";
import { nameOf, type OpenDocument } from "../../model/documents/document.js";
import { useFiles } from "../../model/folder/file-store.js";
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { keepsFocus } from "../../platform/focus-pane.js";
import { useSelection } from "../../platform/selection.js";
import { connected } from "../../rpc/store.js";
import { Button } from "../../ui/button.js";
import { type ByteSource, Bytes } from "./byte-view.js";

/** More of a file is not loaded. */
const maxShownBytes = 8 << 20;

interface FileBytesProps {
  readonly document: Extract<OpenDocument, { kind: "binary" | "too-large" }>;
}

/** A file that becomes too large is loaded as such: what was noted of it before says nothing of it. */
export const FileBytes = ({ document }: FileBytesProps) => (
  <BytesOf key={`${document.kind} ${document.path}`} document={document} />
);

/** Always the same file's, of the same kind. */
function BytesOf({ document }: FileBytesProps) {
  const { path, sizeBytes } = document;
  const reveal = useSelection((selection) => selection.revealBytes);
  const root = useWorkspace(({ workspace }) => workspace?.root ?? "");
  const here = reveal?.path === path ? reveal : null;
  const shown = useMemo(() => here && { at: here.offset, to: here.offset + here.length }, [here]);
  const modifiedAt = useFiles(({ byPath }) => byPath.get(path)?.modifiedAt ?? null);
  const [loaded, load] = useState({ nth: 0, sizeBytes, modifiedAt });
  if (loaded.modifiedAt === null && modifiedAt !== null) load({ ...loaded, modifiedAt }); // the list came later
  // Large files are often logs. One that is loaded again with each request that it records could not be read.
  const isKept = document.kind === "too-large";
  const hasChanged =
    isKept && (sizeBytes !== loaded.sizeBytes || (modifiedAt ?? loaded.modifiedAt) !== loaded.modifiedAt);
  const key = `${path}/${isKept ? loaded.nth : document.hash}`;
  const bytes = isKept ? loaded.sizeBytes : sizeBytes;
  const of: ByteSource = {
    key,
    name: `file ${root}\n${path}`, // the same path in another folder is another file
    fileName: nameOf(path),
    isFile: true,
    traced: null,
    read: (from, length) => fileRange(path, from, length),
  };
  const info = { bytes, captured: Math.min(bytes, maxShownBytes) };
  return (
    <>
      {hasChanged && (
        <p ref={keepsFocus} className="ui-row ui-small editor-bytes-why" role="status">
          {nameOf(path)} has changed since it was loaded.
          <Button size="small" onClick={() => load({ nth: loaded.nth + 1, sizeBytes, modifiedAt })}>
            Reload
          </Button>
        </p>
      )}
      <Bytes key={key} title={nameOf(path)} of={of} info={info} declaredCharset={null} reveal={shown} />
    </>
  );
}

async function fileRange(path: string, from: number, length: number): Promise<Uint8Array> {
  const { base64 } = await connected().files.range({ path, from, length });
  return fromBase64(base64);
}
