/** Findings whose fixes are worked out when somebody asks: an editor underlines after every keystroke, and offers fixes at one place now and then. */
import type { Finding, Fix } from './finding.ts';

/** A finding without its fixes. */
export type About = Omit<Finding, 'fixes'>;

/** `fixes` is asked at most once, and may be asked long after. */
export function withLateFixes(about: About, fixes: () => readonly Fix[]): Finding {
  let found: readonly Fix[] | undefined;
  return {
    ...about,
    get fixes() {
      return (found ??= fixes());
    },
  };
}

/** The rest of a finding, without asking for its fixes. */
export function aboutOf({ code, severity, message, span, sensitive, related, elsewhere }: Finding): About {
  return {
    ...{ code, severity, message, span },
    ...(sensitive && { sensitive }),
    ...(related && { related }),
    ...(elsewhere && { elsewhere }),
  };
}
