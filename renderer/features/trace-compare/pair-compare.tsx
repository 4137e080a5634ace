// Names and values of both traces as a table; equal rows can be left out.
import { toByteString } from "../../format/bytes-text.js";
import { ByteValue } from "../bytes/index.js";
import { changedWords } from "./changed-words.js";
import { type ComparedPair, isDifference } from "./compare-pairs.js";
import { WordMarks } from "./word-marks.js";

const words = { same: "same", changed: "different", left: "only on the left", right: "only on the right" } as const;

interface PairCompareProps {
  readonly label: string;
  readonly rows: readonly ComparedPair[];
  readonly left: string;
  readonly right: string;
  readonly onlyDifferences: boolean;
}

export function PairCompare({ label, rows, left, right, onlyDifferences }: PairCompareProps) {
  const shown = onlyDifferences ? rows.filter(isDifference) : rows;
  if (shown.length === 0) return null;
  return (
    <table className="ui-table compare-table" aria-label={label}>
      <thead className="compare-heads">
        <tr>
          {["Name", left, right].map((head) => (
            <th key={head} scope="col">
              <span className="ui-hidden">{head}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {shown.map((row, index) => (
          <tr
            // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat, and rows never move
            key={index}
            data-diff={row.is}
            data-expected={row.isExpected || undefined}
            title={row.isExpected ? "Differs with every request" : words[row.is]}
          >
            <th scope="row" className="ui-mono">
              {row.name}
            </th>
            <Side row={row} is="left" />
            <Side row={row} is="right" />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Side({ row, is }: { readonly row: ComparedPair; readonly is: "left" | "right" }) {
  const value = row[is];
  const isOther = row.is === "changed" || row.is === is;
  if (value === null) return <td className="ui-faint">absent</td>;
  const Mark = is === "left" ? "del" : "ins";
  return (
    <td className="ui-mono">
      {value === "" ? (
        <span className="ui-faint">empty</span>
      ) : isOther ? (
        <Mark>
          <WordMarks text={toByteString(value)} words={wordsOf(row)?.[is] ?? null} />
        </Mark>
      ) : (
        <ByteValue value={value} />
      )}
    </td>
  );
}

function wordsOf({ is, left, right }: ComparedPair): ReturnType<typeof changedWords> {
  return is === "changed" && left !== null && right !== null
    ? changedWords(toByteString(left), toByteString(right))
    : null;
}
