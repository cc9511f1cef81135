import type { Missing } from './lessons.js';

/** The card that lesson 2 teaches the sandbox: one of Stripe's, from a German bank. */
export const germanCard = { number: '4000002760000016', ready: 'pm_card_de' } as const;

/** What lesson 2 leaves behind. */
export interface SandboxSeen {
  /** The deployed sandbox takes the card. */
  readonly knowsCard: boolean;
  /** `pnpm deploy:local` and `pnpm dev` leave their tag at the stack; the reader's `sam deploy` does not. */
  readonly isDeployedByHand: boolean;
  /** An order that was paid with the card is confirmed. */
  readonly isPaidWith: boolean;
}

export function missingOfSam({ knowsCard, isDeployedByHand, isPaidWith }: SandboxSeen): Missing {
  if (!knowsCard)
    return [
      'The deployed sandbox does not know the card 4000 0027 6000 0016 yet: add it (step 2), then build, package and deploy (steps 3 to 5).',
    ];
  return [
    ...(isDeployedByHand
      ? []
      : [
          'The sandbox knows the card, but it was `pnpm dev` or `pnpm deploy:local` that shipped it: stop `pnpm dev`, and do steps 4 and 5 by hand.',
        ]),
    ...(isPaidWith
      ? []
      : ['Nobody has paid with the new card yet: `pnpm workshop buy --card pm_card_de` (step 6).']),
  ];
}
