/** The shelves, in the order in which they are loaded on the ship. A test holds them against the seed data. */
export const categories = [
  { id: 'mugs', name: 'Mugs' },
  { id: 'shirts', name: 'Shirts' },
  { id: 'prints', name: 'Prints' },
  { id: 'bags', name: 'Bags' },
  { id: 'desk', name: 'Desk' },
  { id: 'pins', name: 'Pins' },
] as const;
