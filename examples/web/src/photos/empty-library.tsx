import { FolderInput } from 'lucide-react';

const command = 'npx photoorg ingest --root ~/Pictures --exif --faces --thumbnails';

/** Shown until the first photo is in the library: how it gets there. */
export function EmptyLibrary() {
  return (
    <div className="mx-auto max-w-2xl py-16 text-center">
      <FolderInput aria-hidden="true" className="mx-auto size-12 text-accent" />
      <h2 className="mt-4 font-semibold text-xl">Your library is empty</h2>
      <p className="mt-2 text-muted">
        Point photoorg at a folder of photos. They stay where they are; the library only remembers what it read.
      </p>
      <pre className="mt-6 overflow-x-auto rounded-2xl border border-line bg-surface p-4 text-left text-sm">
        <code>{command}</code>
      </pre>
      <p className="mt-3 text-muted text-sm">
        The embedded library belongs to one process at a time: stop this server first, then start it again. With a PostgreSQL
        server both may run side by side.
      </p>
    </div>
  );
}
