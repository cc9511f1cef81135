// Runs in a fresh Node process per measurement, like a cold start: imports the bundle, then calls it once.
// Arguments: bundle (file URL), event (JSON). Prints {importMs, firstMs}; firstMs contains the import.
const [bundle, event] = process.argv.slice(2);
const context = {
  awsRequestId: '00000000-0000-4000-8000-000000000000',
  functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:100000000001:function:bench:live',
  memoryLimitInMB: '256',
  getRemainingTimeInMillis: () => 10_000,
};

const start = performance.now();
const { handler } = await import(bundle);
const importMs = performance.now() - start;
let outcome = 'replied';
try {
  await handler(JSON.parse(event), context);
} catch (error) {
  // The stub knows nothing of our items, so that some functions refuse; both bundles do the same work.
  outcome = error instanceof Error ? error.name : 'threw';
}
const firstMs = performance.now() - start;
// The last line is ours; what the function logs comes before it.
process.stdout.write(`\n${JSON.stringify({ importMs, firstMs, outcome })}\n`, () => process.exit(0));
