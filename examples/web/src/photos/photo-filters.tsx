import { SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { PersonPicker } from '../ui/person-picker.tsx';
import { ChosenPerson } from './chosen-person.tsx';
import { DayField } from './day-field.tsx';
import type { PhotoSearch } from './photo-search.ts';
import { SearchField } from './search-field.tsx';

interface PhotoFiltersProps {
  search: PhotoSearch;
  onChange: (change: PhotoSearch) => void;
}

/** Words, days and a person that narrow the photos down; everything chosen stands in the address. Small screens fold days and person away. */
export function PhotoFilters({ search, onChange }: PhotoFiltersProps) {
  const inUse = [search.from, search.to, search.personId].filter(Boolean).length;
  const [isOpen, setOpen] = useState(inUse > 0);
  const folded = isOpen ? '' : 'max-sm:hidden';
  return (
    <search className="mb-2 grid grid-cols-[minmax(0,1fr)_auto] items-end gap-3 sm:grid-cols-2 lg:grid-cols-[minmax(0,1fr)_auto_minmax(14rem,18rem)]">
      <SearchField value={search.q ?? ''} onChange={(q) => onChange({ q: q || undefined })} />
      <Button
        aria-label={inUse > 0 ? `Filters, ${inUse} in use` : 'Filters'}
        aria-expanded={isOpen}
        onPress={() => setOpen(!isOpen)}
        className="px-3 aria-expanded:bg-accent-soft sm:hidden"
      >
        <SlidersHorizontal aria-hidden="true" className="size-5" />
        {inUse > 0 && inUse}
      </Button>
      <div className={`max-sm:col-span-2 grid grid-cols-2 gap-3 ${folded}`}>
        <DayField label="From" value={search.from} max={search.to} onChange={(from) => onChange({ from })} />
        <DayField label="To" value={search.to} min={search.from} onChange={(to) => onChange({ to })} />
      </div>
      <div className={`max-sm:col-span-2 ${folded}`}>
        {search.personId ? (
          <ChosenPerson personId={search.personId} onClear={() => onChange({ personId: undefined })} />
        ) : (
          <PersonPicker label="Person" placeholder="Anyone" onPick={({ personId }) => onChange({ personId })} />
        )}
      </div>
    </search>
  );
}
