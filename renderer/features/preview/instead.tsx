// The preview's message when it shows no page.
import type { ReactNode } from "react";

interface InsteadProps {
  readonly title: string;
  readonly button?: ReactNode;
  readonly children: ReactNode;
}

export function Instead({ title, button, children }: InsteadProps) {
  return (
    <section className="ui-empty preview-instead" aria-label="Rendered response">
      <strong>{title}</strong>
      <p>{children}</p>
      {button}
    </section>
  );
}
