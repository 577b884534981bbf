/** Says that something is on its way; appears only after a moment, since the library usually answers at once. */
export function Loading({ what }: { what: string }) {
  return (
    <p role="status" className="animate-[appear_200ms_300ms_both] py-10 text-center text-muted">
      Fetching {what}…
    </p>
  );
}
