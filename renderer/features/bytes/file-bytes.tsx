// A file's bytes, read only: what is no text, or too large for the editor.
import { useMemo } from "react";
import { nameOf } from "../../model/documents/document.js";
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { useSelection } from "../../platform/selection.js";
import { connected } from "../../rpc/store.js";
import { type ByteSource, Bytes } from "./byte-view.js";

/** More of a file is not loaded. */
const maxShownBytes = 8 << 20;

interface FileBytesProps {
  readonly path: string;
  readonly sizeBytes: number;
  /** Changes with the file's bytes. */
  readonly version: string;
}

export function FileBytes({ path, sizeBytes, version }: FileBytesProps) {
  const reveal = useSelection((selection) => selection.revealBytes);
  const root = useWorkspace(({ workspace }) => workspace?.root ?? "");
  const here = reveal?.path === path ? reveal : null;
  const shown = useMemo(() => here && { at: here.offset, to: here.offset + here.length }, [here]);
  const key = `${path}/${version}`;
  const of: ByteSource = {
    key,
    name: `file ${root}\n${path}`, // the same path in another folder is another file
    fileName: nameOf(path),
    isFile: true,
    read: (from, length) => fileRange(path, from, length),
  };
  const info = { bytes: sizeBytes, captured: Math.min(sizeBytes, maxShownBytes) };
  return <Bytes key={key} title={nameOf(path)} of={of} info={info} declaredCharset={null} reveal={shown} />;
}

async function fileRange(path: string, from: number, length: number): Promise<Uint8Array> {
  const { base64 } = await connected().files.range({ path, from, length });
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
