import { cloudHealth } from '@shipline/local-cloud';
import type { Target } from '../../deploy/target.js';

const REAL_MINUTE = 60;

/** How long a minute of a release or an alarm lasts: on the laptop `pnpm dev` shortens it while it deploys. */
export const minuteOf =
  ({ local }: Pick<Target, 'local'>) =>
  async (): Promise<number> => {
    if (!local) return REAL_MINUTE;
    const health = await cloudHealth(local.port);
    if (!health) throw new Error('The local cloud does not answer.');
    return health.minuteSeconds;
  };
