import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { personQuery } from '../api/queries.ts';
import { Button } from '../ui/button.tsx';
import { FaceCrop } from '../ui/face-crop.tsx';
import { fieldClasses } from '../ui/field.ts';
import { PersonPicker } from '../ui/person-picker.tsx';
import type { PhotoSearch } from './photo-search.ts';
import { SearchField } from './search-field.tsx';

interface PhotoFiltersProps {
  search: PhotoSearch;
  onChange: (change: PhotoSearch) => void;
}

/** Words, days and a person that narrow the photos down; everything chosen stands in the address. */
export function PhotoFilters({ search, onChange }: PhotoFiltersProps) {
  return (
    <search className="mb-4 grid items-end gap-3 sm:grid-cols-2 lg:grid-cols-[minmax(0,1fr)_auto_minmax(14rem,18rem)]">
      <SearchField value={search.q ?? ''} onChange={(q) => onChange({ q: q || undefined })} />
      <div className="grid grid-cols-2 gap-3">
        <DayField label="From" value={search.from} max={search.to} onChange={(from) => onChange({ from })} />
        <DayField label="To" value={search.to} min={search.from} onChange={(to) => onChange({ to })} />
      </div>
      {search.personId ? (
        <ChosenPerson personId={search.personId} onClear={() => onChange({ personId: undefined })} />
      ) : (
        <PersonPicker label="Person" placeholder="Anyone" onPick={({ personId }) => onChange({ personId })} />
      )}
    </search>
  );
}

interface DayFieldProps {
  label: string;
  value: string | undefined;
  min?: string;
  max?: string;
  onChange: (day: string | undefined) => void;
}

function DayField({ label, value = '', min, max, onChange }: DayFieldProps) {
  return (
    <label className="grid gap-1.5">
      <span className="font-semibold text-sm">{label}</span>
      <input
        type="date"
        className={fieldClasses}
        value={value}
        min={min}
        max={max}
        onChange={(event) => onChange(event.target.value || undefined)}
      />
    </label>
  );
}

function ChosenPerson({ personId, onClear }: { personId: string; onClear: () => void }) {
  const person = useQuery(personQuery(personId));
  return (
    <div className="grid gap-1.5">
      <span className="font-semibold text-sm">Person</span>
      <div className="flex min-h-11 items-center gap-2 rounded-xl border border-accent bg-accent-soft pl-1.5">
        <FaceCrop faceId={person.data?.coverFaceId ?? null} alt="" className="size-8" />
        <span className="min-w-0 flex-1 truncate font-medium">{person.data?.displayName ?? '…'}</span>
        <Button look="bare" aria-label="Show photos of anyone" onPress={onClear} className="px-2.5">
          <X aria-hidden="true" className="size-5" />
        </Button>
      </div>
    </div>
  );
}
