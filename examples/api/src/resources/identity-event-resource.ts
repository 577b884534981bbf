import type { IdentityEvent } from '@photoorg/sdk';
import type { IdentityEventResource } from '../schemas/label.ts';

export function toIdentityEventResource(event: IdentityEvent): IdentityEventResource {
  return { ...event, seq: event.seq.toString(), createdAt: event.createdAt.toISOString() };
}
