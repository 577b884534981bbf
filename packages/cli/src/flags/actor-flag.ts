import { userInfo } from 'node:os';
import { Flag } from './flag.ts';

export interface ActorOptions {
  actor?: string;
}

export function actorFlag(): Flag {
  return new Flag('--actor <name>', 'who says so, for the journal (default: your user name)', { environment: 'PHOTOORG_ACTOR' });
}

/** The named actor, else the user of the operating system. */
export function actorOf(options: ActorOptions): string {
  return options.actor ?? userInfo().username;
}
