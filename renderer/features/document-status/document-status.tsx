// The shown file's part of the status bar: cursor, encoding and line endings, executable bit, language.
import { useCursor } from "../../model/documents/cursor-store.js";
import { useDocuments } from "../../model/documents/document-store.js";
import { bufferOf } from "../../model/documents/text-buffers.js";
import { useChecked } from "../../model/folder/checked-files.js";
import { useFiles } from "../../model/folder/file-store.js";
import { languageOf } from "../../platform/monaco/language.js";
import { useSelection } from "../../platform/selection.js";
import { CodeText } from "../../ui/code-text.js";
import { Popover } from "../../ui/popover.js";
import { isOnlyRead } from "../modes/index.js";
import { BinaryMenu, EncodingMenu } from "./encoding-menu.js";

export function DocumentStatus() {
  const openFile = useSelection((selection) => selection.openFile);
  const document = useDocuments(({ open }) => open.find(({ path }) => path === openFile));
  const isScript = useFiles(({ byPath }) => openFile !== null && byPath.get(openFile)?.mode != null);
  const cursor = useCursor((store) => store.cursor);
  const unchecked = useChecked(({ byPath }) => (openFile === null ? null : (byPath.get(openFile)?.unchecked ?? null)));
  if (document?.kind === "binary") return <BinaryMenu path={document.path} />;
  if (document?.kind !== "text") return null;
  const { path, executable } = document;
  const buffer = bufferOf(path);
  const language = languageOf(path, buffer?.model.getLineContent(1) ?? "");
  return (
    <>
      {cursor && (
        <span className="status-number">
          Ln {cursor.line}, Col {cursor.column}
        </span>
      )}
      <EncodingMenu document={document} />
      {unchecked !== null && (
        <Popover
          title="Syntax not checked"
          side="top"
          align="end"
          trigger={
            <button type="button" className="status-button">
              <span className="ui-dim">syntax not checked</span>
            </button>
          }
        >
          <p>
            <CodeText>{unchecked}</CodeText>
          </p>
        </Popover>
      )}
      {executable ? (
        <span>executable ✓</span>
      ) : (
        isScript && !isOnlyRead(path) && <span className="ui-dim">not executable</span>
      )}
      <span>{language.title}</span>
    </>
  );
}
