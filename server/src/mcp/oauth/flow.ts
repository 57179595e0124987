/** What a login and a renewal are made of. Stands apart because authorizer.ts loads it only when it is needed. */
export { discover } from './discovery.ts';
export { beginLogin } from './login.ts';
export { GrantLostError, refresh } from './tokens.ts';
