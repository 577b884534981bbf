import type { ErrorComponentProps } from '@tanstack/react-router';
import { ProblemNotice } from '../ui/problem-notice.tsx';

/** Stands in for a page that could not be drawn at all, for instance when its part of the program did not load. */
export function PageFailed({ error }: ErrorComponentProps) {
  return (
    <div className="mx-auto max-w-3xl py-10">
      <ProblemNotice
        what="This page could not be shown"
        error={error instanceof Error ? error : new Error(String(error))}
        onRetry={() => location.reload()}
      />
    </div>
  );
}
