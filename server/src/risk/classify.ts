/**
 * The risk of a tool, with the evidence it rests on. Deterministic, offline, and safe against what servers write:
 * whatever the description, the schema and the hints say, the level never falls below what the name's verb gives.
 */
import type { Tool } from '../catalog/tool.ts';
import { hintSignals } from './hints.ts';
import { levelOf } from './level.ts';
import { formOpinion, runsCode } from './opinion.ts';
import { readTool } from './reading.ts';
import type { Risk } from './verdict.ts';

const verdicts = new WeakMap<Tool, Risk>();

/** Never throws, whatever the tool object holds. The verdict is remembered for as long as the tool object lives. */
export function classifyTool(tool: Tool): Risk {
  let risk = verdicts.get(tool);
  if (risk === undefined) {
    risk = judge(tool);
    verdicts.set(tool, risk);
  }
  return risk;
}

function judge(tool: Tool): Risk {
  const reading = readTool(tool);
  const { category, also, why, confidence } = formOpinion(reading);
  const level = levelOf(category, reading.words, runsCode(category, reading) ? reading.code : undefined);
  return {
    category,
    level: level.level,
    confidence: reading.disguised ? 'low' : confidence,
    ...(also === undefined ? {} : { also }),
    why: level.why === undefined ? why : [...why, level.why],
    signals: [...reading.signals, ...hintSignals(reading.hints, category)],
  };
}
