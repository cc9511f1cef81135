import type { Progress } from '../src/progress.js';
import { buildVariants, startKilobytes, type Variants } from './bundles.js';
import { type BenchFunction, type FunctionKind, functionsOfTheShop, named } from './functions.js';
import { measureStart, type Start } from './measure.js';
import { median, ratio } from './statistics.js';
import { startStubServer } from './stub-server.js';

/** One function's result; ratios of medians that were measured in one interleaved run. */
export interface FunctionResult {
  readonly name: string;
  readonly kind: FunctionKind;
  /** Kilobytes that a start reads: the entry and what it imports statically. */
  readonly kb: number;
  /** Import, against the same source bundled the CDK default way. Goal: at most 0.65. */
  readonly initVsDefault: number;
  /** Import and first invocation, against the same. Goal: at most 0.70. */
  readonly firstVsDefault: number;
  /** Import, against the SDKs and the logger alone. Goal: 1.7 for APIs, 1.4 for others; null without an SDK. */
  readonly initVsFloor: number | null;
}

export interface BenchResult {
  readonly node: string;
  readonly rounds: number;
  readonly functions: readonly FunctionResult[];
}

/** Measures the start of every function, `rounds` times each, all variants in turn. */
export async function bench(
  rounds: number,
  only: string | undefined,
  progress: Progress,
): Promise<BenchResult> {
  const functions = named(functionsOfTheShop(), only);
  const stub = await startStubServer();
  try {
    const results: FunctionResult[] = [];
    for (const fn of functions) {
      progress.note(`${fn.name} (${results.length + 1} of ${functions.length})`);
      results.push(await benchFunction(fn, rounds, stub.url));
    }
    return { node: process.version, rounds, functions: results };
  } finally {
    stub.close();
  }
}

async function benchFunction(fn: BenchFunction, rounds: number, endpoint: string): Promise<FunctionResult> {
  const variants = await buildVariants(fn);
  const starts: Record<keyof Variants, Start[]> = { ours: [], cdkDefault: [], floor: [] };
  // Interleaved, so that a busy moment of the machine falls on all of them; the first round warms the disk.
  for (let round = 0; round <= rounds; round += 1) {
    for (const variant of ['ours', 'cdkDefault', 'floor'] as const) {
      const bundle = variants[variant];
      if (bundle === undefined) continue;
      const start = await measureStart(fn, bundle, endpoint);
      if (round > 0) starts[variant].push(start);
    }
  }
  const imports = (variant: keyof Variants) => median(starts[variant].map(({ importMs }) => importMs));
  const firsts = (variant: keyof Variants) => median(starts[variant].map(({ firstMs }) => firstMs));
  return {
    name: fn.name,
    kind: fn.kind,
    kb: Math.round(startKilobytes(fn.bundle)),
    initVsDefault: ratio(imports('ours'), imports('cdkDefault')),
    firstVsDefault: ratio(firsts('ours'), firsts('cdkDefault')),
    initVsFloor: variants.floor === undefined ? null : ratio(imports('ours'), imports('floor')),
  };
}
