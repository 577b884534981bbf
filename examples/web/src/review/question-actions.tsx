import { CircleHelp, EyeOff, Undo2, UserRoundX } from 'lucide-react';
import type { KnownPerson } from '../labelling/decision.ts';
import { Button } from '../ui/button.tsx';

interface QuestionActionsProps {
  /** Whom "not this person" is about. */
  suggested: KnownPerson | null;
  onReject: () => void;
  onLeaveUnknown: () => void;
  onIgnore: () => void;
  /** Absent when there is nothing to undo. */
  onUndo?: () => void;
}

/** The answers other than a name, each with its key. */
export function QuestionActions({ suggested, onReject, onLeaveUnknown, onIgnore, onUndo }: QuestionActionsProps) {
  return (
    <div className="grid grid-cols-2 gap-2">
      {suggested && (
        <Button shortcut="X" onPress={onReject} className="col-span-2 justify-between">
          <span className="flex min-w-0 items-center gap-2">
            <UserRoundX aria-hidden="true" className="size-5" />
            <span className="truncate">Not {suggested.displayName}</span>
          </span>
        </Button>
      )}
      <Button shortcut="U" onPress={onLeaveUnknown} className="justify-between">
        <span className="flex items-center gap-2">
          <CircleHelp aria-hidden="true" className="size-5" />
          Leave unknown
        </span>
      </Button>
      <Button shortcut="I" onPress={onIgnore} className="justify-between">
        <span className="flex items-center gap-2">
          <EyeOff aria-hidden="true" className="size-5" />
          Ignore stranger
        </span>
      </Button>
      <Button look="bare" shortcut="Z" isDisabled={!onUndo} onPress={onUndo} className="col-span-2">
        <Undo2 aria-hidden="true" className="size-5" />
        Undo
      </Button>
    </div>
  );
}
