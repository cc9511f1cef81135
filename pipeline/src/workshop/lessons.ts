/** Whatever is not there yet, a sentence each that says how to get there. Nothing is missing where a lesson is done. */
export type Missing = readonly string[];

export interface Lesson {
  readonly number: number;
  readonly title: string;
  /** Below docs/workshop. */
  readonly page: string;
  readonly minutes: number;
}

export const lessons = [
  { number: 1, title: 'Run the shop and follow one order', page: '1-follow-an-order.md', minutes: 15 },
  { number: 2, title: 'Ship with SAM, by hand', page: '2-sam-by-hand.md', minutes: 20 },
  {
    number: 3,
    title: 'Ship with a canary, break it, watch it go back',
    page: '3-ship-with-a-canary.md',
    minutes: 25,
  },
] as const satisfies readonly Lesson[];

export type LessonNumber = (typeof lessons)[number]['number'];
