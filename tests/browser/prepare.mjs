// Builds the sites that the browser tests and the validator look at. Run it once before them, and after each change.
import { build } from './lib/site.mjs';

try {
  build();
} catch (error) {
  console.error(error.stdout || '', error.stderr || error.message);
  process.exit(1);
}
