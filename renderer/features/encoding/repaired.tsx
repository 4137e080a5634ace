// The page's lines that read wrongly, and what they should say.
const maxLines = 12;
const maxLineLength = 200;

interface Pair {
  readonly number: number;
  readonly shown: string;
  readonly meant: string;
}

export function Repaired({ shown, meant }: { readonly shown: string; readonly meant: string }) {
  const pairs = differences(shown, meant);
  if (pairs.length === 0) return null;
  return (
    <section aria-label="Repaired text">
      <h3 className="xray-title">What you see, and what was meant</h3>
      <div className="ui-stack ui-box ui-mono way-lines">
        {pairs.slice(0, maxLines).map(({ number, shown: wrong, meant: right }) => (
          <div key={number}>
            <p className="ui-bad">
              <span aria-hidden="true">− </span>
              <span className="ui-hidden">shown: </span>
              {wrong}
            </p>
            <p className="ui-ok">
              <span aria-hidden="true">+ </span>
              <span className="ui-hidden">meant: </span>
              {right}
            </p>
          </div>
        ))}
        {pairs.length > maxLines && <p className="ui-faint">{pairs.length - maxLines} more lines</p>}
      </div>
    </section>
  );
}

function differences(shown: string, meant: string): Pair[] {
  const right = meant.split("\n");
  return shown.split("\n").flatMap((line, index) => {
    const other = right[index] ?? "";
    return line === other
      ? []
      : [
          {
            number: index + 1,
            shown: line.trim().slice(0, maxLineLength),
            meant: other.trim().slice(0, maxLineLength),
          },
        ];
  });
}
