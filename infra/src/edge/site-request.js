/**
 * CloudFront Function (cloudfront-js-2.0), viewer request of the site: pages of the shop are one document, so
 * every path without an extension is answered by it. Paths below /api/ that no service owns do not exist.
 */
// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by this name.
function handler(event) {
  var request = event.request;
  var lastSegment = request.uri.substring(request.uri.lastIndexOf('/') + 1);
  if (lastSegment.indexOf('.') !== -1) return request;
  if (request.uri === '/api' || request.uri.indexOf('/api/') === 0) {
    return {
      statusCode: 404,
      statusDescription: 'Not Found',
      headers: { 'content-type': { value: 'application/problem+json' } },
      body: '{"type":"about:blank","title":"Not Found","status":404,"code":"NOT_FOUND"}',
    };
  }
  request.uri = '/index.html';
  return request;
}
