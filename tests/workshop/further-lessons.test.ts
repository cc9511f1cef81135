import { tried, tryPages } from './lessons.js';

tryPages(tried.slow);
