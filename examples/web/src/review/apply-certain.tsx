import type { ApplyCertainResult } from '@photoorg/example-api/schemas';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { WandSparkles } from 'lucide-react';
import { useState } from 'react';
import { applyCertain } from '../api/library-api.ts';
import { libraryKey } from '../api/queries.ts';
import { notifyUndoable } from '../labelling/use-labelling.ts';
import { count } from '../people/count-text.ts';
import { getSettings } from '../shell/settings.ts';
import { notify } from '../shell/toasts.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Loading } from '../ui/loading.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';

/** Lets photoorg name the faces it is certain of, after saying how many those are. */
export function ApplyCertain({ onChanged }: { onChanged: () => void }) {
  const queryClient = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const preview = useMutation({ mutationFn: () => applyCertain({ dryRun: true, actor: getSettings().actor }) });
  const applying = useMutation({
    mutationFn: () => applyCertain({ dryRun: false, actor: getSettings().actor }),
    onSuccess: async ({ applied, changed, withdrawn, batchId }) => {
      setOpen(false);
      const revised = changed + withdrawn > 0 ? `, revised ${count(changed + withdrawn, 'earlier name')}` : '';
      const message = `Named ${count(applied, 'certain face')}${revised}`;
      if (batchId) notifyUndoable(queryClient, message, batchId, onChanged);
      else notify({ message: 'No face was certain enough' });
      onChanged();
      await queryClient.invalidateQueries({ queryKey: libraryKey });
    },
  });
  const open = () => {
    applying.reset();
    preview.mutate();
    setOpen(true);
  };
  const error = preview.error ?? applying.error;
  const hasWork = preview.data !== undefined && preview.data.applied + preview.data.changed + preview.data.withdrawn > 0;

  return (
    <>
      <Button onPress={open}>
        <WandSparkles aria-hidden="true" className="size-5" />
        Apply what is certain
      </Button>
      <Dialog title="Apply what is certain" isOpen={isOpen} onClose={() => setOpen(false)}>
        <div className="grid gap-5">
          {preview.isPending && <Loading what="the counts" />}
          {preview.data && <Counts counts={preview.data} />}
          {error && (
            <ProblemNotice
              what="That did not work"
              error={error}
              onRetry={preview.error ? () => preview.mutate() : () => applying.mutate()}
            />
          )}
          <div className="flex flex-wrap justify-end gap-2">
            <Button onPress={() => setOpen(false)}>Not now</Button>
            <Button look="primary" isDisabled={!hasWork || applying.isPending} onPress={() => applying.mutate()}>
              {sayWork(preview.data)}
            </Button>
          </div>
        </div>
      </Dialog>
    </>
  );
}

function sayWork(counts: ApplyCertainResult | undefined): string {
  if (counts?.applied) return `Name ${count(counts.applied, 'face')}`;
  return counts && counts.changed + counts.withdrawn > 0 ? 'Revise the guesses' : 'Nothing to apply';
}

function Counts({
  counts: { considered, applied, changed, withdrawn, kept, asked, leftUnknown },
}: {
  counts: ApplyCertainResult;
}) {
  const ofGuesses: [number, string][] = [
    [kept, 'guessed before, and still certain'],
    [changed, 'guessed before, by now somebody else'],
    [withdrawn, 'guessed before, no longer certain: taken back'],
  ];
  const rows: [number, string][] = [
    [applied, 'certain enough to name now'],
    ...ofGuesses.filter(([amount]) => amount > 0),
    [asked, 'likely: you are asked'],
    [leftUnknown, 'stay unknown'],
  ];
  return (
    <div>
      <p className="mb-3">Of {count(considered, 'face')} without a confirmed name:</p>
      <dl className="grid gap-2">
        {rows.map(([amount, meaning]) => (
          <div key={meaning} className="flex items-baseline gap-3">
            <dd className="w-16 text-right font-bold text-2xl">{amount}</dd>
            <dt>{meaning}</dt>
          </div>
        ))}
      </dl>
      <p className="mt-4 text-muted text-sm">
        Names given this way stay marked as guesses until someone confirms them, and one press takes them all back.
      </p>
    </div>
  );
}
