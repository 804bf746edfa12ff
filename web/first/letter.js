// The contents of a letter: what the rules want in it is ticked off where the case brings it along, and asked for otherwise.

/** The inputs of a command; those that belong to a letter follow the letter that is chosen. */
export function with_letter(inputs) {
  const parts = inputs.find(({ field }) => field === 'letter')?.parts;
  if (!parts) return inputs;
  const parts_of = (letter, is_enclosure) => (parts[letter] ?? []).filter((part) => part.is_enclosure === is_enclosure);
  const following = {
    letter_fields: { type: 'map', follows: 'letter', choices_for: (letter) => parts_of(letter, false) },
    attached_elements: { type: 'choices', follows: 'letter', choices_for: (letter) => parts_of(letter, true) },
  };
  return inputs.map((input) => ({ ...input, ...following[input.field] }));
}
