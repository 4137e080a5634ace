// Markdown as elements. Only what is named here becomes one: marks of HTML stay text, and nothing is loaded.
import { lexer, type MarkedToken, type Token } from "marked";
import { createContext, type ReactNode, useContext, useMemo } from "react";

/** What a link does; null: it stays text. */
type LinkTo = (address: string) => (() => void) | null;
const LinkContext = createContext<LinkTo>(() => null);

export function Markdown({ text, linkTo }: { readonly text: string; readonly linkTo?: LinkTo }) {
  const tokens = useMemo(() => lexer(text), [text]);
  const shown = <Tokens tokens={tokens} />;
  return linkTo === undefined ? shown : <LinkContext value={linkTo}>{shown}</LinkContext>;
}

const Tokens = ({ tokens = [] }: { readonly tokens?: readonly Token[] | undefined }) =>
  tokens.map((token, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never move
    isMarked(token) ? <One key={index} token={token} /> : token.raw,
  );

/** No extension adds other kinds. */
const isMarked = (token: Token): token is MarkedToken => token.type !== "";

function One({ token }: { readonly token: MarkedToken }): ReactNode {
  switch (token.type) {
    case "heading":
      return token.depth === 1 ? <h3>{inner(token)}</h3> : <h4>{inner(token)}</h4>;
    case "paragraph":
      return <p>{inner(token)}</p>;
    case "code":
      return <pre className="ui-box ui-mono">{token.text}</pre>;
    case "list": {
      const items = token.items.map((item) => (
        <li key={item.raw}>
          <Tokens tokens={item.tokens} />
        </li>
      ));
      return token.ordered ? <ol start={Number(token.start)}>{items}</ol> : <ul>{items}</ul>;
    }
    case "table":
      return (
        <table className="ui-table">
          <thead>
            <tr>
              {token.header.map((cell) => (
                <th key={cell.text} scope="col">
                  {inner(cell)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {token.rows.map((cells) => (
              <tr key={cells.map(({ text }) => text).join("|")}>
                {cells.map((cell, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the cells of a document never move
                  <td key={index}>{inner(cell)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
    case "codespan":
      return <code className="ui-mono">{token.raw.replace(/^(`+) ?(.*?) ?\1$/s, "$2")}</code>;
    case "strong":
      return <strong>{inner(token)}</strong>;
    case "em":
      return <em>{inner(token)}</em>;
    case "link":
      return <Link to={token.href}>{inner(token)}</Link>;
    case "text":
      return "tokens" in token && token.tokens !== undefined ? inner(token) : token.raw;
    case "escape":
      return token.raw.slice(1);
    case "space":
    case "image":
    case "def":
      return null;
    default:
      return token.raw;
  }
}

const inner = ({ tokens }: { readonly tokens?: readonly Token[] | undefined }) => <Tokens tokens={tokens} />;

function Link({ to, children }: { readonly to: string; readonly children: ReactNode }) {
  const open = useContext(LinkContext)(to);
  if (open === null) return children;
  return (
    <button type="button" className="ui-link ui-link-inherit" onClick={open}>
      {children}
    </button>
  );
}
