import { type Environment, environment, placeholderInputs } from '@shipline/infra';
import type { WarmFunction } from './provisioned-concurrency.js';

/** What an environment's data keep warm. */
export const warmFunctionsOf = ({ functions }: Environment): WarmFunction[] =>
  Object.values(functions.provisionedConcurrency).map((count) => ({ memoryMb: functions.memoryMb, count }));

/** prod's, whoever's account it is. */
export const warmInProd = () => warmFunctionsOf(environment('prod', placeholderInputs));

/** Orders a day for which the page has a row. */
export const pageDays = [10, 100, 300, 1_000, 10_000] as const;
