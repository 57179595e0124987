/** `npm run package`: makes portcullis-<version>.vsix. */
import { packageExtension } from './vsix.mts';

console.log(await packageExtension());
