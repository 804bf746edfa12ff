/** Feelings by how angry, 0 to 3. */
export const moods = ['calm', 'upset', 'angry', 'furious'] as const;
export type Mood = (typeof moods)[number];
export const moodOf = (anger: number): Mood => moods[anger] ?? 'calm';
