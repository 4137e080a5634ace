// Around a part of the window: an exception while it renders takes that part away, and not the whole page.
import { Component, type ReactNode } from "react";
import { problemOf, problemText } from "../rpc/problem.js";
import { Button } from "../ui/button.js";

interface ErrorBoundaryProps {
  /** As a sentence begins with it: "The editor". */
  readonly part: string;
  /** Over the page: the part has no place of its own in it. */
  readonly isAbove?: boolean;
  readonly children: ReactNode;
}
interface Caught {
  readonly why: string | null;
}

/** React offers this to classes only. It reports the error in the console by itself. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, Caught> {
  override state: Caught = { why: null };

  static getDerivedStateFromError(error: unknown): Caught {
    return { why: problemText(problemOf(error)) };
  }

  override render(): ReactNode {
    const { part, isAbove = false, children } = this.props;
    const { why } = this.state;
    if (why === null) return children;
    return (
      <div className={isAbove ? "ui-empty ui-failed app-failed" : "ui-empty ui-failed"} role="alert">
        <strong>{part} could not be shown</strong>
        <p>{why}</p>
        <p>The edits of your files and of the request are kept.</p>
        <span className="ui-empty-actions">
          <Button onClick={() => this.setState({ why: null })}>Show again</Button>
          <Button onClick={() => location.reload()}>Reload the window</Button>
        </span>
      </div>
    );
  }
}
