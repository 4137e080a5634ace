// One card of the X-ray: what it is, a fact or a way on at the right, its lines, and what was found about it.
import type { ReactNode, Ref } from "react";

export function Card({
  label,
  title,
  aside,
  findings,
  cardRef,
  children,
}: {
  readonly label: string;
  readonly title: ReactNode;
  readonly aside?: ReactNode;
  readonly findings?: ReactNode;
  readonly cardRef?: Ref<HTMLElement> | undefined;
  readonly children?: ReactNode;
}) {
  return (
    <section ref={cardRef} aria-label={label} className="ui-stack xray-card">
      <div className="xray-head">
        <h3 className="ui-cut xray-title">{title}</h3>
        {aside !== undefined && <div className="ui-small xray-head-aside ui-dim">{aside}</div>}
      </div>
      {children}
      {findings}
    </section>
  );
}
