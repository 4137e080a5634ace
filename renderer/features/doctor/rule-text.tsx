// What a rule says for everybody: the explanation, what other servers log and answer, and where it is written down.
import type { RuleInfo } from "../../../server/contract/doctor-contract.js";

export function RuleText({
  rule,
  marked = null,
}: {
  readonly rule: RuleInfo /** The logged sentence that led here. */;
  readonly marked?: number | null;
}) {
  return (
    <div className="doctor-words">
      {rule.explanation.split(/\n{2,}/).map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      {rule.logged.length > 0 && (
        <table className="doctor-servers">
          <caption className="ui-label">What other servers make of it</caption>
          <thead className="ui-hidden">
            <tr>
              <th scope="col">Server</th>
              <th scope="col">In its log, and to the client</th>
            </tr>
          </thead>
          <tbody>
            {rule.logged.map(({ server, message, answers, unproved }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: one server may log several sentences, and they never move
              <tr key={index} data-found={index === marked || undefined}>
                <th scope="row">{server}</th>
                <td>
                  {message === null ? (
                    <span className="ui-faint">nothing in its log</span>
                  ) : (
                    <code className="ui-mono doctor-logged">{message}</code>
                  )}
                  {answers !== null && <span className="doctor-answers ui-dim">{answers}</span>}
                  {unproved && (
                    <span className="doctor-answers ui-faint">from its documentation or source, not from a run</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {rule.reference !== null && (
        <p className="ui-faint">
          Written down in {rule.reference} · rule {rule.id}
        </p>
      )}
    </div>
  );
}
