import { guestOf, signUp } from '@shipline/pipeline/shop/customer';
import { outputs } from './environment.js';

export type { Customer } from '@shipline/pipeline/shop/customer';

export const newCustomer = () => signUp(outputs);
export const guestShop = guestOf(outputs);
