/** Shows a sentence where a page broke, and leaves the frame as it is. */

import { Component, type ReactNode } from "react";
import { ProblemNote } from "../parts/problem-note.tsx";

interface ErrorBoundaryProps {
  /** What was shown when it broke; another page is tried again. */
  readonly page: string;
  readonly children: ReactNode;
}

interface Broken {
  readonly page: string;
  readonly error: unknown;
}

export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly broken?: Broken | undefined }> {
  override state: { readonly broken?: Broken | undefined } = {};

  static getDerivedStateFromError(error: unknown): { broken: Broken } {
    return { broken: { page: "", error } };
  }

  static getDerivedStateFromProps(
    { page }: ErrorBoundaryProps,
    { broken }: { readonly broken?: Broken | undefined },
  ): { broken: Broken | undefined } | null {
    if (!broken) return null;
    if (broken.page === "") return { broken: { ...broken, page } };
    return broken.page === page ? null : { broken: undefined };
  }

  override render(): ReactNode {
    const { broken } = this.state;
    if (!broken) return this.props.children;
    return <ProblemNote error={broken.error} onRetry={() => this.setState({ broken: undefined })} />;
  }
}
