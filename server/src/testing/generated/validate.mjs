// Generated from schemas/policy-test.schema.json by scripts/generate.mts. Do not edit.
var __getOwnPropNames = Object.getOwnPropertyNames;
var __commonJS = (cb, mod) =>
  function __require() {
    try {
      return (mod || (0, cb[__getOwnPropNames(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports);
    } catch (e) {
      throw ((mod = 0), e);
    }
  };

// node_modules/ajv/dist/runtime/ucs2length.js
var require_ucs2length = __commonJS({
  'node_modules/ajv/dist/runtime/ucs2length.js'(exports) {
    'use strict';
    Object.defineProperty(exports, '__esModule', { value: true });
    function ucs2length(str) {
      const len = str.length;
      let length = 0;
      let pos = 0;
      let value;
      while (pos < len) {
        length++;
        value = str.charCodeAt(pos++);
        if (value >= 55296 && value <= 56319 && pos < len) {
          value = str.charCodeAt(pos);
          if ((value & 64512) === 56320) pos++;
        }
      }
      return length;
    }
    exports.default = ucs2length;
    ucs2length.code = 'require("ajv/dist/runtime/ucs2length").default';
  },
});

// <stdin>
var validate = validate10;
var stdin_default = validate10;
var schema11 = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Tests of an MCP tool policy',
  description: `Calls, and what a policy must decide of each: <name>.policy-test.json, run by "portcullis test". Cases run in the order in which they stand and share the policy's counters. Strict JSON: no comments, no key twice, no unknown keys.`,
  type: 'object',
  additionalProperties: false,
  required: ['policy', 'cases'],
  properties: {
    $schema: { description: 'Where an editor finds this schema. Ignored by Portcullis.', type: 'string' },
    policy: {
      description: 'Path of the policy under test, from the folder of this file.',
      type: 'string',
      minLength: 1,
      maxLength: 4096,
    },
    tools: {
      description:
        'Path of a saved tools/list result, from the folder of this file. With it, calls of tools that the server does not list are denied, and risk and category come from what the server says of a tool.',
      type: 'string',
      minLength: 1,
      maxLength: 4096,
    },
    cases: {
      description: 'The cases, in the order in which they run.',
      type: 'array',
      items: { $ref: '#/definitions/case' },
    },
  },
  definitions: {
    case: {
      description: 'A call, and what the policy must decide of it.',
      type: 'object',
      additionalProperties: false,
      required: ['name', 'call', 'expect'],
      properties: {
        name: { description: 'What the case shows, for people.', type: 'string', minLength: 1, maxLength: 256 },
        call: { $ref: '#/definitions/call' },
        expect: { $ref: '#/definitions/expectation' },
        repeat: {
          description: 'How often the call is made; the expectation is of the last time. For limits.',
          type: 'integer',
          minimum: 1,
          maximum: 1e4,
          default: 1,
        },
        reset: {
          description:
            'Whether all counters and the time begin anew before this case. Without it a case finds them as the cases before have left them.',
          type: 'boolean',
          default: false,
        },
      },
    },
    call: {
      description: 'A call as "portcullis eval" reads it.',
      type: 'object',
      additionalProperties: false,
      required: ['tool'],
      properties: {
        tool: { description: 'Name of the tool that is called.', type: 'string' },
        arguments: { description: 'What the tool is given. Without it, every argument is absent.', type: 'object' },
        grant: { description: 'Label of the grant that the client holds.', type: 'string', default: 'local' },
        session: {
          description: 'The session; counters of the scope "session" are counted for each apart.',
          type: 'string',
          default: 'default',
        },
        client: { description: 'What the client calls itself.', type: 'string' },
        category: {
          description: "The tool's category. Without it, what the classifier says of the tool.",
          type: 'string',
          enum: ['Read', 'Write', 'Execute', 'Destructive', 'Financial'],
        },
        risk: {
          description: "The tool's risk. Without it, what the classifier says of the tool.",
          type: 'string',
          enum: ['low', 'medium', 'high', 'critical'],
        },
        at: {
          description:
            'When the call is made: ISO 8601 with a zone, such as "2026-01-31T09:00:00Z". Without it, when the call before was made; for the first, 2026-01-01T00:00:00Z, so that a test says the same on any day.',
          type: 'string',
        },
      },
    },
    expectation: {
      description: 'What the policy must decide.',
      type: 'object',
      additionalProperties: false,
      required: ['decision'],
      properties: {
        decision: {
          description: 'Whether the call is let through, denied, or waits for a person.',
          type: 'string',
          enum: ['allow', 'deny', 'needs_approval'],
        },
        rule: {
          description:
            'The rule that decides, as the log names it: "/tools/pay/deny_if/args.amount-gt", "(hidden)", "(default deny)"; empty for a plain allow. Without it, any rule may.',
          type: 'string',
        },
      },
    },
  },
};
var func0 = Object.prototype.hasOwnProperty;
var func49 = require_ucs2length().default;
var schema12 = {
  description: 'A call, and what the policy must decide of it.',
  type: 'object',
  additionalProperties: false,
  required: ['name', 'call', 'expect'],
  properties: {
    name: { description: 'What the case shows, for people.', type: 'string', minLength: 1, maxLength: 256 },
    call: { $ref: '#/definitions/call' },
    expect: { $ref: '#/definitions/expectation' },
    repeat: {
      description: 'How often the call is made; the expectation is of the last time. For limits.',
      type: 'integer',
      minimum: 1,
      maximum: 1e4,
      default: 1,
    },
    reset: {
      description:
        'Whether all counters and the time begin anew before this case. Without it a case finds them as the cases before have left them.',
      type: 'boolean',
      default: false,
    },
  },
};
var schema13 = {
  description: 'A call as "portcullis eval" reads it.',
  type: 'object',
  additionalProperties: false,
  required: ['tool'],
  properties: {
    tool: { description: 'Name of the tool that is called.', type: 'string' },
    arguments: { description: 'What the tool is given. Without it, every argument is absent.', type: 'object' },
    grant: { description: 'Label of the grant that the client holds.', type: 'string', default: 'local' },
    session: {
      description: 'The session; counters of the scope "session" are counted for each apart.',
      type: 'string',
      default: 'default',
    },
    client: { description: 'What the client calls itself.', type: 'string' },
    category: {
      description: "The tool's category. Without it, what the classifier says of the tool.",
      type: 'string',
      enum: ['Read', 'Write', 'Execute', 'Destructive', 'Financial'],
    },
    risk: {
      description: "The tool's risk. Without it, what the classifier says of the tool.",
      type: 'string',
      enum: ['low', 'medium', 'high', 'critical'],
    },
    at: {
      description:
        'When the call is made: ISO 8601 with a zone, such as "2026-01-31T09:00:00Z". Without it, when the call before was made; for the first, 2026-01-01T00:00:00Z, so that a test says the same on any day.',
      type: 'string',
    },
  },
};
var schema14 = {
  description: 'What the policy must decide.',
  type: 'object',
  additionalProperties: false,
  required: ['decision'],
  properties: {
    decision: {
      description: 'Whether the call is let through, denied, or waits for a person.',
      type: 'string',
      enum: ['allow', 'deny', 'needs_approval'],
    },
    rule: {
      description:
        'The rule that decides, as the log names it: "/tools/pay/deny_if/args.amount-gt", "(hidden)", "(default deny)"; empty for a plain allow. Without it, any rule may.',
      type: 'string',
    },
  },
};
function validate11(data, { instancePath = '', parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    if (data.name === void 0 || !func0.call(data, 'name')) {
      const err0 = {
        instancePath,
        schemaPath: '#/required',
        keyword: 'required',
        params: { missingProperty: 'name' },
        message: "must have required property 'name'",
        schema: schema12.required,
        parentSchema: schema12,
        data,
      };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.call === void 0 || !func0.call(data, 'call')) {
      const err1 = {
        instancePath,
        schemaPath: '#/required',
        keyword: 'required',
        params: { missingProperty: 'call' },
        message: "must have required property 'call'",
        schema: schema12.required,
        parentSchema: schema12,
        data,
      };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    if (data.expect === void 0 || !func0.call(data, 'expect')) {
      const err2 = {
        instancePath,
        schemaPath: '#/required',
        keyword: 'required',
        params: { missingProperty: 'expect' },
        message: "must have required property 'expect'",
        schema: schema12.required,
        parentSchema: schema12,
        data,
      };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
    for (const key0 of Object.keys(data)) {
      if (!(key0 === 'name' || key0 === 'call' || key0 === 'expect' || key0 === 'repeat' || key0 === 'reset')) {
        const err3 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
          message: 'must NOT have additional properties',
          schema: false,
          parentSchema: schema12,
          data,
        };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.name !== void 0 && func0.call(data, 'name')) {
      let data0 = data.name;
      if (typeof data0 === 'string') {
        if (func49(data0) > 256) {
          const err4 = {
            instancePath: instancePath + '/name',
            schemaPath: '#/properties/name/maxLength',
            keyword: 'maxLength',
            params: { limit: 256 },
            message: 'must NOT have more than 256 characters',
            schema: 256,
            parentSchema: schema12.properties.name,
            data: data0,
          };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
        if (func49(data0) < 1) {
          const err5 = {
            instancePath: instancePath + '/name',
            schemaPath: '#/properties/name/minLength',
            keyword: 'minLength',
            params: { limit: 1 },
            message: 'must NOT have fewer than 1 characters',
            schema: 1,
            parentSchema: schema12.properties.name,
            data: data0,
          };
          if (vErrors === null) {
            vErrors = [err5];
          } else {
            vErrors.push(err5);
          }
          errors++;
        }
      } else {
        const err6 = {
          instancePath: instancePath + '/name',
          schemaPath: '#/properties/name/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema12.properties.name.type,
          parentSchema: schema12.properties.name,
          data: data0,
        };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
    if (data.call !== void 0 && func0.call(data, 'call')) {
      let data1 = data.call;
      if (data1 && typeof data1 == 'object' && !Array.isArray(data1)) {
        if (data1.tool === void 0 || !func0.call(data1, 'tool')) {
          const err7 = {
            instancePath: instancePath + '/call',
            schemaPath: '#/definitions/call/required',
            keyword: 'required',
            params: { missingProperty: 'tool' },
            message: "must have required property 'tool'",
            schema: schema13.required,
            parentSchema: schema13,
            data: data1,
          };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
        for (const key1 of Object.keys(data1)) {
          if (!(
            key1 === 'tool' ||
            key1 === 'arguments' ||
            key1 === 'grant' ||
            key1 === 'session' ||
            key1 === 'client' ||
            key1 === 'category' ||
            key1 === 'risk' ||
            key1 === 'at'
          )) {
            const err8 = {
              instancePath: instancePath + '/call',
              schemaPath: '#/definitions/call/additionalProperties',
              keyword: 'additionalProperties',
              params: { additionalProperty: key1 },
              message: 'must NOT have additional properties',
              schema: false,
              parentSchema: schema13,
              data: data1,
            };
            if (vErrors === null) {
              vErrors = [err8];
            } else {
              vErrors.push(err8);
            }
            errors++;
          }
        }
        if (data1.tool !== void 0 && func0.call(data1, 'tool')) {
          let data2 = data1.tool;
          if (typeof data2 !== 'string') {
            const err9 = {
              instancePath: instancePath + '/call/tool',
              schemaPath: '#/definitions/call/properties/tool/type',
              keyword: 'type',
              params: { type: 'string' },
              message: 'must be string',
              schema: schema13.properties.tool.type,
              parentSchema: schema13.properties.tool,
              data: data2,
            };
            if (vErrors === null) {
              vErrors = [err9];
            } else {
              vErrors.push(err9);
            }
            errors++;
          }
        }
        if (data1.arguments !== void 0 && func0.call(data1, 'arguments')) {
          let data3 = data1.arguments;
          if (!(data3 && typeof data3 == 'object' && !Array.isArray(data3))) {
            const err10 = {
              instancePath: instancePath + '/call/arguments',
              schemaPath: '#/definitions/call/properties/arguments/type',
              keyword: 'type',
              params: { type: 'object' },
              message: 'must be object',
              schema: schema13.properties.arguments.type,
              parentSchema: schema13.properties.arguments,
              data: data3,
            };
            if (vErrors === null) {
              vErrors = [err10];
            } else {
              vErrors.push(err10);
            }
            errors++;
          }
        }
        if (data1.grant !== void 0 && func0.call(data1, 'grant')) {
          let data4 = data1.grant;
          if (typeof data4 !== 'string') {
            const err11 = {
              instancePath: instancePath + '/call/grant',
              schemaPath: '#/definitions/call/properties/grant/type',
              keyword: 'type',
              params: { type: 'string' },
              message: 'must be string',
              schema: schema13.properties.grant.type,
              parentSchema: schema13.properties.grant,
              data: data4,
            };
            if (vErrors === null) {
              vErrors = [err11];
            } else {
              vErrors.push(err11);
            }
            errors++;
          }
        }
        if (data1.session !== void 0 && func0.call(data1, 'session')) {
          let data5 = data1.session;
          if (typeof data5 !== 'string') {
            const err12 = {
              instancePath: instancePath + '/call/session',
              schemaPath: '#/definitions/call/properties/session/type',
              keyword: 'type',
              params: { type: 'string' },
              message: 'must be string',
              schema: schema13.properties.session.type,
              parentSchema: schema13.properties.session,
              data: data5,
            };
            if (vErrors === null) {
              vErrors = [err12];
            } else {
              vErrors.push(err12);
            }
            errors++;
          }
        }
        if (data1.client !== void 0 && func0.call(data1, 'client')) {
          let data6 = data1.client;
          if (typeof data6 !== 'string') {
            const err13 = {
              instancePath: instancePath + '/call/client',
              schemaPath: '#/definitions/call/properties/client/type',
              keyword: 'type',
              params: { type: 'string' },
              message: 'must be string',
              schema: schema13.properties.client.type,
              parentSchema: schema13.properties.client,
              data: data6,
            };
            if (vErrors === null) {
              vErrors = [err13];
            } else {
              vErrors.push(err13);
            }
            errors++;
          }
        }
        if (data1.category !== void 0 && func0.call(data1, 'category')) {
          let data7 = data1.category;
          if (typeof data7 !== 'string') {
            const err14 = {
              instancePath: instancePath + '/call/category',
              schemaPath: '#/definitions/call/properties/category/type',
              keyword: 'type',
              params: { type: 'string' },
              message: 'must be string',
              schema: schema13.properties.category.type,
              parentSchema: schema13.properties.category,
              data: data7,
            };
            if (vErrors === null) {
              vErrors = [err14];
            } else {
              vErrors.push(err14);
            }
            errors++;
          }
          if (!(
            data7 === 'Read' ||
            data7 === 'Write' ||
            data7 === 'Execute' ||
            data7 === 'Destructive' ||
            data7 === 'Financial'
          )) {
            const err15 = {
              instancePath: instancePath + '/call/category',
              schemaPath: '#/definitions/call/properties/category/enum',
              keyword: 'enum',
              params: { allowedValues: schema13.properties.category.enum },
              message: 'must be equal to one of the allowed values',
              schema: schema13.properties.category.enum,
              parentSchema: schema13.properties.category,
              data: data7,
            };
            if (vErrors === null) {
              vErrors = [err15];
            } else {
              vErrors.push(err15);
            }
            errors++;
          }
        }
        if (data1.risk !== void 0 && func0.call(data1, 'risk')) {
          let data8 = data1.risk;
          if (typeof data8 !== 'string') {
            const err16 = {
              instancePath: instancePath + '/call/risk',
              schemaPath: '#/definitions/call/properties/risk/type',
              keyword: 'type',
              params: { type: 'string' },
              message: 'must be string',
              schema: schema13.properties.risk.type,
              parentSchema: schema13.properties.risk,
              data: data8,
            };
            if (vErrors === null) {
              vErrors = [err16];
            } else {
              vErrors.push(err16);
            }
            errors++;
          }
          if (!(data8 === 'low' || data8 === 'medium' || data8 === 'high' || data8 === 'critical')) {
            const err17 = {
              instancePath: instancePath + '/call/risk',
              schemaPath: '#/definitions/call/properties/risk/enum',
              keyword: 'enum',
              params: { allowedValues: schema13.properties.risk.enum },
              message: 'must be equal to one of the allowed values',
              schema: schema13.properties.risk.enum,
              parentSchema: schema13.properties.risk,
              data: data8,
            };
            if (vErrors === null) {
              vErrors = [err17];
            } else {
              vErrors.push(err17);
            }
            errors++;
          }
        }
        if (data1.at !== void 0 && func0.call(data1, 'at')) {
          let data9 = data1.at;
          if (typeof data9 !== 'string') {
            const err18 = {
              instancePath: instancePath + '/call/at',
              schemaPath: '#/definitions/call/properties/at/type',
              keyword: 'type',
              params: { type: 'string' },
              message: 'must be string',
              schema: schema13.properties.at.type,
              parentSchema: schema13.properties.at,
              data: data9,
            };
            if (vErrors === null) {
              vErrors = [err18];
            } else {
              vErrors.push(err18);
            }
            errors++;
          }
        }
      } else {
        const err19 = {
          instancePath: instancePath + '/call',
          schemaPath: '#/definitions/call/type',
          keyword: 'type',
          params: { type: 'object' },
          message: 'must be object',
          schema: schema13.type,
          parentSchema: schema13,
          data: data1,
        };
        if (vErrors === null) {
          vErrors = [err19];
        } else {
          vErrors.push(err19);
        }
        errors++;
      }
    }
    if (data.expect !== void 0 && func0.call(data, 'expect')) {
      let data10 = data.expect;
      if (data10 && typeof data10 == 'object' && !Array.isArray(data10)) {
        if (data10.decision === void 0 || !func0.call(data10, 'decision')) {
          const err20 = {
            instancePath: instancePath + '/expect',
            schemaPath: '#/definitions/expectation/required',
            keyword: 'required',
            params: { missingProperty: 'decision' },
            message: "must have required property 'decision'",
            schema: schema14.required,
            parentSchema: schema14,
            data: data10,
          };
          if (vErrors === null) {
            vErrors = [err20];
          } else {
            vErrors.push(err20);
          }
          errors++;
        }
        for (const key2 of Object.keys(data10)) {
          if (!(key2 === 'decision' || key2 === 'rule')) {
            const err21 = {
              instancePath: instancePath + '/expect',
              schemaPath: '#/definitions/expectation/additionalProperties',
              keyword: 'additionalProperties',
              params: { additionalProperty: key2 },
              message: 'must NOT have additional properties',
              schema: false,
              parentSchema: schema14,
              data: data10,
            };
            if (vErrors === null) {
              vErrors = [err21];
            } else {
              vErrors.push(err21);
            }
            errors++;
          }
        }
        if (data10.decision !== void 0 && func0.call(data10, 'decision')) {
          let data11 = data10.decision;
          if (typeof data11 !== 'string') {
            const err22 = {
              instancePath: instancePath + '/expect/decision',
              schemaPath: '#/definitions/expectation/properties/decision/type',
              keyword: 'type',
              params: { type: 'string' },
              message: 'must be string',
              schema: schema14.properties.decision.type,
              parentSchema: schema14.properties.decision,
              data: data11,
            };
            if (vErrors === null) {
              vErrors = [err22];
            } else {
              vErrors.push(err22);
            }
            errors++;
          }
          if (!(data11 === 'allow' || data11 === 'deny' || data11 === 'needs_approval')) {
            const err23 = {
              instancePath: instancePath + '/expect/decision',
              schemaPath: '#/definitions/expectation/properties/decision/enum',
              keyword: 'enum',
              params: { allowedValues: schema14.properties.decision.enum },
              message: 'must be equal to one of the allowed values',
              schema: schema14.properties.decision.enum,
              parentSchema: schema14.properties.decision,
              data: data11,
            };
            if (vErrors === null) {
              vErrors = [err23];
            } else {
              vErrors.push(err23);
            }
            errors++;
          }
        }
        if (data10.rule !== void 0 && func0.call(data10, 'rule')) {
          let data12 = data10.rule;
          if (typeof data12 !== 'string') {
            const err24 = {
              instancePath: instancePath + '/expect/rule',
              schemaPath: '#/definitions/expectation/properties/rule/type',
              keyword: 'type',
              params: { type: 'string' },
              message: 'must be string',
              schema: schema14.properties.rule.type,
              parentSchema: schema14.properties.rule,
              data: data12,
            };
            if (vErrors === null) {
              vErrors = [err24];
            } else {
              vErrors.push(err24);
            }
            errors++;
          }
        }
      } else {
        const err25 = {
          instancePath: instancePath + '/expect',
          schemaPath: '#/definitions/expectation/type',
          keyword: 'type',
          params: { type: 'object' },
          message: 'must be object',
          schema: schema14.type,
          parentSchema: schema14,
          data: data10,
        };
        if (vErrors === null) {
          vErrors = [err25];
        } else {
          vErrors.push(err25);
        }
        errors++;
      }
    }
    if (data.repeat !== void 0 && func0.call(data, 'repeat')) {
      let data13 = data.repeat;
      if (!(typeof data13 == 'number' && !(data13 % 1) && !isNaN(data13) && isFinite(data13))) {
        const err26 = {
          instancePath: instancePath + '/repeat',
          schemaPath: '#/properties/repeat/type',
          keyword: 'type',
          params: { type: 'integer' },
          message: 'must be integer',
          schema: schema12.properties.repeat.type,
          parentSchema: schema12.properties.repeat,
          data: data13,
        };
        if (vErrors === null) {
          vErrors = [err26];
        } else {
          vErrors.push(err26);
        }
        errors++;
      }
      if (typeof data13 == 'number' && isFinite(data13)) {
        if (data13 > 1e4 || isNaN(data13)) {
          const err27 = {
            instancePath: instancePath + '/repeat',
            schemaPath: '#/properties/repeat/maximum',
            keyword: 'maximum',
            params: { comparison: '<=', limit: 1e4 },
            message: 'must be <= 10000',
            schema: 1e4,
            parentSchema: schema12.properties.repeat,
            data: data13,
          };
          if (vErrors === null) {
            vErrors = [err27];
          } else {
            vErrors.push(err27);
          }
          errors++;
        }
        if (data13 < 1 || isNaN(data13)) {
          const err28 = {
            instancePath: instancePath + '/repeat',
            schemaPath: '#/properties/repeat/minimum',
            keyword: 'minimum',
            params: { comparison: '>=', limit: 1 },
            message: 'must be >= 1',
            schema: 1,
            parentSchema: schema12.properties.repeat,
            data: data13,
          };
          if (vErrors === null) {
            vErrors = [err28];
          } else {
            vErrors.push(err28);
          }
          errors++;
        }
      }
    }
    if (data.reset !== void 0 && func0.call(data, 'reset')) {
      let data14 = data.reset;
      if (typeof data14 !== 'boolean') {
        const err29 = {
          instancePath: instancePath + '/reset',
          schemaPath: '#/properties/reset/type',
          keyword: 'type',
          params: { type: 'boolean' },
          message: 'must be boolean',
          schema: schema12.properties.reset.type,
          parentSchema: schema12.properties.reset,
          data: data14,
        };
        if (vErrors === null) {
          vErrors = [err29];
        } else {
          vErrors.push(err29);
        }
        errors++;
      }
    }
  } else {
    const err30 = {
      instancePath,
      schemaPath: '#/type',
      keyword: 'type',
      params: { type: 'object' },
      message: 'must be object',
      schema: schema12.type,
      parentSchema: schema12,
      data,
    };
    if (vErrors === null) {
      vErrors = [err30];
    } else {
      vErrors.push(err30);
    }
    errors++;
  }
  validate11.errors = vErrors;
  return errors === 0;
}
function validate10(data, { instancePath = '', parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    if (data.policy === void 0 || !func0.call(data, 'policy')) {
      const err0 = {
        instancePath,
        schemaPath: '#/required',
        keyword: 'required',
        params: { missingProperty: 'policy' },
        message: "must have required property 'policy'",
        schema: schema11.required,
        parentSchema: schema11,
        data,
      };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.cases === void 0 || !func0.call(data, 'cases')) {
      const err1 = {
        instancePath,
        schemaPath: '#/required',
        keyword: 'required',
        params: { missingProperty: 'cases' },
        message: "must have required property 'cases'",
        schema: schema11.required,
        parentSchema: schema11,
        data,
      };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    for (const key0 of Object.keys(data)) {
      if (!(key0 === '$schema' || key0 === 'policy' || key0 === 'tools' || key0 === 'cases')) {
        const err2 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
          message: 'must NOT have additional properties',
          schema: false,
          parentSchema: schema11,
          data,
        };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.$schema !== void 0 && func0.call(data, '$schema')) {
      let data0 = data.$schema;
      if (typeof data0 !== 'string') {
        const err3 = {
          instancePath: instancePath + '/$schema',
          schemaPath: '#/properties/%24schema/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema11.properties.$schema.type,
          parentSchema: schema11.properties.$schema,
          data: data0,
        };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.policy !== void 0 && func0.call(data, 'policy')) {
      let data1 = data.policy;
      if (typeof data1 === 'string') {
        if (func49(data1) > 4096) {
          const err4 = {
            instancePath: instancePath + '/policy',
            schemaPath: '#/properties/policy/maxLength',
            keyword: 'maxLength',
            params: { limit: 4096 },
            message: 'must NOT have more than 4096 characters',
            schema: 4096,
            parentSchema: schema11.properties.policy,
            data: data1,
          };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
        if (func49(data1) < 1) {
          const err5 = {
            instancePath: instancePath + '/policy',
            schemaPath: '#/properties/policy/minLength',
            keyword: 'minLength',
            params: { limit: 1 },
            message: 'must NOT have fewer than 1 characters',
            schema: 1,
            parentSchema: schema11.properties.policy,
            data: data1,
          };
          if (vErrors === null) {
            vErrors = [err5];
          } else {
            vErrors.push(err5);
          }
          errors++;
        }
      } else {
        const err6 = {
          instancePath: instancePath + '/policy',
          schemaPath: '#/properties/policy/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema11.properties.policy.type,
          parentSchema: schema11.properties.policy,
          data: data1,
        };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
    if (data.tools !== void 0 && func0.call(data, 'tools')) {
      let data2 = data.tools;
      if (typeof data2 === 'string') {
        if (func49(data2) > 4096) {
          const err7 = {
            instancePath: instancePath + '/tools',
            schemaPath: '#/properties/tools/maxLength',
            keyword: 'maxLength',
            params: { limit: 4096 },
            message: 'must NOT have more than 4096 characters',
            schema: 4096,
            parentSchema: schema11.properties.tools,
            data: data2,
          };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
        if (func49(data2) < 1) {
          const err8 = {
            instancePath: instancePath + '/tools',
            schemaPath: '#/properties/tools/minLength',
            keyword: 'minLength',
            params: { limit: 1 },
            message: 'must NOT have fewer than 1 characters',
            schema: 1,
            parentSchema: schema11.properties.tools,
            data: data2,
          };
          if (vErrors === null) {
            vErrors = [err8];
          } else {
            vErrors.push(err8);
          }
          errors++;
        }
      } else {
        const err9 = {
          instancePath: instancePath + '/tools',
          schemaPath: '#/properties/tools/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema11.properties.tools.type,
          parentSchema: schema11.properties.tools,
          data: data2,
        };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
    }
    if (data.cases !== void 0 && func0.call(data, 'cases')) {
      let data3 = data.cases;
      if (Array.isArray(data3)) {
        const len0 = data3.length;
        for (let i0 = 0; i0 < len0; i0++) {
          if (
            !validate11(data3[i0], {
              instancePath: instancePath + '/cases/' + i0,
              parentData: data3,
              parentDataProperty: i0,
              rootData,
            })
          ) {
            vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err10 = {
          instancePath: instancePath + '/cases',
          schemaPath: '#/properties/cases/type',
          keyword: 'type',
          params: { type: 'array' },
          message: 'must be array',
          schema: schema11.properties.cases.type,
          parentSchema: schema11.properties.cases,
          data: data3,
        };
        if (vErrors === null) {
          vErrors = [err10];
        } else {
          vErrors.push(err10);
        }
        errors++;
      }
    }
  } else {
    const err11 = {
      instancePath,
      schemaPath: '#/type',
      keyword: 'type',
      params: { type: 'object' },
      message: 'must be object',
      schema: schema11.type,
      parentSchema: schema11,
      data,
    };
    if (vErrors === null) {
      vErrors = [err11];
    } else {
      vErrors.push(err11);
    }
    errors++;
  }
  validate10.errors = vErrors;
  return errors === 0;
}
export { stdin_default as default, validate };
