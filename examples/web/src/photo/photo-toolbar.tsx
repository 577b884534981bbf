import { ArrowLeft, ChevronLeft, ChevronRight, ScanFace } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import type { Neighbours } from './use-neighbours.ts';

interface PhotoToolbarProps {
  neighbours: Neighbours;
  onBack: () => void;
  onOpen: (photoId: string | null) => void;
  faceBoxes: boolean;
  onToggleBoxes: () => void;
}

/** Back, face boxes, and the way through the photos of the search. */
export function PhotoToolbar({
  neighbours: { previous, next, position },
  onBack,
  onOpen,
  faceBoxes,
  onToggleBoxes,
}: PhotoToolbarProps) {
  return (
    <div className="-mt-2 mb-3 flex items-center gap-1">
      <Button look="bare" onPress={onBack} className="-ml-2">
        <ArrowLeft aria-hidden="true" className="size-5" />
        Back
      </Button>
      <Button
        look="bare"
        aria-label="Face boxes"
        aria-pressed={faceBoxes}
        onPress={onToggleBoxes}
        className="ml-auto aria-pressed:bg-accent-soft aria-pressed:text-accent"
      >
        <ScanFace aria-hidden="true" className="size-5" />
        <span className="hidden sm:inline">Face boxes</span>
      </Button>
      <Button look="bare" aria-label="Previous photo" isDisabled={!previous} onPress={() => onOpen(previous)} className="px-2.5">
        <ChevronLeft aria-hidden="true" className="size-6" />
      </Button>
      <span className="min-w-16 text-center text-muted text-sm">{position}</span>
      <Button look="bare" aria-label="Next photo" isDisabled={!next} onPress={() => onOpen(next)} className="px-2.5">
        <ChevronRight aria-hidden="true" className="size-6" />
      </Button>
    </div>
  );
}
