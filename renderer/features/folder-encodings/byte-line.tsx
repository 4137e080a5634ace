// A line of a file with the bytes of its characters above ASCII in hexadecimal.
import type { EncodedFileRow } from "../../../server/contract/encodings-contract.js";

export function ByteLine({ first }: { readonly first: EncodedFileRow["first"] }) {
  if (first === null) return null;
  let at = 0;
  return (
    <>
      {first.parts.map((part) => {
        const key = at++;
        if (part.kind === "text") return <span key={key}>{part.text}</span>;
        return (
          <span key={key} className="encodings-byte" data-utf8={part.utf8}>
            {part.hex}
          </span>
        );
      })}
    </>
  );
}
