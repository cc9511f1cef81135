import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { launchBrowser } from './browser.js';
import { complaintsOf } from './complaints.js';
import { takePicture } from './picture.js';
import { shopUrl } from './shop-url.js';

const address = {
  'Full name': 'Ada Lovelace',
  'Street and number': '12 Quay Street',
  'Postal code': '20457',
  'Town or city': 'Hamburg',
};

// In the page's own words: the tests' types know no DOM.
const decodeImages = 'Promise.all(Array.from(document.images, (image) => image.decode().catch(() => {})))';

/** Somebody who visits the shop in a browser of their own; every method ends when the page shows its effect. */
export class Visitor {
  readonly complaints: readonly string[];
  #pictures = 0;

  private constructor(
    readonly browser: Browser,
    readonly page: Page,
    readonly name: string,
  ) {
    this.complaints = complaintsOf(page);
    page.setDefaultTimeout(60_000);
  }

  /** A new browser each: the bundled one is a single process and ends with its first context. */
  static async arrive(name: string, width: number): Promise<Visitor> {
    const browser = await launchBrowser();
    const viewport = { width, height: width < 600 ? 844 : 900 };
    const page = await browser.newPage({ viewport, reducedMotion: 'reduce', locale: 'en-GB' });
    return new Visitor(browser, page, `${name}-${width}`);
  }

  leave(): Promise<void> {
    return this.browser.close();
  }

  open(path: string) {
    return this.page.goto(`${shopUrl()}${path}`);
  }

  heading(name: string | RegExp) {
    return this.page.getByRole('heading', { level: 1, name });
  }

  /** Keeps a picture of the whole page, and sees that nothing sticks out at the side. */
  async picture(of: string): Promise<void> {
    await this.page.evaluate(decodeImages);
    this.#pictures += 1;
    const number = String(this.#pictures).padStart(2, '0');
    await takePicture(this.page, `${this.name}-${number}-${of}`);
  }

  /** From the shelves to the product, and into the cart. */
  async addToCart(product: { readonly name: string }): Promise<void> {
    await this.page.getByRole('link', { name: product.name }).click();
    await this.heading(product.name).waitFor();
    await this.page.getByText(/In stock|Only \d+ left/).waitFor();
    await this.picture('product');
    await this.page.getByRole('button', { name: 'Add to cart' }).click();
    await this.page.getByText('One is in your cart.').waitFor();
  }

  async openCart(): Promise<void> {
    await this.page.getByRole('link', { name: /^Cart/ }).click();
    await this.heading('Your cart').waitFor();
  }

  /** From the cart to the checkout, by way of a new account. */
  async signUpToCheckOut(credentials: { readonly email: string; readonly password: string }): Promise<void> {
    await this.page.getByRole('link', { name: 'Check out' }).click();
    await this.heading('Sign in').waitFor();
    await this.page.getByRole('link', { name: 'Create an account' }).click();
    await this.heading('Create an account').waitFor();
    await this.page.getByLabel('E-mail').fill(credentials.email);
    await this.page.getByLabel('Password').fill(credentials.password);
    await this.picture('sign-up');
    await this.page.getByRole('button', { name: 'Create account' }).click();
    await this.heading('Check out').waitFor();
  }

  /** Fills in address and card and presses Pay twice, as impatient people do. */
  async pay(card: RegExp): Promise<void> {
    const frame = this.page.frameLocator('iframe[title="Secure card form"]');
    for (const [label, text] of Object.entries(address)) await this.page.getByLabel(label).fill(text);
    await this.page.getByLabel('Country').selectOption('DE');
    await frame.getByRole('button', { name: card }).click();
    expect(await frame.getByLabel('Card number').inputValue()).toMatch(card);
    await this.picture('checkout');
    await this.page.getByRole('button', { name: /^Pay / }).dblclick();
    await this.page.waitForURL(/\/orders\/ord_/);
  }
}
