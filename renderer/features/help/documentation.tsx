// The product's documents, readable without a browser or a network.
import { useEffect, useState } from "react";
import { closeDialog } from "../../platform/dialogs.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { Button } from "../../ui/button.js";
import { Choice } from "../../ui/choice.js";
import { Dialog } from "../../ui/dialog.js";
import { type DocumentName, documents, linkedDocument, readDocument } from "./documents.js";
import { type Block, type Inline, inlines, markdownBlocks } from "./markdown.js";

const close = (): void => closeDialog("documentation");

export function Documentation() {
  const [name, setName] = useState<DocumentName>("tour.md");
  const title = documents.find(({ value }) => value === name)?.title;
  return (
    <Dialog onClose={close} size="huge" title="Documentation" actions={<Button onClick={close}>Close</Button>}>
      <Choice label="Document" value={name} choices={documents} onChange={setName} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section key={name} className="help-document" aria-label={title} tabIndex={0}>
        <Contents name={name} onLink={setName} />
      </section>
    </Dialog>
  );
}

type OnLink = (name: DocumentName) => void;

function Contents({ name, onLink }: { readonly name: DocumentName; readonly onLink: OnLink }) {
  const [blocks, setBlocks] = useState<readonly Block[] | null>(null);
  const [why, setWhy] = useState<string | null>(null);
  useEffect(() => {
    let isCurrent = true;
    readDocument(name).then(
      (text) => isCurrent && setBlocks(markdownBlocks(text)),
      (error: unknown) => isCurrent && setWhy(problemText(problemOf(error))),
    );
    return () => {
      isCurrent = false;
    };
  }, [name]);
  if (why !== null) return <p className="ui-bad">{why}</p>;
  if (blocks === null) return <div aria-busy="true" />;
  return blocks.map((block, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of a document never move
    <BlockView key={index} block={block} onLink={onLink} />
  ));
}

function BlockView({ block, onLink }: { readonly block: Block; readonly onLink: OnLink }) {
  const line = (text: string) => <Line text={text} onLink={onLink} />;
  switch (block.is) {
    case "heading":
      return block.level === 1 ? <h3>{line(block.text)}</h3> : <h4>{line(block.text)}</h4>;
    case "paragraph":
      return <p>{line(block.text)}</p>;
    case "code":
      return <pre className="ui-box ui-mono">{block.text}</pre>;
    case "list":
      return (
        <ul>
          {block.items.map((item) => (
            <li key={item}>{line(item)}</li>
          ))}
        </ul>
      );
    case "table":
      return (
        <table className="ui-table">
          <thead>
            <tr>
              {block.head.map((cell) => (
                <th key={cell} scope="col">
                  {line(cell)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {block.rows.map((cells) => (
              <tr key={cells.join("|")}>
                {cells.map((cell, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the cells of a document never move
                  <td key={index}>{line(cell)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
  }
}

function Line({ text, onLink }: { readonly text: string; readonly onLink: OnLink }) {
  return inlines(text).map((piece, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a line never move
    <Piece key={index} piece={piece} onLink={onLink} />
  ));
}

function Piece({ piece, onLink }: { readonly piece: Inline; readonly onLink: OnLink }) {
  if (piece.is === "code") return <code className="ui-mono">{piece.text}</code>;
  if (piece.is === "strong") return <strong>{piece.text}</strong>;
  const to = piece.is === "link" ? linkedDocument(piece.to) : null;
  if (to === null) return piece.text;
  return (
    <button type="button" className="ui-link ui-link-inherit" onClick={() => onLink(to)}>
      {piece.text}
    </button>
  );
}
