/** Written by src/browser/build.ts before the functions are bundled: what browsers get from the sandbox. */
declare module '*/dist/browser/documents.js' {
  /** The body of `GET /v1/stripe.js`. */
  export const stripeScript: string;
  /** The body of `GET /v1/card-frame`. */
  export const cardFrame: string;
  /** The Content-Security-Policy that belongs to `cardFrame`: it names the hashes of its script and style. */
  export const cardFramePolicy: string;
}
