import { Fn, Lazy, Token } from 'aws-cdk-lib';

/** A description takes 256 characters: a table's name, an ARN or address, and two functions fit. */
const most = 4;

/**
 * Describes a version by what CloudFormation fills into its variables. A version keeps the variables that it was
 * published with, and its logical id is a hash of the template, which has only the names of parameters: when another
 * stack changes a value, nothing but this text differs, and a new description makes CloudFormation publish a new version.
 * @param variables Those of the function, read at synthesis.
 */
export const versionDescription = (variables: ReadonlyMap<string, string>): string =>
  Lazy.string({
    produce: () => {
      const filledIn = [...variables].filter(([, value]) => Token.isUnresolved(value));
      if (filledIn.length > most)
        throw new Error(
          `${filledIn.map(([name]) => name).join(', ')}: a version's description has room for ${most} values.`,
        );
      return filledIn.length === 0 ? undefined : filledIn.map(shortest).join(' ');
    },
  });

/** Of a function's ARN its name: all that another stack can change. */
const shortest = ([variable, value]: [string, string]): string =>
  variable.endsWith('_FUNCTION') ? Fn.select(6, Fn.split(':', value)) : value;
