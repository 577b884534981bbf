import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { fieldClasses } from '../ui/field.ts';

interface SearchFieldProps {
  value: string;
  onChange: (value: string) => void;
}

/** How long typing must rest before the search follows it. */
const typingRestMillis = 250;

/** The words to search for. Follows `value` when something else changes it, such as "Clear" or the browser's back. */
export function SearchField({ value, onChange }: SearchFieldProps) {
  const [typed, setTyped] = useState(value);
  const [sent, setSent] = useState(value);
  const [seen, setSeen] = useState(value);
  if (value !== seen) {
    setSeen(value);
    if (value !== sent) {
      setSent(value);
      setTyped(value);
    }
  }

  useEffect(() => {
    const words = typed.trim();
    if (words === sent) return;
    const timer = setTimeout(() => {
      setSent(words);
      onChange(words);
    }, typingRestMillis);
    return () => clearTimeout(timer);
  }, [typed, sent, onChange]);

  return (
    <label className="grid gap-1.5">
      <span className="font-semibold text-sm">Search</span>
      <span className="relative">
        <Search aria-hidden="true" className="-translate-y-1/2 pointer-events-none absolute top-1/2 left-3.5 size-5 text-muted" />
        <input
          type="search"
          className={`${fieldClasses} pl-11`}
          placeholder="Words, a camera, a name"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </span>
    </label>
  );
}
