import type { PersonResource } from '@photoorg/example-api/schemas';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import { useState } from 'react';
import { mergePeople } from '../api/library-api.ts';
import { ApiProblem } from '../api/problem.ts';
import { libraryKey, personQuery } from '../api/queries.ts';
import type { KnownPerson } from '../labelling/decision.ts';
import { describePersonChanged } from '../labelling/describe-said-since.ts';
import { notifyUndoable } from '../labelling/use-labelling.ts';
import { getSettings } from '../shell/settings.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { PersonPicker } from '../ui/person-picker.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { count } from './count-text.ts';
import { PersonChip } from './person-chip.tsx';

interface MergeDialogProps {
  /** Who turned out to be someone else. */
  person: PersonResource;
  isOpen: boolean;
  onClose: () => void;
  onMerged?: (into: KnownPerson) => void;
}

/** Joins one person to another after showing both; the notice that follows takes it back. */
export function MergeDialog({ person, isOpen, onClose, onMerged }: MergeDialogProps) {
  const queryClient = useQueryClient();
  const [into, setInto] = useState<KnownPerson | null>(null);
  const merging = useMutation({
    mutationFn: ({ target, allowSamePhoto }: { target: KnownPerson; allowSamePhoto?: boolean }) =>
      mergePeople({
        fromId: person.personId,
        intoId: target.personId,
        actor: getSettings().actor,
        allowSamePhoto,
        revisions: shownRevisions([person, queryClient.getQueryData(personQuery(target.personId).queryKey)]),
      }),
    onSuccess: async ({ batchId, movedFaces }, { target }) => {
      close();
      onMerged?.(target);
      notifyUndoable(
        queryClient,
        `Merged ${person.displayName} into ${target.displayName}: ${count(movedFaces, 'face')}`,
        batchId,
      );
      await queryClient.invalidateQueries({ queryKey: libraryKey });
    },
    onError: () => queryClient.invalidateQueries({ queryKey: libraryKey }),
  });
  const close = () => {
    setInto(null);
    merging.reset();
    onClose();
  };

  return (
    <Dialog title={`Is ${person.displayName} someone else?`} isOpen={isOpen} onClose={close}>
      <div className="grid gap-5">
        {into ? (
          <>
            <div className="flex items-center justify-center gap-3 text-center">
              <PersonChip personId={person.personId} />
              <ArrowRight aria-hidden="true" className="size-6 shrink-0" />
              <PersonChip personId={into.personId} />
            </div>
            <p>
              All {count(person.facesCount, 'face')} of <strong>{person.displayName}</strong> will be{' '}
              <strong>{into.displayName}</strong>. This can be undone.
            </p>
          </>
        ) : (
          <PersonPicker
            label={`${person.displayName} is really`}
            placeholder="Type a name"
            except={[person.personId]}
            onPick={setInto}
          />
        )}
        {merging.isError && into && (
          <MergeProblem error={merging.error} onAllow={() => merging.mutate({ target: into, allowSamePhoto: true })} />
        )}
        {into && (
          <div className="flex flex-wrap justify-end gap-2">
            <Button onPress={() => setInto(null)}>Choose someone else</Button>
            <Button look="primary" isDisabled={merging.isPending} onPress={() => merging.mutate({ target: into })}>
              Merge
            </Button>
          </div>
        )}
      </div>
    </Dialog>
  );
}

/** Of the two people as they were shown. */
function shownRevisions(people: readonly (PersonResource | undefined)[]): Record<string, string> {
  return Object.fromEntries(people.flatMap((person) => (person ? [[person.personId, person.eventId]] : [])));
}

function MergeProblem({ error, onAllow }: { error: Error; onAllow: () => void }) {
  const standTogether = error instanceof ApiProblem && error.code === 'PERSON_ALREADY_IN_PHOTO';
  return standTogether ? (
    <ProblemNotice what="Both are in the same photo" error={error} retryText="Merge even so" onRetry={onAllow} />
  ) : (
    <ProblemNotice what="They could not be merged" error={error} detail={describePersonChanged(error)} />
  );
}
