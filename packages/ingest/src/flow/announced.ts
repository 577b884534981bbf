import { parentPort } from 'node:worker_threads';

/** A task as `TimedPool` hands it to a worker. */
export interface AnnouncedTask<Task> {
  id: number;
  task: Task;
}

/** What the worker posts when it takes a task up. */
export interface TaskBegun {
  begun: number;
}

/** Makes the entry point of a `TimedPool`'s worker, which says when it takes a task up. */
export function announced<Task, Reply>(work: (task: Task) => Promise<Reply>): (task: AnnouncedTask<Task>) => Promise<Reply> {
  return ({ id, task }) => {
    parentPort?.postMessage({ begun: id } satisfies TaskBegun);
    return work(task);
  };
}
