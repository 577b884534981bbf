import type { PersonResource } from '@photoorg/example-api/schemas';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { removePerson } from '../api/library-api.ts';
import { libraryKey, personQuery } from '../api/queries.ts';
import { describePersonChanged } from '../labelling/describe-said-since.ts';
import { notifyUndoable } from '../labelling/use-labelling.ts';
import { getSettings } from '../shell/settings.ts';
import { Button } from '../ui/button.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';

interface RemovePersonButtonProps {
  person: PersonResource;
  /** Leaves the page of the person, who cannot be asked for any more. */
  onRemoved: () => Promise<void>;
}

/** Removes somebody who is on no photo; the notice that follows takes it back. */
export function RemovePersonButton({ person, onRemoved }: RemovePersonButtonProps) {
  const queryClient = useQueryClient();
  const { personId, displayName } = person;
  const removing = useMutation({
    mutationFn: () => removePerson({ personId, actor: getSettings().actor, revision: person.eventId }),
    onSuccess: async ({ batchId }) => {
      await onRemoved();
      queryClient.removeQueries(personQuery(personId));
      notifyUndoable(queryClient, `Removed ${displayName}`, batchId);
      await queryClient.invalidateQueries({ queryKey: libraryKey });
    },
    onError: () => queryClient.invalidateQueries({ queryKey: libraryKey }),
  });
  return (
    <>
      <Button isDisabled={removing.isPending} onPress={() => removing.mutate()}>
        <Trash2 aria-hidden="true" className="size-4.5" />
        Remove
      </Button>
      {removing.isError && (
        <ProblemNotice
          what={`${displayName} could not be removed`}
          error={removing.error}
          detail={describePersonChanged(removing.error)}
        />
      )}
    </>
  );
}
