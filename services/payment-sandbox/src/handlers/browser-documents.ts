import { Router } from '@aws-lambda-powertools/event-handler/http';

/** Made by src/browser/build.ts. */
export interface BrowserDocuments {
  readonly stripeScript: string;
  readonly cardFrame: string;
  /** The frame's Content-Security-Policy. */
  readonly cardFramePolicy: string;
}

/**
 * What a merchant's page loads. Any page may hold the frame, as with Stripe's: its merchants are not known here,
 * and what is typed into it leaves it for this origin only. So there is no frame-ancestors in its policy.
 */
export function browserDocuments({ stripeScript, cardFrame, cardFramePolicy }: BrowserDocuments): Router {
  const api = new Router();
  const common = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
  api.get(
    '/stripe.js',
    async () =>
      new Response(stripeScript, {
        headers: {
          ...common,
          'content-type': 'text/javascript; charset=utf-8',
          'cross-origin-resource-policy': 'cross-origin',
        },
      }),
  );
  api.get(
    '/card-frame',
    async () =>
      new Response(cardFrame, {
        headers: {
          ...common,
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': cardFramePolicy,
          // The page that holds it is in its address.
          'referrer-policy': 'no-referrer',
        },
      }),
  );
  return api;
}
