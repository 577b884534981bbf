import type { PersonResource } from '@photoorg/example-api/schemas';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Check, X } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { updatePerson } from '../api/library-api.ts';
import { libraryKey } from '../api/queries.ts';
import { describePersonChanged } from '../labelling/describe-said-since.ts';
import { notifyUndoable } from '../labelling/use-labelling.ts';
import { getSettings } from '../shell/settings.ts';
import { Button } from '../ui/button.tsx';
import { fieldClasses } from '../ui/field.ts';

interface RenameFormProps {
  person: PersonResource;
  onDone: () => void;
}

/** The name as a field in its own place: Enter keeps the new one, Escape the old. */
export function RenameForm({ person, onDone }: RenameFormProps) {
  const queryClient = useQueryClient();
  const [name, setName] = useState(person.displayName);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const renaming = useMutation({
    mutationFn: (displayName: string) =>
      updatePerson({ personId: person.personId, displayName, actor: getSettings().actor, revision: person.eventId }),
    onSuccess: async ({ displayName, batchId }) => {
      await queryClient.invalidateQueries({ queryKey: libraryKey });
      notifyUndoable(queryClient, `Renamed ${person.displayName} to ${displayName}`, batchId);
      onDone();
    },
    onError: () => queryClient.invalidateQueries({ queryKey: libraryKey }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const displayName = name.trim();
    if (displayName === '' || displayName === person.displayName) onDone();
    else renaming.mutate(displayName);
  };

  return (
    <form onSubmit={submit} className="grid w-full gap-1.5">
      <div className="flex items-center gap-1">
        <input
          ref={field}
          aria-label={`New name of ${person.displayName}`}
          aria-invalid={renaming.isError}
          className={`${fieldClasses} flex-1 px-2.5`}
          value={name}
          onChange={(event) => setName(event.target.value)}
          onKeyDown={(event) => event.key === 'Escape' && onDone()}
        />
        <Button type="submit" look="bare" aria-label="Keep this name" isDisabled={renaming.isPending} className="px-0">
          <Check aria-hidden="true" className="size-5" />
        </Button>
        <Button look="bare" aria-label="Leave the name as it was" onPress={onDone} className="-ml-1 px-0">
          <X aria-hidden="true" className="size-5" />
        </Button>
      </div>
      {renaming.isError && (
        <p role="alert" className="text-danger text-sm">
          {describePersonChanged(renaming.error) ?? renaming.error.message}
        </p>
      )}
    </form>
  );
}
