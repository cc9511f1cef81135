import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Clock } from '@shipline/lambda-kit/clock';
import { parsedJson } from '@shipline/lambda-kit/json';
import * as z from 'zod/mini';

const GatewaySecret = z.object({
  apiKey: z.string().check(z.minLength(1)),
  /** Absent until the deploy command has registered our webhook. */
  webhookSecret: z.optional(z.string().check(z.minLength(1))),
});
export type GatewaySecret = z.infer<typeof GatewaySecret>;

/** How long a rotated secret may go unnoticed where the old one still works. */
const LIFE_MS = 60_000;
/** A flood of forged signatures must not become a flood of calls to Secrets Manager. */
const MIN_AGE_MS = 5_000;

export interface SecretSource {
  read(): Promise<GatewaySecret>;
  /** Reads again what was rejected, unless it was read just now. @returns whether it is another one */
  renew(): Promise<boolean>;
}

/** The secret's value, kept for a minute, so that a rotation needs no deployment. */
export function gatewaySecret(
  client: Pick<SecretsManagerClient, 'send'>,
  secretArn: string,
  clock: Clock,
): SecretSource {
  let kept: { readonly at: number; readonly value: GatewaySecret } | undefined;
  const fetchNew = async (): Promise<GatewaySecret> => {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
    const value = parsed(SecretString);
    kept = { at: clock().getTime(), value };
    return value;
  };
  const ageOf = (at: number) => clock().getTime() - at;
  return {
    read: async () => (kept && ageOf(kept.at) < LIFE_MS ? kept.value : fetchNew()),
    renew: async () => {
      const before = kept;
      if (before && ageOf(before.at) < MIN_AGE_MS) return false;
      const { apiKey, webhookSecret } = await fetchNew();
      return before?.value.apiKey !== apiKey || before.value.webhookSecret !== webhookSecret;
    },
  };
}

/** Names what is wrong, never a value. */
function parsed(text = ''): GatewaySecret {
  const result = z.safeParse(GatewaySecret, parsedJson(text));
  if (result.success) return result.data;
  throw new Error("The gateway's secret is not JSON {apiKey, webhookSecret?}");
}
