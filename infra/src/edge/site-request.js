/**
 * CloudFront Function (cloudfront-js-2.0), viewer request of the site: pages of the shop are one document, so
 * every path without an extension is answered by it. Paths below /api/ that no service owns do not exist, nor does
 * /releases/, where the site keeps the bundles to step back to: a page that was replaced for a hole in it is not to be had.
 */
// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by this name.
function handler(event) {
  var request = event.request;
  // S3 decodes what it is asked for, so that %72eleases/ is releases/ there.
  if (/^\/*releases(\/|$)/.test(decoded(request.uri)))
    return { statusCode: 404, statusDescription: 'Not Found' };
  var lastSegment = request.uri.substring(request.uri.lastIndexOf('/') + 1);
  if (lastSegment.indexOf('.') !== -1) return request;
  if (request.uri === '/api' || request.uri.indexOf('/api/') === 0) {
    return {
      statusCode: 404,
      statusDescription: 'Not Found',
      // What is answered here passes no policy that would add them.
      headers: {
        'content-type': { value: 'application/problem+json' },
        'cache-control': { value: 'no-store' },
        'content-security-policy': { value: "default-src 'none'; frame-ancestors 'none'" },
        'referrer-policy': { value: 'no-referrer' },
        'strict-transport-security': { value: 'max-age=63072000; includeSubDomains' },
        'x-content-type-options': { value: 'nosniff' },
      },
      body: '{"type":"about:blank","title":"Not Found","status":404,"code":"NOT_FOUND"}',
    };
  }
  request.uri = '/index.html';
  return request;
}

function decoded(uri) {
  try {
    return decodeURIComponent(uri);
  } catch (_error) {
    return uri; // No key of the site has a sign that cannot be decoded, and S3 refuses it.
  }
}
