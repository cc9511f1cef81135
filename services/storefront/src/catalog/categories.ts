/** The shelves, in the order in which they are loaded on the ship. A test holds them against the seed data. */
export const categories = [{ id: 'mugs', name: 'Mugs' }] as const;
