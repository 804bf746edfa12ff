/** A one-time password that can be read aloud: four groups of letters and digits that are not mistaken for each other. */
export function oneTimePassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  const drawn = crypto.getRandomValues(new Uint32Array(16));
  return Array.from(drawn, (n, i) => (i && i % 4 === 0 ? '-' : '') + letters[n % letters.length]).join('');
}
