import { describe, expect, it } from 'vitest';
import { isForbiddenAddress, webhookAddresses } from '../../src/adapters/webhook-addresses.js';

const { refusal } = webhookAddresses(['localhost']);

describe('a webhook address', () => {
  it.each([
    'https://shop.example.com/hook',
    'http://shop.example.com:8080/hook',
    'https://93.184.215.14/hook',
    'https://[2606:4700::1111]/hook',
    'http://localhost:4567/api/payments/webhook',
  ])('may be %s', (url) => {
    expect(refusal(url)).toBeUndefined();
  });

  it.each([
    'not a url',
    'ftp://shop.example.com/',
    'file:///etc/passwd',
    'https://user:secret@shop.example.com/',
    // Instance metadata, in the forms that a URL can give it.
    'http://169.254.169.254/latest/meta-data/',
    'http://169.254.170.2/v2/credentials',
    'http://2852039166/',
    'http://0xa9fea9fe/',
    'http://[::ffff:169.254.169.254]/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://[fd00:ec2::254]/',
    // Lambda's own runtime API.
    'http://127.0.0.1:9001/2018-06-01/runtime/invocation/next',
    'http://127.1:9001/',
    'http://0.0.0.0/',
    'http://[::1]/',
    'http://[::]/',
    'http://10.1.2.3/',
    'http://172.31.0.1/',
    'http://192.168.1.1/',
    'http://100.64.0.1/',
    'http://224.0.0.1/',
    'http://[fe80::1]/',
    'http://[64:ff9b::a9fe:a9fe]/',
    'http://shop.localhost/',
    'http://metadata.google.internal/',
    'http://intranet/',
    'http://localhost./',
  ])('may not be %s', (url) => {
    expect(refusal(url)).toMatch(/^Invalid URL: /);
  });

  it('may not be the loopback where the template does not say so', () => {
    expect(webhookAddresses([]).refusal('http://localhost:4567/')).toBeDefined();
  });

  it.each(['8.8.8.8', '2606:4700::1111', '::ffff:8.8.8.8'])('may lead to %s', (address) => {
    expect(isForbiddenAddress(address)).toBe(false);
  });
});
