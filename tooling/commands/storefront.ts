import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { runCommand, UserError, type Values } from '../src/cli.js';
import { readOutputs } from '../src/deploy/outputs.js';
import { deployedTargetOf, environmentNamed } from '../src/deploy/target.js';
import { storefrontClients } from '../src/storefront/clients.js';
import type { History } from '../src/storefront/history.js';
import { HistoryFile } from '../src/storefront/history-file.js';
import { rollBack } from '../src/storefront/release.js';

await runCommand({
  name: 'pnpm storefront',
  summary: 'lists the releases of the storefront, and brings an older one live',
  help: `
Usage: pnpm storefront releases [--env <environment>]
       pnpm storefront rollback [--env <environment>] [--to <release>]

releases  the last five, and which of them is live
rollback  one step back, to the release that the live one replaced; repeated, it goes further. Its page is served
          within a second; pages that are open stay what they are. The next deployment releases what is built then.

Options:
  --env   local (default), dev, staging or prod
  --to    the number of the release that is to be live, an older or a newer one
  --help  this text

Example:
  pnpm storefront rollback --env prod --to 12`,
  options: { env: { type: 'string', default: 'local' }, to: { type: 'string' } },
  takesWords: true,
  async run(values, [verb, ...rest]) {
    if (rest.length > 0 || (verb !== 'releases' && verb !== 'rollback'))
      throw new UserError('Say `pnpm storefront releases` or `pnpm storefront rollback`.');
    const to = releaseFrom(values['to']);
    const target = await deployedTargetOf(environmentNamed(values['env']), console.error);
    const outputs = await readOutputs(new CloudFormationClient({ maxAttempts: 2 }), target);
    const clients = storefrontClients(target);
    if (verb === 'releases') {
      const { history } = await new HistoryFile(clients.s3, outputs.siteBucket).read();
      console.log(listOf(history));
      return 0;
    }
    const { left, live } = await rollBack(clients, outputs, to);
    console.log(
      `Live in ${outputs.environment}: release ${live.number} of the storefront (${live.bundle}, published ${live.publishedAt}); it was ${left.number}: ${outputs.storefrontUrl}`,
    );
    return 0;
  },
});

function releaseFrom(to: Values[string]): number | undefined {
  if (to === undefined) return undefined;
  if (/^\d+$/.test(String(to))) return Number(to);
  throw new UserError(
    `\`--to\` takes the number of a release, not \`${to}\`: \`pnpm storefront releases\` lists them.`,
  );
}

/** The youngest first. */
function listOf({ live, releases, underWay }: History): string {
  if (releases.length === 0) return 'The storefront has not been released yet.';
  return releases
    .toReversed()
    .map(({ number, bundle, publishedAt, replaced }) =>
      [
        String(number).padStart(5),
        bundle,
        publishedAt,
        replaced === undefined ? '' : `replaced ${replaced}`,
        number === live ? (underWay ? '<- on its way to be live, or cut off' : '<- live') : '',
      ]
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
