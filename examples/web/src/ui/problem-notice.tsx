import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { ApiProblem } from '../api/problem.ts';
import { Button } from './button.tsx';

interface ProblemNoticeProps {
  /** What could not be done, as the person would say it: "The photos could not be shown". */
  what: string;
  error: Error;
  /** What the person should read instead of the error's own words. */
  detail?: string;
  onRetry?: () => void;
  retryText?: string;
  /** Other ways on. */
  children?: ReactNode;
}

/** A failure with what the server said about it and, where trying again makes sense, the button for it. */
export function ProblemNotice({
  what,
  error,
  detail = error.message,
  onRetry,
  retryText = 'Try again',
  children,
}: ProblemNoticeProps) {
  const title = error instanceof ApiProblem ? error.title : null;
  return (
    <div role="alert" className="flex flex-wrap items-start gap-x-4 gap-y-3 rounded-2xl border border-danger bg-danger-soft p-4">
      <TriangleAlert aria-hidden="true" className="mt-0.5 size-6 shrink-0 text-danger" />
      <div className="min-w-0 flex-1 basis-56">
        <p className="font-semibold">
          {what}
          {title && `: ${title}`}
        </p>
        <p className="break-words text-sm">{detail}</p>
        {error instanceof ApiProblem && error.status > 0 && <p className="mt-1 text-muted text-xs">{error.code}</p>}
      </div>
      {onRetry && (
        <Button onPress={onRetry} className="shrink-0">
          {retryText}
        </Button>
      )}
      {children}
    </div>
  );
}
