/**
 * The shop under test: `SHIPLINE_SHOP_URL`, or the address in the outputs of `pnpm test`.
 * @throws when neither is set, because a journey is never skipped
 */
export function shopUrl(env: NodeJS.ProcessEnv = process.env): string {
  const outputs = env['SHIPLINE_OUTPUTS'];
  const url =
    env['SHIPLINE_SHOP_URL'] ?? (outputs && (JSON.parse(outputs) as { storefrontUrl: string }).storefrontUrl);
  if (!url) throw new Error('Set SHIPLINE_SHOP_URL to the shop, or run `pnpm test --only journeys`.');
  return url.replace(/\/$/, '');
}
