import { useInfiniteQuery } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { type KeyboardEvent, type Ref, useDeferredValue, useEffect, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { ComboBox, Input, Label, ListBox, Popover } from 'react-aria-components/ComboBox';
import { peopleQuery } from '../api/queries.ts';
import type { KnownPerson, NamedPerson } from '../labelling/decision.ts';
import { namesakesOf } from '../labelling/namesakes.ts';
import { fieldClasses } from './field.ts';
import { createOptionId, type PersonOption, PersonPickerOption } from './person-picker-option.tsx';

interface PersonPickerBaseProps {
  label: string;
  placeholder?: string;
  /** People not to offer. */
  except?: string[];
  inputRef?: Ref<HTMLInputElement>;
}

type PersonPickerProps = PersonPickerBaseProps &
  ({ canCreate?: false; onPick: (person: KnownPerson) => void } | { canCreate: true; onPick: (person: NamedPerson) => void });

/** A field that finds people by any part of their name. With `canCreate` it also takes a name that nobody has yet; Enter takes what is typed. */
export function PersonPicker({ label, placeholder, except = [], inputRef, ...props }: PersonPickerProps) {
  const [typed, setTyped] = useState('');
  // Who was picked a moment ago: the list closes when this changes, and the field is ready for the next one when it is null again.
  const [pickedId, setPickedId] = useState<string | null>(null);
  useEffect(() => {
    if (pickedId !== null) setPickedId(null);
  }, [pickedId]);
  const name = typed.trim();
  const sought = useDeferredValue(name);
  const people = useInfiniteQuery(peopleQuery({ q: sought || undefined, order: sought ? 'name' : 'faces' }));
  const isCurrent = sought === name && people.isSuccess && !people.isPlaceholderData;
  const fetched = people.data?.pages.flatMap((page) => page.items) ?? [];
  const found = fetched.filter(
    (person) => !except.includes(person.personId) && (isCurrent || containsName(person.displayName, name)),
  );
  const namesakes = namesakesOf(name, found);
  const options: PersonOption[] = found.map((person) => ({ id: person.personId, displayName: person.displayName, person }));
  if (props.canCreate && isCurrent && name !== '' && namesakes.length === 0)
    options.push({ id: createOptionId, displayName: name, person: null });

  const choose = (option: PersonOption | undefined) => {
    if (!option) return;
    setTyped('');
    setPickedId(option.id);
    if (option.person) props.onPick({ personId: option.id, displayName: option.displayName });
    else if (props.canCreate) props.onPick({ personId: null, displayName: option.displayName });
  };

  const onKeyDownCapture = (event: KeyboardEvent<HTMLInputElement>) => {
    const hasHighlight = event.currentTarget.getAttribute('aria-activedescendant') !== null;
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || hasHighlight || name === '') return;
    event.preventDefault();
    event.stopPropagation();
    const [sameName] = namesakes;
    // Of several of one name the list is there to choose from.
    if (namesakes.length > 1) return;
    if (props.canCreate && !(sameName && isCurrent)) choose({ id: createOptionId, displayName: name, person: null });
    else if (sameName) choose(options.find(({ id }) => id === sameName.personId));
  };

  return (
    <ComboBox
      items={options}
      inputValue={typed}
      onInputChange={setTyped}
      value={pickedId}
      onChange={(key) => choose(options.find(({ id }) => id === key))}
      defaultFilter={() => true}
      allowsEmptyCollection
      className="grid gap-1.5"
    >
      <Label className="font-semibold text-sm">{label}</Label>
      <div className="relative">
        <Input ref={inputRef} className={`${fieldClasses} pr-11`} placeholder={placeholder} onKeyDownCapture={onKeyDownCapture} />
        <Button className="absolute inset-y-0 right-0 grid w-11 place-items-center rounded-xl">
          <ChevronDown aria-hidden="true" className="size-5" />
        </Button>
      </div>
      <Popover className="w-(--trigger-width) overflow-auto rounded-2xl border border-line-strong bg-surface p-1 shadow-xl">
        <ListBox<PersonOption>
          className="outline-none"
          renderEmptyState={() => <p className="px-3 py-2.5 text-muted">{emptyText(isCurrent, props.canCreate)}</p>}
        >
          {(option) => <PersonPickerOption option={option} />}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

/** Narrows the people of the search before, for the moment until those of this one arrive. */
function containsName(displayName: string, name: string): boolean {
  return displayName.toLocaleLowerCase().includes(name.toLocaleLowerCase());
}

function emptyText(isCurrent: boolean, canCreate = false): string {
  if (!isCurrent) return 'Looking…';
  return canCreate ? 'Type a name to create it' : 'Nobody of that name';
}
