/** Commands that make sense for several cases at once. */
export const bulkVerbs = ['offer_handover', 'escalate', 'add_note'] as const;
export type BulkVerb = (typeof bulkVerbs)[number];
