/** Findings as SARIF 2.1.0, which code scanning services read. Columns are UTF-16 code units. */
import { rulePage, type RuleInfo } from '../../analysis/index.ts';
import { placeFindings, type FileFindings } from './findings.ts';

const LEVELS: Readonly<Record<string, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

export function toSarif(files: readonly FileFindings[], rules: readonly RuleInfo[]): unknown {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        columnKind: 'utf16CodeUnits',
        tool: { driver: { name: 'portcullis', rules: rules.map(toRule) } },
        results: placeFindings(files).map((finding) => ({
          ruleId: finding.code,
          level: LEVELS[finding.severity] ?? 'note',
          message: { text: finding.message },
          ...(finding.excused === undefined
            ? {}
            : { suppressions: [{ kind: 'external', justification: finding.excused }] }),
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: encodeURI(finding.file.replaceAll('\\', '/')) },
                region: {
                  startLine: finding.line,
                  startColumn: finding.column,
                  endLine: finding.endLine,
                  endColumn: finding.endColumn,
                },
              },
            },
          ],
        })),
      },
    ],
  };
}

function toRule({ code, title }: RuleInfo): unknown {
  return { id: code, shortDescription: { text: title }, helpUri: rulePage(code) };
}
