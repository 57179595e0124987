/** The argument paths that a policy looks at when it judges calls of one tool. */
import {
  governingEntries,
  governingRulesets,
  type CompiledPolicy,
  type CompiledRuleset,
  type ParsedPath,
} from '../policy/index.ts';

/** A path by its text. */
export type NamedPaths = ReadonlyMap<string, ParsedPath>;

/** All paths of the conditions and limits that govern the tool, in document order; facts about the call among them. */
export function pathsFor(policy: CompiledPolicy, tool: string): NamedPaths {
  return new Map(governingRulesets(policy, governingEntries(policy, tool)).flatMap(pathsOf));
}

/** Paths into the arguments alone. One that stands for all of them names nothing. */
export function argumentPathsFor(policy: CompiledPolicy, tool: string): NamedPaths {
  return new Map([...pathsFor(policy, tool)].filter(([, { root, steps }]) => root === 'args' && steps.length > 0));
}

function pathsOf({ denyIf, require, limits }: CompiledRuleset): readonly (readonly [string, ParsedPath])[] {
  const predicates = [...denyIf, ...require].flatMap((condition) => condition.predicates);
  return [
    ...predicates.map(({ pathText, path }) => [pathText, path] as const),
    ...limits.flatMap(({ incrementFrom }) =>
      incrementFrom ? [[incrementFrom.text, incrementFrom.path] as const] : [],
    ),
  ];
}
