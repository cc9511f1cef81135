import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { renderSamConfig } from '../src/sam-config.js';

writeFileSync(resolve(import.meta.dirname, '../../samconfig.toml'), renderSamConfig());
console.log('samconfig.toml is rendered.');
