import { sql } from '../../query/define.ts';
import type { Attribute } from './attribute.ts';

/** What is known of an event by itself, with columns of `raw.events as event`. */
export const eventAttributes: readonly Attribute[] = [
  {
    kind: 'enum',
    name: 'event_type',
    label: 'Event type',
    description: 'Part of the assistant that answered the query.',
    type: 'EventType',
    databaseType: sql`raw.event_type`,
    values: [
      { name: 'ASSISTANT', description: 'A question to the assistant.' },
      { name: 'VAULT', description: 'A question over stored documents.' },
      { name: 'WORKFLOW', description: 'A run of a workflow.' },
    ],
    column: sql`event.event_type`,
  },
];
