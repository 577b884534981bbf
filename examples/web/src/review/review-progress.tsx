interface ReviewProgressProps {
  answered: number;
  remaining: number;
  /** Whether there are more to go than have been counted. */
  hasMore: boolean;
  /** The last happening, shown beside the counts. */
  message: string;
}

export function ReviewProgress({ answered, remaining, hasMore, message }: ReviewProgressProps) {
  const share = answered + remaining === 0 ? 0 : answered / (answered + remaining);
  return (
    <div className="mb-5">
      <div className="mb-1.5 flex justify-between gap-4 text-sm">
        <p>
          <strong>{answered}</strong> answered,{' '}
          <strong>
            {remaining}
            {hasMore && '+'}
          </strong>{' '}
          to go
        </p>
        <p aria-hidden="true" className="truncate text-muted">
          {message}
        </p>
      </div>
      <div aria-hidden="true" className="h-1.5 overflow-hidden rounded-full bg-sunken outline-1 outline-line">
        <div className="h-full bg-accent transition-[width] forced-colors:bg-[Highlight]" style={{ width: `${share * 100}%` }} />
      </div>
    </div>
  );
}
