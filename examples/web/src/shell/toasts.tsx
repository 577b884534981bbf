import { X } from 'lucide-react';
import {
  Button,
  Text,
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components/Toast';

interface Notice {
  message: string;
  /** Takes back what the message tells of. */
  undo?: () => void;
  tone?: 'problem';
}

/** Long enough to read and to reach the undo button; hovering or focusing the notice stops the clock. */
const noticeMillis = 10_000;

const queue = new ToastQueue<Notice>({ maxVisibleToasts: 3 });

/** Shows a short notice and reads it out. A problem stays until it is dismissed. */
export function notify(notice: Notice): void {
  queue.add(notice, { timeout: notice.tone === 'problem' ? undefined : noticeMillis });
}

export function Toasts() {
  return (
    <ToastRegion
      queue={queue}
      aria-label="Notices"
      className="fixed inset-x-3 bottom-20 z-40 flex flex-col-reverse gap-2 sm:inset-x-auto sm:right-6 sm:bottom-6 sm:w-96"
    >
      {({ toast }) => (
        <Toast
          toast={toast}
          className={`flex items-center gap-1 rounded-2xl border bg-ink py-1 pr-1 pl-4 text-paper shadow-lg ${
            toast.content.tone === 'problem' ? 'border-danger' : 'border-ink'
          }`}
        >
          <ToastContent className="flex-1 py-2">
            <Text slot="title">{toast.content.message}</Text>
          </ToastContent>
          {toast.content.undo && (
            <Button
              className="min-h-11 rounded-xl px-4 font-semibold underline underline-offset-4"
              onPress={() => {
                queue.close(toast.key);
                toast.content.undo?.();
              }}
            >
              Undo
            </Button>
          )}
          <Button slot="close" aria-label="Dismiss" className="grid size-11 place-items-center rounded-xl">
            <X aria-hidden="true" className="size-5" />
          </Button>
        </Toast>
      )}
    </ToastRegion>
  );
}
