// Generated from schemas/policy.schema.json by scripts/generate.mts. Do not edit.
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
  title: 'MCP tool policy',
  description:
    'Decides what AI agents may do with the tools of one MCP server. Strict JSON: no comments, no trailing commas, no key twice, no unknown keys.',
  type: 'object',
  required: ['version', 'default'],
  additionalProperties: false,
  properties: {
    $schema: { description: 'Where an editor finds this schema. Ignored by the gateway.', type: 'string' },
    version: { description: 'Version of the policy language. Always "1", a string.', type: 'string', enum: ['1'] },
    description: { description: 'What this policy is for. Free text; changes no decision.', type: 'string' },
    server: {
      description:
        'Name of the configured MCP server that this policy is for. Needed only where several servers could be meant.',
      type: 'string',
    },
    default: {
      description:
        'What happens to a call of a tool that no entry of "tools" lists: "deny" refuses it, "allow" lets it pass under the rules of "all_tools". A key "*" in "tools" lists nothing.',
      type: 'string',
      enum: ['allow', 'deny'],
    },
    hide: {
      description:
        'Tools that agents must not know of: removed from the tool list, and denied when called anyway. Exact names, or patterns in which * stands for any run of characters; "*" alone hides every tool.',
      type: 'array',
      items: { $ref: '#/definitions/toolPattern' },
    },
    all_tools: { $ref: '#/definitions/ruleset' },
    tools: {
      description:
        'Rules by tool. A key is an exact tool name, or a pattern in which * stands for any run of characters. Every entry whose key fits a tool governs it: their restrictions add up.',
      type: 'object',
      maxProperties: 1e4,
      propertyNames: { $ref: '#/definitions/toolPattern' },
      additionalProperties: { $ref: '#/definitions/entry' },
    },
  },
  definitions: {
    toolPattern: {
      description:
        'An exact tool name, or a pattern in which each * stands for any run of characters, also none. Case counts; nothing is trimmed or folded.',
      type: 'string',
      minLength: 1,
      maxLength: 256,
    },
    ruleset: {
      title: 'Ruleset',
      description:
        'Rules for every call of every tool, also of tools that only "default" allows. Counters in "limits" are shared by all tools.',
      type: 'object',
      additionalProperties: false,
      properties: {
        require: { $ref: '#/definitions/require' },
        deny_if: { $ref: '#/definitions/denyIf' },
        rate_limit: { $ref: '#/definitions/rateLimit' },
        limits: { $ref: '#/definitions/limits' },
      },
    },
    entry: {
      title: 'Entry',
      description: 'What the policy says about the tools that this key fits. {} lists and allows them.',
      type: 'object',
      additionalProperties: false,
      properties: {
        action: {
          description:
            '"deny" refuses every call; "require_approval" asks a person first; "allow" lets calls pass that keep the other rules, and lifts the action of patterns that fit the same tool. The action of an exact name wins; among patterns "deny" wins over "require_approval".',
          type: 'string',
          enum: ['allow', 'deny', 'require_approval'],
        },
        reason: {
          description:
            'Told to the agent and logged when this entry denies a call and the rule itself has no "on_deny".',
          type: 'string',
        },
        require: { $ref: '#/definitions/require' },
        deny_if: { $ref: '#/definitions/denyIf' },
        rate_limit: { $ref: '#/definitions/rateLimit' },
        limits: { $ref: '#/definitions/limits' },
        approval: { $ref: '#/definitions/approval' },
      },
      if: { required: ['approval'] },
      then: { required: ['action'], properties: { action: { const: 'require_approval' } } },
    },
    require: {
      description: 'Conditions that must all hold. A condition that cannot be evaluated denies the call.',
      type: 'array',
      maxItems: 256,
      items: { $ref: '#/definitions/condition' },
    },
    denyIf: {
      description: 'Conditions of which none may hold. A condition that cannot be evaluated denies the call.',
      type: 'array',
      maxItems: 256,
      items: { $ref: '#/definitions/condition' },
    },
    condition: {
      description:
        'Either one predicate ("path", "op", "value") or a group ("conditions") that holds when all of its predicates hold.',
      type: 'object',
      if: { required: ['conditions'] },
      then: { $ref: '#/definitions/group' },
      else: { $ref: '#/definitions/predicate' },
    },
    predicate: {
      title: 'Predicate',
      description: 'Compares one argument of the call, or a fact about it, with a value.',
      type: 'object',
      required: ['path', 'op'],
      additionalProperties: false,
      properties: {
        path: { $ref: '#/definitions/path' },
        op: { $ref: '#/definitions/operator' },
        value: { $ref: '#/definitions/value' },
        on_deny: { $ref: '#/definitions/onDeny' },
        id: { $ref: '#/definitions/id' },
      },
      allOf: [{ $ref: '#/definitions/valueFitsOperator' }],
    },
    group: {
      title: 'Group',
      description:
        'Holds when all of its predicates hold. An empty group always holds, so in "deny_if" it blocks the tool outright.',
      type: 'object',
      required: ['conditions'],
      additionalProperties: false,
      properties: {
        conditions: {
          description: 'The predicates of the group. Groups do not nest.',
          type: 'array',
          maxItems: 64,
          items: { $ref: '#/definitions/groupedPredicate' },
        },
        on_deny: { $ref: '#/definitions/onDeny' },
        id: { $ref: '#/definitions/id' },
      },
    },
    groupedPredicate: {
      title: 'Grouped predicate',
      description: 'One predicate of a group. Its message and id stand at the group.',
      type: 'object',
      required: ['path', 'op'],
      additionalProperties: false,
      properties: {
        path: { $ref: '#/definitions/path' },
        op: { $ref: '#/definitions/operator' },
        value: { $ref: '#/definitions/value' },
      },
      allOf: [{ $ref: '#/definitions/valueFitsOperator' }],
    },
    valueFitsOperator: {
      allOf: [
        {
          if: { required: ['op'], properties: { op: { enum: ['in', 'not_in'] } } },
          then: { properties: { value: { type: 'array', maxItems: 1e4 } } },
        },
        {
          if: { required: ['op'], properties: { op: { enum: ['lt', 'lte', 'gt', 'gte'] } } },
          then: { properties: { value: { type: 'number' } } },
        },
        {
          if: { required: ['op'], properties: { op: { const: 'regex' } } },
          then: { properties: { value: { type: 'string', maxLength: 1e3 } } },
        },
        {
          if: { required: ['op'], properties: { op: { const: 'exists' } } },
          then: { properties: { value: { type: 'boolean' } } },
          else: { required: ['value'] },
        },
      ],
    },
    path: {
      description: `Which value to look at: "args" and steps into the call's arguments (args.amount, args.to[0], args["a key"], args.items[*].price), or tool.name, tool.category, tool.risk, grant.label, client.name.`,
      type: 'string',
      minLength: 1,
      maxLength: 1024,
      examples: ['args.path', 'args.amount', 'args.recipients[*]', 'args["content-type"]', 'tool.risk'],
    },
    operator: {
      description:
        'How to compare: eq, neq (deep equality), in, not_in (one of a list), lt, lte, gt, gte (numbers), regex (RE2, unanchored), contains (text in a string, item in an array), exists. A value of the wrong type denies the call.',
      type: 'string',
      enum: ['eq', 'neq', 'in', 'not_in', 'lt', 'lte', 'gt', 'gte', 'regex', 'contains', 'exists'],
    },
    value: {
      description:
        'What to compare with: an array for in and not_in, a number for lt, lte, gt and gte, a string for regex, true or false for exists (true when left out), any JSON for the others.',
    },
    onDeny: { description: 'Told to the agent and logged when this rule denies a call.', type: 'string' },
    id: {
      description:
        'Name of this condition in the log: letters, digits, _, . and -; unique in its array. Without it the path and the operator make one.',
      type: 'string',
      pattern: '^[A-Za-z0-9_.-]{1,64}$',
    },
    rateLimit: {
      title: 'Rate limit',
      description: 'At most "max" calls in any "window" seconds, counted for each tool apart.',
      type: 'object',
      required: ['max', 'window'],
      additionalProperties: false,
      properties: {
        max: { description: 'How many calls are let through.', type: 'integer', minimum: 0, maximum: 1e5 },
        window: {
          description: 'Length of the sliding window in seconds, at most 31 days.',
          type: 'integer',
          minimum: 1,
          maximum: 2678400,
        },
        scope: {
          description:
            'Whose calls count together: those of one MCP session (the default; reconnecting starts anew) or all of one grant.',
          type: 'string',
          enum: ['session', 'grant'],
          default: 'session',
        },
        on_deny: { $ref: '#/definitions/onDeny' },
      },
    },
    limits: {
      description:
        'Quotas. Each counts calls, or adds up an argument, in a window of the UTC calendar. One counter may have several windows.',
      type: 'array',
      maxItems: 64,
      items: { $ref: '#/definitions/limit' },
    },
    limit: {
      title: 'Limit',
      description: 'Denies a call that would bring the counter over "max" in the current window.',
      type: 'object',
      required: ['counter', 'window', 'max'],
      additionalProperties: false,
      properties: {
        counter: {
          description: 'Name of the counter, shown in the log. Renaming it starts a new count.',
          type: 'string',
          minLength: 1,
          maxLength: 256,
          pattern: '^[^\\u0000-\\u001f\\u007f-\\u009f]*$',
        },
        window: {
          description:
            'When the count starts anew: with each minute, hour, day, week (Monday) or month of the UTC calendar.',
          type: 'string',
          enum: ['minute', 'hour', 'day', 'week', 'month'],
        },
        max: {
          description: 'The most that the counter may reach. Changing it keeps the count.',
          type: 'number',
          minimum: 0,
          maximum: 9007199254740991,
        },
        scope: {
          description:
            'Whose calls count together: those of one grant (the default), of one MCP session, or of all callers of the server.',
          type: 'string',
          enum: ['grant', 'session', 'server'],
          default: 'grant',
        },
        increment_from: {
          description:
            'Path of the argument whose value is added for each call, such as args.amount. Without it each call counts 1. A call whose argument is no number of 0 or more is denied.',
          type: 'string',
          minLength: 1,
          maxLength: 1024,
          examples: ['args.amount'],
        },
        on_deny: { $ref: '#/definitions/onDeny' },
      },
    },
    approval: {
      title: 'Approval',
      description: 'How a person is asked. Only beside "action": "require_approval".',
      type: 'object',
      additionalProperties: false,
      properties: {
        timeout: {
          description: 'Seconds until an unanswered question counts as refused.',
          type: 'number',
          minimum: 1,
          maximum: 86400,
          default: 300,
        },
        message: { description: 'Shown to the person who is asked.', type: 'string' },
        remember: {
          description:
            '"session": an approval also covers the same call with identical arguments in the same session. "never" asks every time.',
          type: 'string',
          enum: ['never', 'session'],
          default: 'never',
        },
      },
    },
  },
};
var schema12 = {
  description:
    'An exact tool name, or a pattern in which each * stands for any run of characters, also none. Case counts; nothing is trimmed or folded.',
  type: 'string',
  minLength: 1,
  maxLength: 256,
};
var func0 = Object.prototype.hasOwnProperty;
var func53 = require_ucs2length().default;
var schema13 = {
  title: 'Ruleset',
  description:
    'Rules for every call of every tool, also of tools that only "default" allows. Counters in "limits" are shared by all tools.',
  type: 'object',
  additionalProperties: false,
  properties: {
    require: { $ref: '#/definitions/require' },
    deny_if: { $ref: '#/definitions/denyIf' },
    rate_limit: { $ref: '#/definitions/rateLimit' },
    limits: { $ref: '#/definitions/limits' },
  },
};
var schema14 = {
  description: 'Conditions that must all hold. A condition that cannot be evaluated denies the call.',
  type: 'array',
  maxItems: 256,
  items: { $ref: '#/definitions/condition' },
};
var schema15 = {
  description:
    'Either one predicate ("path", "op", "value") or a group ("conditions") that holds when all of its predicates hold.',
  type: 'object',
  if: { required: ['conditions'] },
  then: { $ref: '#/definitions/group' },
  else: { $ref: '#/definitions/predicate' },
};
var schema16 = {
  title: 'Group',
  description:
    'Holds when all of its predicates hold. An empty group always holds, so in "deny_if" it blocks the tool outright.',
  type: 'object',
  required: ['conditions'],
  additionalProperties: false,
  properties: {
    conditions: {
      description: 'The predicates of the group. Groups do not nest.',
      type: 'array',
      maxItems: 64,
      items: { $ref: '#/definitions/groupedPredicate' },
    },
    on_deny: { $ref: '#/definitions/onDeny' },
    id: { $ref: '#/definitions/id' },
  },
};
var schema22 = { description: 'Told to the agent and logged when this rule denies a call.', type: 'string' };
var schema23 = {
  description:
    'Name of this condition in the log: letters, digits, _, . and -; unique in its array. Without it the path and the operator make one.',
  type: 'string',
  pattern: '^[A-Za-z0-9_.-]{1,64}$',
};
var schema17 = {
  title: 'Grouped predicate',
  description: 'One predicate of a group. Its message and id stand at the group.',
  type: 'object',
  required: ['path', 'op'],
  additionalProperties: false,
  properties: {
    path: { $ref: '#/definitions/path' },
    op: { $ref: '#/definitions/operator' },
    value: { $ref: '#/definitions/value' },
  },
  allOf: [{ $ref: '#/definitions/valueFitsOperator' }],
};
var schema18 = {
  allOf: [
    {
      if: { required: ['op'], properties: { op: { enum: ['in', 'not_in'] } } },
      then: { properties: { value: { type: 'array', maxItems: 1e4 } } },
    },
    {
      if: { required: ['op'], properties: { op: { enum: ['lt', 'lte', 'gt', 'gte'] } } },
      then: { properties: { value: { type: 'number' } } },
    },
    {
      if: { required: ['op'], properties: { op: { const: 'regex' } } },
      then: { properties: { value: { type: 'string', maxLength: 1e3 } } },
    },
    {
      if: { required: ['op'], properties: { op: { const: 'exists' } } },
      then: { properties: { value: { type: 'boolean' } } },
      else: { required: ['value'] },
    },
  ],
};
var schema19 = {
  description: `Which value to look at: "args" and steps into the call's arguments (args.amount, args.to[0], args["a key"], args.items[*].price), or tool.name, tool.category, tool.risk, grant.label, client.name.`,
  type: 'string',
  minLength: 1,
  maxLength: 1024,
  examples: ['args.path', 'args.amount', 'args.recipients[*]', 'args["content-type"]', 'tool.risk'],
};
var schema20 = {
  description:
    'How to compare: eq, neq (deep equality), in, not_in (one of a list), lt, lte, gt, gte (numbers), regex (RE2, unanchored), contains (text in a string, item in an array), exists. A value of the wrong type denies the call.',
  type: 'string',
  enum: ['eq', 'neq', 'in', 'not_in', 'lt', 'lte', 'gt', 'gte', 'regex', 'contains', 'exists'],
};
function validate15(data, { instancePath = '', parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  const _errs4 = errors;
  let valid3 = true;
  const _errs5 = errors;
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    let missing0;
    if ((data.op === void 0 || !func0.call(data, 'op')) && (missing0 = 'op')) {
      const err0 = {};
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    } else {
      if (data.op !== void 0 && func0.call(data, 'op')) {
        let data0 = data.op;
        if (!(data0 === 'in' || data0 === 'not_in')) {
          const err1 = {};
          if (vErrors === null) {
            vErrors = [err1];
          } else {
            vErrors.push(err1);
          }
          errors++;
        }
      }
    }
  }
  var _valid0 = _errs5 === errors;
  errors = _errs4;
  if (vErrors !== null) {
    if (_errs4) {
      vErrors.length = _errs4;
    } else {
      vErrors = null;
    }
  }
  if (_valid0) {
    const _errs7 = errors;
    if (data && typeof data == 'object' && !Array.isArray(data)) {
      if (data.value !== void 0 && func0.call(data, 'value')) {
        let data1 = data.value;
        if (Array.isArray(data1)) {
          if (data1.length > 1e4) {
            const err2 = {
              instancePath: instancePath + '/value',
              schemaPath: '#/definitions/valueFitsOperator/allOf/0/then/properties/value/maxItems',
              keyword: 'maxItems',
              params: { limit: 1e4 },
              message: 'must NOT have more than 10000 items',
              schema: 1e4,
              parentSchema: schema18.allOf[0].then.properties.value,
              data: data1,
            };
            if (vErrors === null) {
              vErrors = [err2];
            } else {
              vErrors.push(err2);
            }
            errors++;
          }
        } else {
          const err3 = {
            instancePath: instancePath + '/value',
            schemaPath: '#/definitions/valueFitsOperator/allOf/0/then/properties/value/type',
            keyword: 'type',
            params: { type: 'array' },
            message: 'must be array',
            schema: schema18.allOf[0].then.properties.value.type,
            parentSchema: schema18.allOf[0].then.properties.value,
            data: data1,
          };
          if (vErrors === null) {
            vErrors = [err3];
          } else {
            vErrors.push(err3);
          }
          errors++;
        }
      }
    }
    var _valid0 = _errs7 === errors;
    valid3 = _valid0;
  }
  if (!valid3) {
    const err4 = {
      instancePath,
      schemaPath: '#/definitions/valueFitsOperator/allOf/0/if',
      keyword: 'if',
      params: { failingKeyword: 'then' },
      message: 'must match "then" schema',
      schema: schema18.allOf[0].if,
      parentSchema: schema18.allOf[0],
      data,
    };
    if (vErrors === null) {
      vErrors = [err4];
    } else {
      vErrors.push(err4);
    }
    errors++;
  }
  const _errs11 = errors;
  let valid6 = true;
  const _errs12 = errors;
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    let missing1;
    if ((data.op === void 0 || !func0.call(data, 'op')) && (missing1 = 'op')) {
      const err5 = {};
      if (vErrors === null) {
        vErrors = [err5];
      } else {
        vErrors.push(err5);
      }
      errors++;
    } else {
      if (data.op !== void 0 && func0.call(data, 'op')) {
        let data2 = data.op;
        if (!(data2 === 'lt' || data2 === 'lte' || data2 === 'gt' || data2 === 'gte')) {
          const err6 = {};
          if (vErrors === null) {
            vErrors = [err6];
          } else {
            vErrors.push(err6);
          }
          errors++;
        }
      }
    }
  }
  var _valid1 = _errs12 === errors;
  errors = _errs11;
  if (vErrors !== null) {
    if (_errs11) {
      vErrors.length = _errs11;
    } else {
      vErrors = null;
    }
  }
  if (_valid1) {
    const _errs14 = errors;
    if (data && typeof data == 'object' && !Array.isArray(data)) {
      if (data.value !== void 0 && func0.call(data, 'value')) {
        let data3 = data.value;
        if (!(typeof data3 == 'number' && isFinite(data3))) {
          const err7 = {
            instancePath: instancePath + '/value',
            schemaPath: '#/definitions/valueFitsOperator/allOf/1/then/properties/value/type',
            keyword: 'type',
            params: { type: 'number' },
            message: 'must be number',
            schema: schema18.allOf[1].then.properties.value.type,
            parentSchema: schema18.allOf[1].then.properties.value,
            data: data3,
          };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
      }
    }
    var _valid1 = _errs14 === errors;
    valid6 = _valid1;
  }
  if (!valid6) {
    const err8 = {
      instancePath,
      schemaPath: '#/definitions/valueFitsOperator/allOf/1/if',
      keyword: 'if',
      params: { failingKeyword: 'then' },
      message: 'must match "then" schema',
      schema: schema18.allOf[1].if,
      parentSchema: schema18.allOf[1],
      data,
    };
    if (vErrors === null) {
      vErrors = [err8];
    } else {
      vErrors.push(err8);
    }
    errors++;
  }
  const _errs18 = errors;
  let valid9 = true;
  const _errs19 = errors;
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    let missing2;
    if ((data.op === void 0 || !func0.call(data, 'op')) && (missing2 = 'op')) {
      const err9 = {};
      if (vErrors === null) {
        vErrors = [err9];
      } else {
        vErrors.push(err9);
      }
      errors++;
    } else {
      if (data.op !== void 0 && func0.call(data, 'op')) {
        if ('regex' !== data.op) {
          const err10 = {};
          if (vErrors === null) {
            vErrors = [err10];
          } else {
            vErrors.push(err10);
          }
          errors++;
        }
      }
    }
  }
  var _valid2 = _errs19 === errors;
  errors = _errs18;
  if (vErrors !== null) {
    if (_errs18) {
      vErrors.length = _errs18;
    } else {
      vErrors = null;
    }
  }
  if (_valid2) {
    const _errs21 = errors;
    if (data && typeof data == 'object' && !Array.isArray(data)) {
      if (data.value !== void 0 && func0.call(data, 'value')) {
        let data5 = data.value;
        if (typeof data5 === 'string') {
          if (func53(data5) > 1e3) {
            const err11 = {
              instancePath: instancePath + '/value',
              schemaPath: '#/definitions/valueFitsOperator/allOf/2/then/properties/value/maxLength',
              keyword: 'maxLength',
              params: { limit: 1e3 },
              message: 'must NOT have more than 1000 characters',
              schema: 1e3,
              parentSchema: schema18.allOf[2].then.properties.value,
              data: data5,
            };
            if (vErrors === null) {
              vErrors = [err11];
            } else {
              vErrors.push(err11);
            }
            errors++;
          }
        } else {
          const err12 = {
            instancePath: instancePath + '/value',
            schemaPath: '#/definitions/valueFitsOperator/allOf/2/then/properties/value/type',
            keyword: 'type',
            params: { type: 'string' },
            message: 'must be string',
            schema: schema18.allOf[2].then.properties.value.type,
            parentSchema: schema18.allOf[2].then.properties.value,
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
    }
    var _valid2 = _errs21 === errors;
    valid9 = _valid2;
  }
  if (!valid9) {
    const err13 = {
      instancePath,
      schemaPath: '#/definitions/valueFitsOperator/allOf/2/if',
      keyword: 'if',
      params: { failingKeyword: 'then' },
      message: 'must match "then" schema',
      schema: schema18.allOf[2].if,
      parentSchema: schema18.allOf[2],
      data,
    };
    if (vErrors === null) {
      vErrors = [err13];
    } else {
      vErrors.push(err13);
    }
    errors++;
  }
  const _errs25 = errors;
  let valid12 = true;
  const _errs26 = errors;
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    let missing3;
    if ((data.op === void 0 || !func0.call(data, 'op')) && (missing3 = 'op')) {
      const err14 = {};
      if (vErrors === null) {
        vErrors = [err14];
      } else {
        vErrors.push(err14);
      }
      errors++;
    } else {
      if (data.op !== void 0 && func0.call(data, 'op')) {
        if ('exists' !== data.op) {
          const err15 = {};
          if (vErrors === null) {
            vErrors = [err15];
          } else {
            vErrors.push(err15);
          }
          errors++;
        }
      }
    }
  }
  var _valid3 = _errs26 === errors;
  errors = _errs25;
  if (vErrors !== null) {
    if (_errs25) {
      vErrors.length = _errs25;
    } else {
      vErrors = null;
    }
  }
  let ifClause0;
  if (_valid3) {
    const _errs28 = errors;
    if (data && typeof data == 'object' && !Array.isArray(data)) {
      if (data.value !== void 0 && func0.call(data, 'value')) {
        let data7 = data.value;
        if (typeof data7 !== 'boolean') {
          const err16 = {
            instancePath: instancePath + '/value',
            schemaPath: '#/definitions/valueFitsOperator/allOf/3/then/properties/value/type',
            keyword: 'type',
            params: { type: 'boolean' },
            message: 'must be boolean',
            schema: schema18.allOf[3].then.properties.value.type,
            parentSchema: schema18.allOf[3].then.properties.value,
            data: data7,
          };
          if (vErrors === null) {
            vErrors = [err16];
          } else {
            vErrors.push(err16);
          }
          errors++;
        }
      }
    }
    var _valid3 = _errs28 === errors;
    valid12 = _valid3;
    ifClause0 = 'then';
  } else {
    const _errs31 = errors;
    if (data && typeof data == 'object' && !Array.isArray(data)) {
      if (data.value === void 0 || !func0.call(data, 'value')) {
        const err17 = {
          instancePath,
          schemaPath: '#/definitions/valueFitsOperator/allOf/3/else/required',
          keyword: 'required',
          params: { missingProperty: 'value' },
          message: "must have required property 'value'",
          schema: schema18.allOf[3].else.required,
          parentSchema: schema18.allOf[3].else,
          data,
        };
        if (vErrors === null) {
          vErrors = [err17];
        } else {
          vErrors.push(err17);
        }
        errors++;
      }
    }
    var _valid3 = _errs31 === errors;
    valid12 = _valid3;
    ifClause0 = 'else';
  }
  if (!valid12) {
    const err18 = {
      instancePath,
      schemaPath: '#/definitions/valueFitsOperator/allOf/3/if',
      keyword: 'if',
      params: { failingKeyword: ifClause0 },
      message: 'must match "' + ifClause0 + '" schema',
      schema: schema18.allOf[3].if,
      parentSchema: schema18.allOf[3],
      data,
    };
    if (vErrors === null) {
      vErrors = [err18];
    } else {
      vErrors.push(err18);
    }
    errors++;
  }
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    if (data.path === void 0 || !func0.call(data, 'path')) {
      const err19 = {
        instancePath,
        schemaPath: '#/required',
        keyword: 'required',
        params: { missingProperty: 'path' },
        message: "must have required property 'path'",
        schema: schema17.required,
        parentSchema: schema17,
        data,
      };
      if (vErrors === null) {
        vErrors = [err19];
      } else {
        vErrors.push(err19);
      }
      errors++;
    }
    if (data.op === void 0 || !func0.call(data, 'op')) {
      const err20 = {
        instancePath,
        schemaPath: '#/required',
        keyword: 'required',
        params: { missingProperty: 'op' },
        message: "must have required property 'op'",
        schema: schema17.required,
        parentSchema: schema17,
        data,
      };
      if (vErrors === null) {
        vErrors = [err20];
      } else {
        vErrors.push(err20);
      }
      errors++;
    }
    for (const key0 of Object.keys(data)) {
      if (!(key0 === 'path' || key0 === 'op' || key0 === 'value')) {
        const err21 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
          message: 'must NOT have additional properties',
          schema: false,
          parentSchema: schema17,
          data,
        };
        if (vErrors === null) {
          vErrors = [err21];
        } else {
          vErrors.push(err21);
        }
        errors++;
      }
    }
    if (data.path !== void 0 && func0.call(data, 'path')) {
      let data8 = data.path;
      if (typeof data8 === 'string') {
        if (func53(data8) > 1024) {
          const err22 = {
            instancePath: instancePath + '/path',
            schemaPath: '#/definitions/path/maxLength',
            keyword: 'maxLength',
            params: { limit: 1024 },
            message: 'must NOT have more than 1024 characters',
            schema: 1024,
            parentSchema: schema19,
            data: data8,
          };
          if (vErrors === null) {
            vErrors = [err22];
          } else {
            vErrors.push(err22);
          }
          errors++;
        }
        if (func53(data8) < 1) {
          const err23 = {
            instancePath: instancePath + '/path',
            schemaPath: '#/definitions/path/minLength',
            keyword: 'minLength',
            params: { limit: 1 },
            message: 'must NOT have fewer than 1 characters',
            schema: 1,
            parentSchema: schema19,
            data: data8,
          };
          if (vErrors === null) {
            vErrors = [err23];
          } else {
            vErrors.push(err23);
          }
          errors++;
        }
      } else {
        const err24 = {
          instancePath: instancePath + '/path',
          schemaPath: '#/definitions/path/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema19.type,
          parentSchema: schema19,
          data: data8,
        };
        if (vErrors === null) {
          vErrors = [err24];
        } else {
          vErrors.push(err24);
        }
        errors++;
      }
    }
    if (data.op !== void 0 && func0.call(data, 'op')) {
      let data9 = data.op;
      if (typeof data9 !== 'string') {
        const err25 = {
          instancePath: instancePath + '/op',
          schemaPath: '#/definitions/operator/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema20.type,
          parentSchema: schema20,
          data: data9,
        };
        if (vErrors === null) {
          vErrors = [err25];
        } else {
          vErrors.push(err25);
        }
        errors++;
      }
      if (!(
        data9 === 'eq' ||
        data9 === 'neq' ||
        data9 === 'in' ||
        data9 === 'not_in' ||
        data9 === 'lt' ||
        data9 === 'lte' ||
        data9 === 'gt' ||
        data9 === 'gte' ||
        data9 === 'regex' ||
        data9 === 'contains' ||
        data9 === 'exists'
      )) {
        const err26 = {
          instancePath: instancePath + '/op',
          schemaPath: '#/definitions/operator/enum',
          keyword: 'enum',
          params: { allowedValues: schema20.enum },
          message: 'must be equal to one of the allowed values',
          schema: schema20.enum,
          parentSchema: schema20,
          data: data9,
        };
        if (vErrors === null) {
          vErrors = [err26];
        } else {
          vErrors.push(err26);
        }
        errors++;
      }
    }
  } else {
    const err27 = {
      instancePath,
      schemaPath: '#/type',
      keyword: 'type',
      params: { type: 'object' },
      message: 'must be object',
      schema: schema17.type,
      parentSchema: schema17,
      data,
    };
    if (vErrors === null) {
      vErrors = [err27];
    } else {
      vErrors.push(err27);
    }
    errors++;
  }
  validate15.errors = vErrors;
  return errors === 0;
}
var pattern0 = new RegExp('^[A-Za-z0-9_.-]{1,64}$', 'u');
function validate14(data, { instancePath = '', parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    if (data.conditions === void 0 || !func0.call(data, 'conditions')) {
      const err0 = {
        instancePath,
        schemaPath: '#/required',
        keyword: 'required',
        params: { missingProperty: 'conditions' },
        message: "must have required property 'conditions'",
        schema: schema16.required,
        parentSchema: schema16,
        data,
      };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    for (const key0 of Object.keys(data)) {
      if (!(key0 === 'conditions' || key0 === 'on_deny' || key0 === 'id')) {
        const err1 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
          message: 'must NOT have additional properties',
          schema: false,
          parentSchema: schema16,
          data,
        };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
    if (data.conditions !== void 0 && func0.call(data, 'conditions')) {
      let data0 = data.conditions;
      if (Array.isArray(data0)) {
        if (data0.length > 64) {
          const err2 = {
            instancePath: instancePath + '/conditions',
            schemaPath: '#/properties/conditions/maxItems',
            keyword: 'maxItems',
            params: { limit: 64 },
            message: 'must NOT have more than 64 items',
            schema: 64,
            parentSchema: schema16.properties.conditions,
            data: data0,
          };
          if (vErrors === null) {
            vErrors = [err2];
          } else {
            vErrors.push(err2);
          }
          errors++;
        }
        const len0 = data0.length;
        for (let i0 = 0; i0 < len0; i0++) {
          if (
            !validate15(data0[i0], {
              instancePath: instancePath + '/conditions/' + i0,
              parentData: data0,
              parentDataProperty: i0,
              rootData,
            })
          ) {
            vErrors = vErrors === null ? validate15.errors : vErrors.concat(validate15.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err3 = {
          instancePath: instancePath + '/conditions',
          schemaPath: '#/properties/conditions/type',
          keyword: 'type',
          params: { type: 'array' },
          message: 'must be array',
          schema: schema16.properties.conditions.type,
          parentSchema: schema16.properties.conditions,
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
    if (data.on_deny !== void 0 && func0.call(data, 'on_deny')) {
      let data2 = data.on_deny;
      if (typeof data2 !== 'string') {
        const err4 = {
          instancePath: instancePath + '/on_deny',
          schemaPath: '#/definitions/onDeny/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema22.type,
          parentSchema: schema22,
          data: data2,
        };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.id !== void 0 && func0.call(data, 'id')) {
      let data3 = data.id;
      if (typeof data3 === 'string') {
        if (!pattern0.test(data3)) {
          const err5 = {
            instancePath: instancePath + '/id',
            schemaPath: '#/definitions/id/pattern',
            keyword: 'pattern',
            params: { pattern: '^[A-Za-z0-9_.-]{1,64}$' },
            message: 'must match pattern "^[A-Za-z0-9_.-]{1,64}$"',
            schema: '^[A-Za-z0-9_.-]{1,64}$',
            parentSchema: schema23,
            data: data3,
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
          instancePath: instancePath + '/id',
          schemaPath: '#/definitions/id/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema23.type,
          parentSchema: schema23,
          data: data3,
        };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
  } else {
    const err7 = {
      instancePath,
      schemaPath: '#/type',
      keyword: 'type',
      params: { type: 'object' },
      message: 'must be object',
      schema: schema16.type,
      parentSchema: schema16,
      data,
    };
    if (vErrors === null) {
      vErrors = [err7];
    } else {
      vErrors.push(err7);
    }
    errors++;
  }
  validate14.errors = vErrors;
  return errors === 0;
}
var schema24 = {
  title: 'Predicate',
  description: 'Compares one argument of the call, or a fact about it, with a value.',
  type: 'object',
  required: ['path', 'op'],
  additionalProperties: false,
  properties: {
    path: { $ref: '#/definitions/path' },
    op: { $ref: '#/definitions/operator' },
    value: { $ref: '#/definitions/value' },
    on_deny: { $ref: '#/definitions/onDeny' },
    id: { $ref: '#/definitions/id' },
  },
  allOf: [{ $ref: '#/definitions/valueFitsOperator' }],
};
function validate18(data, { instancePath = '', parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  const _errs4 = errors;
  let valid3 = true;
  const _errs5 = errors;
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    let missing0;
    if ((data.op === void 0 || !func0.call(data, 'op')) && (missing0 = 'op')) {
      const err0 = {};
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    } else {
      if (data.op !== void 0 && func0.call(data, 'op')) {
        let data0 = data.op;
        if (!(data0 === 'in' || data0 === 'not_in')) {
          const err1 = {};
          if (vErrors === null) {
            vErrors = [err1];
          } else {
            vErrors.push(err1);
          }
          errors++;
        }
      }
    }
  }
  var _valid0 = _errs5 === errors;
  errors = _errs4;
  if (vErrors !== null) {
    if (_errs4) {
      vErrors.length = _errs4;
    } else {
      vErrors = null;
    }
  }
  if (_valid0) {
    const _errs7 = errors;
    if (data && typeof data == 'object' && !Array.isArray(data)) {
      if (data.value !== void 0 && func0.call(data, 'value')) {
        let data1 = data.value;
        if (Array.isArray(data1)) {
          if (data1.length > 1e4) {
            const err2 = {
              instancePath: instancePath + '/value',
              schemaPath: '#/definitions/valueFitsOperator/allOf/0/then/properties/value/maxItems',
              keyword: 'maxItems',
              params: { limit: 1e4 },
              message: 'must NOT have more than 10000 items',
              schema: 1e4,
              parentSchema: schema18.allOf[0].then.properties.value,
              data: data1,
            };
            if (vErrors === null) {
              vErrors = [err2];
            } else {
              vErrors.push(err2);
            }
            errors++;
          }
        } else {
          const err3 = {
            instancePath: instancePath + '/value',
            schemaPath: '#/definitions/valueFitsOperator/allOf/0/then/properties/value/type',
            keyword: 'type',
            params: { type: 'array' },
            message: 'must be array',
            schema: schema18.allOf[0].then.properties.value.type,
            parentSchema: schema18.allOf[0].then.properties.value,
            data: data1,
          };
          if (vErrors === null) {
            vErrors = [err3];
          } else {
            vErrors.push(err3);
          }
          errors++;
        }
      }
    }
    var _valid0 = _errs7 === errors;
    valid3 = _valid0;
  }
  if (!valid3) {
    const err4 = {
      instancePath,
      schemaPath: '#/definitions/valueFitsOperator/allOf/0/if',
      keyword: 'if',
      params: { failingKeyword: 'then' },
      message: 'must match "then" schema',
      schema: schema18.allOf[0].if,
      parentSchema: schema18.allOf[0],
      data,
    };
    if (vErrors === null) {
      vErrors = [err4];
    } else {
      vErrors.push(err4);
    }
    errors++;
  }
  const _errs11 = errors;
  let valid6 = true;
  const _errs12 = errors;
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    let missing1;
    if ((data.op === void 0 || !func0.call(data, 'op')) && (missing1 = 'op')) {
      const err5 = {};
      if (vErrors === null) {
        vErrors = [err5];
      } else {
        vErrors.push(err5);
      }
      errors++;
    } else {
      if (data.op !== void 0 && func0.call(data, 'op')) {
        let data2 = data.op;
        if (!(data2 === 'lt' || data2 === 'lte' || data2 === 'gt' || data2 === 'gte')) {
          const err6 = {};
          if (vErrors === null) {
            vErrors = [err6];
          } else {
            vErrors.push(err6);
          }
          errors++;
        }
      }
    }
  }
  var _valid1 = _errs12 === errors;
  errors = _errs11;
  if (vErrors !== null) {
    if (_errs11) {
      vErrors.length = _errs11;
    } else {
      vErrors = null;
    }
  }
  if (_valid1) {
    const _errs14 = errors;
    if (data && typeof data == 'object' && !Array.isArray(data)) {
      if (data.value !== void 0 && func0.call(data, 'value')) {
        let data3 = data.value;
        if (!(typeof data3 == 'number' && isFinite(data3))) {
          const err7 = {
            instancePath: instancePath + '/value',
            schemaPath: '#/definitions/valueFitsOperator/allOf/1/then/properties/value/type',
            keyword: 'type',
            params: { type: 'number' },
            message: 'must be number',
            schema: schema18.allOf[1].then.properties.value.type,
            parentSchema: schema18.allOf[1].then.properties.value,
            data: data3,
          };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
      }
    }
    var _valid1 = _errs14 === errors;
    valid6 = _valid1;
  }
  if (!valid6) {
    const err8 = {
      instancePath,
      schemaPath: '#/definitions/valueFitsOperator/allOf/1/if',
      keyword: 'if',
      params: { failingKeyword: 'then' },
      message: 'must match "then" schema',
      schema: schema18.allOf[1].if,
      parentSchema: schema18.allOf[1],
      data,
    };
    if (vErrors === null) {
      vErrors = [err8];
    } else {
      vErrors.push(err8);
    }
    errors++;
  }
  const _errs18 = errors;
  let valid9 = true;
  const _errs19 = errors;
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    let missing2;
    if ((data.op === void 0 || !func0.call(data, 'op')) && (missing2 = 'op')) {
      const err9 = {};
      if (vErrors === null) {
        vErrors = [err9];
      } else {
        vErrors.push(err9);
      }
      errors++;
    } else {
      if (data.op !== void 0 && func0.call(data, 'op')) {
        if ('regex' !== data.op) {
          const err10 = {};
          if (vErrors === null) {
            vErrors = [err10];
          } else {
            vErrors.push(err10);
          }
          errors++;
        }
      }
    }
  }
  var _valid2 = _errs19 === errors;
  errors = _errs18;
  if (vErrors !== null) {
    if (_errs18) {
      vErrors.length = _errs18;
    } else {
      vErrors = null;
    }
  }
  if (_valid2) {
    const _errs21 = errors;
    if (data && typeof data == 'object' && !Array.isArray(data)) {
      if (data.value !== void 0 && func0.call(data, 'value')) {
        let data5 = data.value;
        if (typeof data5 === 'string') {
          if (func53(data5) > 1e3) {
            const err11 = {
              instancePath: instancePath + '/value',
              schemaPath: '#/definitions/valueFitsOperator/allOf/2/then/properties/value/maxLength',
              keyword: 'maxLength',
              params: { limit: 1e3 },
              message: 'must NOT have more than 1000 characters',
              schema: 1e3,
              parentSchema: schema18.allOf[2].then.properties.value,
              data: data5,
            };
            if (vErrors === null) {
              vErrors = [err11];
            } else {
              vErrors.push(err11);
            }
            errors++;
          }
        } else {
          const err12 = {
            instancePath: instancePath + '/value',
            schemaPath: '#/definitions/valueFitsOperator/allOf/2/then/properties/value/type',
            keyword: 'type',
            params: { type: 'string' },
            message: 'must be string',
            schema: schema18.allOf[2].then.properties.value.type,
            parentSchema: schema18.allOf[2].then.properties.value,
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
    }
    var _valid2 = _errs21 === errors;
    valid9 = _valid2;
  }
  if (!valid9) {
    const err13 = {
      instancePath,
      schemaPath: '#/definitions/valueFitsOperator/allOf/2/if',
      keyword: 'if',
      params: { failingKeyword: 'then' },
      message: 'must match "then" schema',
      schema: schema18.allOf[2].if,
      parentSchema: schema18.allOf[2],
      data,
    };
    if (vErrors === null) {
      vErrors = [err13];
    } else {
      vErrors.push(err13);
    }
    errors++;
  }
  const _errs25 = errors;
  let valid12 = true;
  const _errs26 = errors;
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    let missing3;
    if ((data.op === void 0 || !func0.call(data, 'op')) && (missing3 = 'op')) {
      const err14 = {};
      if (vErrors === null) {
        vErrors = [err14];
      } else {
        vErrors.push(err14);
      }
      errors++;
    } else {
      if (data.op !== void 0 && func0.call(data, 'op')) {
        if ('exists' !== data.op) {
          const err15 = {};
          if (vErrors === null) {
            vErrors = [err15];
          } else {
            vErrors.push(err15);
          }
          errors++;
        }
      }
    }
  }
  var _valid3 = _errs26 === errors;
  errors = _errs25;
  if (vErrors !== null) {
    if (_errs25) {
      vErrors.length = _errs25;
    } else {
      vErrors = null;
    }
  }
  let ifClause0;
  if (_valid3) {
    const _errs28 = errors;
    if (data && typeof data == 'object' && !Array.isArray(data)) {
      if (data.value !== void 0 && func0.call(data, 'value')) {
        let data7 = data.value;
        if (typeof data7 !== 'boolean') {
          const err16 = {
            instancePath: instancePath + '/value',
            schemaPath: '#/definitions/valueFitsOperator/allOf/3/then/properties/value/type',
            keyword: 'type',
            params: { type: 'boolean' },
            message: 'must be boolean',
            schema: schema18.allOf[3].then.properties.value.type,
            parentSchema: schema18.allOf[3].then.properties.value,
            data: data7,
          };
          if (vErrors === null) {
            vErrors = [err16];
          } else {
            vErrors.push(err16);
          }
          errors++;
        }
      }
    }
    var _valid3 = _errs28 === errors;
    valid12 = _valid3;
    ifClause0 = 'then';
  } else {
    const _errs31 = errors;
    if (data && typeof data == 'object' && !Array.isArray(data)) {
      if (data.value === void 0 || !func0.call(data, 'value')) {
        const err17 = {
          instancePath,
          schemaPath: '#/definitions/valueFitsOperator/allOf/3/else/required',
          keyword: 'required',
          params: { missingProperty: 'value' },
          message: "must have required property 'value'",
          schema: schema18.allOf[3].else.required,
          parentSchema: schema18.allOf[3].else,
          data,
        };
        if (vErrors === null) {
          vErrors = [err17];
        } else {
          vErrors.push(err17);
        }
        errors++;
      }
    }
    var _valid3 = _errs31 === errors;
    valid12 = _valid3;
    ifClause0 = 'else';
  }
  if (!valid12) {
    const err18 = {
      instancePath,
      schemaPath: '#/definitions/valueFitsOperator/allOf/3/if',
      keyword: 'if',
      params: { failingKeyword: ifClause0 },
      message: 'must match "' + ifClause0 + '" schema',
      schema: schema18.allOf[3].if,
      parentSchema: schema18.allOf[3],
      data,
    };
    if (vErrors === null) {
      vErrors = [err18];
    } else {
      vErrors.push(err18);
    }
    errors++;
  }
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    if (data.path === void 0 || !func0.call(data, 'path')) {
      const err19 = {
        instancePath,
        schemaPath: '#/required',
        keyword: 'required',
        params: { missingProperty: 'path' },
        message: "must have required property 'path'",
        schema: schema24.required,
        parentSchema: schema24,
        data,
      };
      if (vErrors === null) {
        vErrors = [err19];
      } else {
        vErrors.push(err19);
      }
      errors++;
    }
    if (data.op === void 0 || !func0.call(data, 'op')) {
      const err20 = {
        instancePath,
        schemaPath: '#/required',
        keyword: 'required',
        params: { missingProperty: 'op' },
        message: "must have required property 'op'",
        schema: schema24.required,
        parentSchema: schema24,
        data,
      };
      if (vErrors === null) {
        vErrors = [err20];
      } else {
        vErrors.push(err20);
      }
      errors++;
    }
    for (const key0 of Object.keys(data)) {
      if (!(key0 === 'path' || key0 === 'op' || key0 === 'value' || key0 === 'on_deny' || key0 === 'id')) {
        const err21 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
          message: 'must NOT have additional properties',
          schema: false,
          parentSchema: schema24,
          data,
        };
        if (vErrors === null) {
          vErrors = [err21];
        } else {
          vErrors.push(err21);
        }
        errors++;
      }
    }
    if (data.path !== void 0 && func0.call(data, 'path')) {
      let data8 = data.path;
      if (typeof data8 === 'string') {
        if (func53(data8) > 1024) {
          const err22 = {
            instancePath: instancePath + '/path',
            schemaPath: '#/definitions/path/maxLength',
            keyword: 'maxLength',
            params: { limit: 1024 },
            message: 'must NOT have more than 1024 characters',
            schema: 1024,
            parentSchema: schema19,
            data: data8,
          };
          if (vErrors === null) {
            vErrors = [err22];
          } else {
            vErrors.push(err22);
          }
          errors++;
        }
        if (func53(data8) < 1) {
          const err23 = {
            instancePath: instancePath + '/path',
            schemaPath: '#/definitions/path/minLength',
            keyword: 'minLength',
            params: { limit: 1 },
            message: 'must NOT have fewer than 1 characters',
            schema: 1,
            parentSchema: schema19,
            data: data8,
          };
          if (vErrors === null) {
            vErrors = [err23];
          } else {
            vErrors.push(err23);
          }
          errors++;
        }
      } else {
        const err24 = {
          instancePath: instancePath + '/path',
          schemaPath: '#/definitions/path/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema19.type,
          parentSchema: schema19,
          data: data8,
        };
        if (vErrors === null) {
          vErrors = [err24];
        } else {
          vErrors.push(err24);
        }
        errors++;
      }
    }
    if (data.op !== void 0 && func0.call(data, 'op')) {
      let data9 = data.op;
      if (typeof data9 !== 'string') {
        const err25 = {
          instancePath: instancePath + '/op',
          schemaPath: '#/definitions/operator/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema20.type,
          parentSchema: schema20,
          data: data9,
        };
        if (vErrors === null) {
          vErrors = [err25];
        } else {
          vErrors.push(err25);
        }
        errors++;
      }
      if (!(
        data9 === 'eq' ||
        data9 === 'neq' ||
        data9 === 'in' ||
        data9 === 'not_in' ||
        data9 === 'lt' ||
        data9 === 'lte' ||
        data9 === 'gt' ||
        data9 === 'gte' ||
        data9 === 'regex' ||
        data9 === 'contains' ||
        data9 === 'exists'
      )) {
        const err26 = {
          instancePath: instancePath + '/op',
          schemaPath: '#/definitions/operator/enum',
          keyword: 'enum',
          params: { allowedValues: schema20.enum },
          message: 'must be equal to one of the allowed values',
          schema: schema20.enum,
          parentSchema: schema20,
          data: data9,
        };
        if (vErrors === null) {
          vErrors = [err26];
        } else {
          vErrors.push(err26);
        }
        errors++;
      }
    }
    if (data.on_deny !== void 0 && func0.call(data, 'on_deny')) {
      let data11 = data.on_deny;
      if (typeof data11 !== 'string') {
        const err27 = {
          instancePath: instancePath + '/on_deny',
          schemaPath: '#/definitions/onDeny/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema22.type,
          parentSchema: schema22,
          data: data11,
        };
        if (vErrors === null) {
          vErrors = [err27];
        } else {
          vErrors.push(err27);
        }
        errors++;
      }
    }
    if (data.id !== void 0 && func0.call(data, 'id')) {
      let data12 = data.id;
      if (typeof data12 === 'string') {
        if (!pattern0.test(data12)) {
          const err28 = {
            instancePath: instancePath + '/id',
            schemaPath: '#/definitions/id/pattern',
            keyword: 'pattern',
            params: { pattern: '^[A-Za-z0-9_.-]{1,64}$' },
            message: 'must match pattern "^[A-Za-z0-9_.-]{1,64}$"',
            schema: '^[A-Za-z0-9_.-]{1,64}$',
            parentSchema: schema23,
            data: data12,
          };
          if (vErrors === null) {
            vErrors = [err28];
          } else {
            vErrors.push(err28);
          }
          errors++;
        }
      } else {
        const err29 = {
          instancePath: instancePath + '/id',
          schemaPath: '#/definitions/id/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema23.type,
          parentSchema: schema23,
          data: data12,
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
      schema: schema24.type,
      parentSchema: schema24,
      data,
    };
    if (vErrors === null) {
      vErrors = [err30];
    } else {
      vErrors.push(err30);
    }
    errors++;
  }
  validate18.errors = vErrors;
  return errors === 0;
}
function validate13(data, { instancePath = '', parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (!(data && typeof data == 'object' && !Array.isArray(data))) {
    const err0 = {
      instancePath,
      schemaPath: '#/type',
      keyword: 'type',
      params: { type: 'object' },
      message: 'must be object',
      schema: schema15.type,
      parentSchema: schema15,
      data,
    };
    if (vErrors === null) {
      vErrors = [err0];
    } else {
      vErrors.push(err0);
    }
    errors++;
  }
  const _errs1 = errors;
  let valid0 = true;
  const _errs2 = errors;
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    let missing0;
    if ((data.conditions === void 0 || !func0.call(data, 'conditions')) && (missing0 = 'conditions')) {
      const err1 = {};
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
  }
  var _valid0 = _errs2 === errors;
  errors = _errs1;
  if (vErrors !== null) {
    if (_errs1) {
      vErrors.length = _errs1;
    } else {
      vErrors = null;
    }
  }
  let ifClause0;
  if (_valid0) {
    const _errs3 = errors;
    if (!validate14(data, { instancePath, parentData, parentDataProperty, rootData })) {
      vErrors = vErrors === null ? validate14.errors : vErrors.concat(validate14.errors);
      errors = vErrors.length;
    }
    var _valid0 = _errs3 === errors;
    valid0 = _valid0;
    ifClause0 = 'then';
  } else {
    const _errs4 = errors;
    if (!validate18(data, { instancePath, parentData, parentDataProperty, rootData })) {
      vErrors = vErrors === null ? validate18.errors : vErrors.concat(validate18.errors);
      errors = vErrors.length;
    }
    var _valid0 = _errs4 === errors;
    valid0 = _valid0;
    ifClause0 = 'else';
  }
  if (!valid0) {
    const err2 = {
      instancePath,
      schemaPath: '#/if',
      keyword: 'if',
      params: { failingKeyword: ifClause0 },
      message: 'must match "' + ifClause0 + '" schema',
      schema: schema15.if,
      parentSchema: schema15,
      data,
    };
    if (vErrors === null) {
      vErrors = [err2];
    } else {
      vErrors.push(err2);
    }
    errors++;
  }
  validate13.errors = vErrors;
  return errors === 0;
}
function validate12(data, { instancePath = '', parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (Array.isArray(data)) {
    if (data.length > 256) {
      const err0 = {
        instancePath,
        schemaPath: '#/maxItems',
        keyword: 'maxItems',
        params: { limit: 256 },
        message: 'must NOT have more than 256 items',
        schema: 256,
        parentSchema: schema14,
        data,
      };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    const len0 = data.length;
    for (let i0 = 0; i0 < len0; i0++) {
      if (
        !validate13(data[i0], {
          instancePath: instancePath + '/' + i0,
          parentData: data,
          parentDataProperty: i0,
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate13.errors : vErrors.concat(validate13.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err1 = {
      instancePath,
      schemaPath: '#/type',
      keyword: 'type',
      params: { type: 'array' },
      message: 'must be array',
      schema: schema14.type,
      parentSchema: schema14,
      data,
    };
    if (vErrors === null) {
      vErrors = [err1];
    } else {
      vErrors.push(err1);
    }
    errors++;
  }
  validate12.errors = vErrors;
  return errors === 0;
}
var schema31 = {
  description: 'Conditions of which none may hold. A condition that cannot be evaluated denies the call.',
  type: 'array',
  maxItems: 256,
  items: { $ref: '#/definitions/condition' },
};
function validate22(data, { instancePath = '', parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (Array.isArray(data)) {
    if (data.length > 256) {
      const err0 = {
        instancePath,
        schemaPath: '#/maxItems',
        keyword: 'maxItems',
        params: { limit: 256 },
        message: 'must NOT have more than 256 items',
        schema: 256,
        parentSchema: schema31,
        data,
      };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    const len0 = data.length;
    for (let i0 = 0; i0 < len0; i0++) {
      if (
        !validate13(data[i0], {
          instancePath: instancePath + '/' + i0,
          parentData: data,
          parentDataProperty: i0,
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate13.errors : vErrors.concat(validate13.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err1 = {
      instancePath,
      schemaPath: '#/type',
      keyword: 'type',
      params: { type: 'array' },
      message: 'must be array',
      schema: schema31.type,
      parentSchema: schema31,
      data,
    };
    if (vErrors === null) {
      vErrors = [err1];
    } else {
      vErrors.push(err1);
    }
    errors++;
  }
  validate22.errors = vErrors;
  return errors === 0;
}
var schema32 = {
  title: 'Rate limit',
  description: 'At most "max" calls in any "window" seconds, counted for each tool apart.',
  type: 'object',
  required: ['max', 'window'],
  additionalProperties: false,
  properties: {
    max: { description: 'How many calls are let through.', type: 'integer', minimum: 0, maximum: 1e5 },
    window: {
      description: 'Length of the sliding window in seconds, at most 31 days.',
      type: 'integer',
      minimum: 1,
      maximum: 2678400,
    },
    scope: {
      description:
        'Whose calls count together: those of one MCP session (the default; reconnecting starts anew) or all of one grant.',
      type: 'string',
      enum: ['session', 'grant'],
      default: 'session',
    },
    on_deny: { $ref: '#/definitions/onDeny' },
  },
};
function validate25(data, { instancePath = '', parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    if (data.max === void 0 || !func0.call(data, 'max')) {
      const err0 = {
        instancePath,
        schemaPath: '#/required',
        keyword: 'required',
        params: { missingProperty: 'max' },
        message: "must have required property 'max'",
        schema: schema32.required,
        parentSchema: schema32,
        data,
      };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.window === void 0 || !func0.call(data, 'window')) {
      const err1 = {
        instancePath,
        schemaPath: '#/required',
        keyword: 'required',
        params: { missingProperty: 'window' },
        message: "must have required property 'window'",
        schema: schema32.required,
        parentSchema: schema32,
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
      if (!(key0 === 'max' || key0 === 'window' || key0 === 'scope' || key0 === 'on_deny')) {
        const err2 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
          message: 'must NOT have additional properties',
          schema: false,
          parentSchema: schema32,
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
    if (data.max !== void 0 && func0.call(data, 'max')) {
      let data0 = data.max;
      if (!(typeof data0 == 'number' && !(data0 % 1) && !isNaN(data0) && isFinite(data0))) {
        const err3 = {
          instancePath: instancePath + '/max',
          schemaPath: '#/properties/max/type',
          keyword: 'type',
          params: { type: 'integer' },
          message: 'must be integer',
          schema: schema32.properties.max.type,
          parentSchema: schema32.properties.max,
          data: data0,
        };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
      if (typeof data0 == 'number' && isFinite(data0)) {
        if (data0 > 1e5 || isNaN(data0)) {
          const err4 = {
            instancePath: instancePath + '/max',
            schemaPath: '#/properties/max/maximum',
            keyword: 'maximum',
            params: { comparison: '<=', limit: 1e5 },
            message: 'must be <= 100000',
            schema: 1e5,
            parentSchema: schema32.properties.max,
            data: data0,
          };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
        if (data0 < 0 || isNaN(data0)) {
          const err5 = {
            instancePath: instancePath + '/max',
            schemaPath: '#/properties/max/minimum',
            keyword: 'minimum',
            params: { comparison: '>=', limit: 0 },
            message: 'must be >= 0',
            schema: 0,
            parentSchema: schema32.properties.max,
            data: data0,
          };
          if (vErrors === null) {
            vErrors = [err5];
          } else {
            vErrors.push(err5);
          }
          errors++;
        }
      }
    }
    if (data.window !== void 0 && func0.call(data, 'window')) {
      let data1 = data.window;
      if (!(typeof data1 == 'number' && !(data1 % 1) && !isNaN(data1) && isFinite(data1))) {
        const err6 = {
          instancePath: instancePath + '/window',
          schemaPath: '#/properties/window/type',
          keyword: 'type',
          params: { type: 'integer' },
          message: 'must be integer',
          schema: schema32.properties.window.type,
          parentSchema: schema32.properties.window,
          data: data1,
        };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
      if (typeof data1 == 'number' && isFinite(data1)) {
        if (data1 > 2678400 || isNaN(data1)) {
          const err7 = {
            instancePath: instancePath + '/window',
            schemaPath: '#/properties/window/maximum',
            keyword: 'maximum',
            params: { comparison: '<=', limit: 2678400 },
            message: 'must be <= 2678400',
            schema: 2678400,
            parentSchema: schema32.properties.window,
            data: data1,
          };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
        if (data1 < 1 || isNaN(data1)) {
          const err8 = {
            instancePath: instancePath + '/window',
            schemaPath: '#/properties/window/minimum',
            keyword: 'minimum',
            params: { comparison: '>=', limit: 1 },
            message: 'must be >= 1',
            schema: 1,
            parentSchema: schema32.properties.window,
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
    }
    if (data.scope !== void 0 && func0.call(data, 'scope')) {
      let data2 = data.scope;
      if (typeof data2 !== 'string') {
        const err9 = {
          instancePath: instancePath + '/scope',
          schemaPath: '#/properties/scope/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema32.properties.scope.type,
          parentSchema: schema32.properties.scope,
          data: data2,
        };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
      if (!(data2 === 'session' || data2 === 'grant')) {
        const err10 = {
          instancePath: instancePath + '/scope',
          schemaPath: '#/properties/scope/enum',
          keyword: 'enum',
          params: { allowedValues: schema32.properties.scope.enum },
          message: 'must be equal to one of the allowed values',
          schema: schema32.properties.scope.enum,
          parentSchema: schema32.properties.scope,
          data: data2,
        };
        if (vErrors === null) {
          vErrors = [err10];
        } else {
          vErrors.push(err10);
        }
        errors++;
      }
    }
    if (data.on_deny !== void 0 && func0.call(data, 'on_deny')) {
      let data3 = data.on_deny;
      if (typeof data3 !== 'string') {
        const err11 = {
          instancePath: instancePath + '/on_deny',
          schemaPath: '#/definitions/onDeny/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema22.type,
          parentSchema: schema22,
          data: data3,
        };
        if (vErrors === null) {
          vErrors = [err11];
        } else {
          vErrors.push(err11);
        }
        errors++;
      }
    }
  } else {
    const err12 = {
      instancePath,
      schemaPath: '#/type',
      keyword: 'type',
      params: { type: 'object' },
      message: 'must be object',
      schema: schema32.type,
      parentSchema: schema32,
      data,
    };
    if (vErrors === null) {
      vErrors = [err12];
    } else {
      vErrors.push(err12);
    }
    errors++;
  }
  validate25.errors = vErrors;
  return errors === 0;
}
var schema34 = {
  description:
    'Quotas. Each counts calls, or adds up an argument, in a window of the UTC calendar. One counter may have several windows.',
  type: 'array',
  maxItems: 64,
  items: { $ref: '#/definitions/limit' },
};
var schema35 = {
  title: 'Limit',
  description: 'Denies a call that would bring the counter over "max" in the current window.',
  type: 'object',
  required: ['counter', 'window', 'max'],
  additionalProperties: false,
  properties: {
    counter: {
      description: 'Name of the counter, shown in the log. Renaming it starts a new count.',
      type: 'string',
      minLength: 1,
      maxLength: 256,
      pattern: '^[^\\u0000-\\u001f\\u007f-\\u009f]*$',
    },
    window: {
      description:
        'When the count starts anew: with each minute, hour, day, week (Monday) or month of the UTC calendar.',
      type: 'string',
      enum: ['minute', 'hour', 'day', 'week', 'month'],
    },
    max: {
      description: 'The most that the counter may reach. Changing it keeps the count.',
      type: 'number',
      minimum: 0,
      maximum: 9007199254740991,
    },
    scope: {
      description:
        'Whose calls count together: those of one grant (the default), of one MCP session, or of all callers of the server.',
      type: 'string',
      enum: ['grant', 'session', 'server'],
      default: 'grant',
    },
    increment_from: {
      description:
        'Path of the argument whose value is added for each call, such as args.amount. Without it each call counts 1. A call whose argument is no number of 0 or more is denied.',
      type: 'string',
      minLength: 1,
      maxLength: 1024,
      examples: ['args.amount'],
    },
    on_deny: { $ref: '#/definitions/onDeny' },
  },
};
var pattern2 = new RegExp('^[^\\u0000-\\u001f\\u007f-\\u009f]*$', 'u');
function validate28(data, { instancePath = '', parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    if (data.counter === void 0 || !func0.call(data, 'counter')) {
      const err0 = {
        instancePath,
        schemaPath: '#/required',
        keyword: 'required',
        params: { missingProperty: 'counter' },
        message: "must have required property 'counter'",
        schema: schema35.required,
        parentSchema: schema35,
        data,
      };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.window === void 0 || !func0.call(data, 'window')) {
      const err1 = {
        instancePath,
        schemaPath: '#/required',
        keyword: 'required',
        params: { missingProperty: 'window' },
        message: "must have required property 'window'",
        schema: schema35.required,
        parentSchema: schema35,
        data,
      };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    if (data.max === void 0 || !func0.call(data, 'max')) {
      const err2 = {
        instancePath,
        schemaPath: '#/required',
        keyword: 'required',
        params: { missingProperty: 'max' },
        message: "must have required property 'max'",
        schema: schema35.required,
        parentSchema: schema35,
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
      if (!(
        key0 === 'counter' ||
        key0 === 'window' ||
        key0 === 'max' ||
        key0 === 'scope' ||
        key0 === 'increment_from' ||
        key0 === 'on_deny'
      )) {
        const err3 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
          message: 'must NOT have additional properties',
          schema: false,
          parentSchema: schema35,
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
    if (data.counter !== void 0 && func0.call(data, 'counter')) {
      let data0 = data.counter;
      if (typeof data0 === 'string') {
        if (func53(data0) > 256) {
          const err4 = {
            instancePath: instancePath + '/counter',
            schemaPath: '#/properties/counter/maxLength',
            keyword: 'maxLength',
            params: { limit: 256 },
            message: 'must NOT have more than 256 characters',
            schema: 256,
            parentSchema: schema35.properties.counter,
            data: data0,
          };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
        if (func53(data0) < 1) {
          const err5 = {
            instancePath: instancePath + '/counter',
            schemaPath: '#/properties/counter/minLength',
            keyword: 'minLength',
            params: { limit: 1 },
            message: 'must NOT have fewer than 1 characters',
            schema: 1,
            parentSchema: schema35.properties.counter,
            data: data0,
          };
          if (vErrors === null) {
            vErrors = [err5];
          } else {
            vErrors.push(err5);
          }
          errors++;
        }
        if (!pattern2.test(data0)) {
          const err6 = {
            instancePath: instancePath + '/counter',
            schemaPath: '#/properties/counter/pattern',
            keyword: 'pattern',
            params: { pattern: '^[^\\u0000-\\u001f\\u007f-\\u009f]*$' },
            message: 'must match pattern "^[^\\u0000-\\u001f\\u007f-\\u009f]*$"',
            schema: '^[^\\u0000-\\u001f\\u007f-\\u009f]*$',
            parentSchema: schema35.properties.counter,
            data: data0,
          };
          if (vErrors === null) {
            vErrors = [err6];
          } else {
            vErrors.push(err6);
          }
          errors++;
        }
      } else {
        const err7 = {
          instancePath: instancePath + '/counter',
          schemaPath: '#/properties/counter/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema35.properties.counter.type,
          parentSchema: schema35.properties.counter,
          data: data0,
        };
        if (vErrors === null) {
          vErrors = [err7];
        } else {
          vErrors.push(err7);
        }
        errors++;
      }
    }
    if (data.window !== void 0 && func0.call(data, 'window')) {
      let data1 = data.window;
      if (typeof data1 !== 'string') {
        const err8 = {
          instancePath: instancePath + '/window',
          schemaPath: '#/properties/window/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema35.properties.window.type,
          parentSchema: schema35.properties.window,
          data: data1,
        };
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
      }
      if (!(data1 === 'minute' || data1 === 'hour' || data1 === 'day' || data1 === 'week' || data1 === 'month')) {
        const err9 = {
          instancePath: instancePath + '/window',
          schemaPath: '#/properties/window/enum',
          keyword: 'enum',
          params: { allowedValues: schema35.properties.window.enum },
          message: 'must be equal to one of the allowed values',
          schema: schema35.properties.window.enum,
          parentSchema: schema35.properties.window,
          data: data1,
        };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
    }
    if (data.max !== void 0 && func0.call(data, 'max')) {
      let data2 = data.max;
      if (typeof data2 == 'number' && isFinite(data2)) {
        if (data2 > 9007199254740991 || isNaN(data2)) {
          const err10 = {
            instancePath: instancePath + '/max',
            schemaPath: '#/properties/max/maximum',
            keyword: 'maximum',
            params: { comparison: '<=', limit: 9007199254740991 },
            message: 'must be <= 9007199254740991',
            schema: 9007199254740991,
            parentSchema: schema35.properties.max,
            data: data2,
          };
          if (vErrors === null) {
            vErrors = [err10];
          } else {
            vErrors.push(err10);
          }
          errors++;
        }
        if (data2 < 0 || isNaN(data2)) {
          const err11 = {
            instancePath: instancePath + '/max',
            schemaPath: '#/properties/max/minimum',
            keyword: 'minimum',
            params: { comparison: '>=', limit: 0 },
            message: 'must be >= 0',
            schema: 0,
            parentSchema: schema35.properties.max,
            data: data2,
          };
          if (vErrors === null) {
            vErrors = [err11];
          } else {
            vErrors.push(err11);
          }
          errors++;
        }
      } else {
        const err12 = {
          instancePath: instancePath + '/max',
          schemaPath: '#/properties/max/type',
          keyword: 'type',
          params: { type: 'number' },
          message: 'must be number',
          schema: schema35.properties.max.type,
          parentSchema: schema35.properties.max,
          data: data2,
        };
        if (vErrors === null) {
          vErrors = [err12];
        } else {
          vErrors.push(err12);
        }
        errors++;
      }
    }
    if (data.scope !== void 0 && func0.call(data, 'scope')) {
      let data3 = data.scope;
      if (typeof data3 !== 'string') {
        const err13 = {
          instancePath: instancePath + '/scope',
          schemaPath: '#/properties/scope/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema35.properties.scope.type,
          parentSchema: schema35.properties.scope,
          data: data3,
        };
        if (vErrors === null) {
          vErrors = [err13];
        } else {
          vErrors.push(err13);
        }
        errors++;
      }
      if (!(data3 === 'grant' || data3 === 'session' || data3 === 'server')) {
        const err14 = {
          instancePath: instancePath + '/scope',
          schemaPath: '#/properties/scope/enum',
          keyword: 'enum',
          params: { allowedValues: schema35.properties.scope.enum },
          message: 'must be equal to one of the allowed values',
          schema: schema35.properties.scope.enum,
          parentSchema: schema35.properties.scope,
          data: data3,
        };
        if (vErrors === null) {
          vErrors = [err14];
        } else {
          vErrors.push(err14);
        }
        errors++;
      }
    }
    if (data.increment_from !== void 0 && func0.call(data, 'increment_from')) {
      let data4 = data.increment_from;
      if (typeof data4 === 'string') {
        if (func53(data4) > 1024) {
          const err15 = {
            instancePath: instancePath + '/increment_from',
            schemaPath: '#/properties/increment_from/maxLength',
            keyword: 'maxLength',
            params: { limit: 1024 },
            message: 'must NOT have more than 1024 characters',
            schema: 1024,
            parentSchema: schema35.properties.increment_from,
            data: data4,
          };
          if (vErrors === null) {
            vErrors = [err15];
          } else {
            vErrors.push(err15);
          }
          errors++;
        }
        if (func53(data4) < 1) {
          const err16 = {
            instancePath: instancePath + '/increment_from',
            schemaPath: '#/properties/increment_from/minLength',
            keyword: 'minLength',
            params: { limit: 1 },
            message: 'must NOT have fewer than 1 characters',
            schema: 1,
            parentSchema: schema35.properties.increment_from,
            data: data4,
          };
          if (vErrors === null) {
            vErrors = [err16];
          } else {
            vErrors.push(err16);
          }
          errors++;
        }
      } else {
        const err17 = {
          instancePath: instancePath + '/increment_from',
          schemaPath: '#/properties/increment_from/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema35.properties.increment_from.type,
          parentSchema: schema35.properties.increment_from,
          data: data4,
        };
        if (vErrors === null) {
          vErrors = [err17];
        } else {
          vErrors.push(err17);
        }
        errors++;
      }
    }
    if (data.on_deny !== void 0 && func0.call(data, 'on_deny')) {
      let data5 = data.on_deny;
      if (typeof data5 !== 'string') {
        const err18 = {
          instancePath: instancePath + '/on_deny',
          schemaPath: '#/definitions/onDeny/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema22.type,
          parentSchema: schema22,
          data: data5,
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
      instancePath,
      schemaPath: '#/type',
      keyword: 'type',
      params: { type: 'object' },
      message: 'must be object',
      schema: schema35.type,
      parentSchema: schema35,
      data,
    };
    if (vErrors === null) {
      vErrors = [err19];
    } else {
      vErrors.push(err19);
    }
    errors++;
  }
  validate28.errors = vErrors;
  return errors === 0;
}
function validate27(data, { instancePath = '', parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (Array.isArray(data)) {
    if (data.length > 64) {
      const err0 = {
        instancePath,
        schemaPath: '#/maxItems',
        keyword: 'maxItems',
        params: { limit: 64 },
        message: 'must NOT have more than 64 items',
        schema: 64,
        parentSchema: schema34,
        data,
      };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    const len0 = data.length;
    for (let i0 = 0; i0 < len0; i0++) {
      if (
        !validate28(data[i0], {
          instancePath: instancePath + '/' + i0,
          parentData: data,
          parentDataProperty: i0,
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err1 = {
      instancePath,
      schemaPath: '#/type',
      keyword: 'type',
      params: { type: 'array' },
      message: 'must be array',
      schema: schema34.type,
      parentSchema: schema34,
      data,
    };
    if (vErrors === null) {
      vErrors = [err1];
    } else {
      vErrors.push(err1);
    }
    errors++;
  }
  validate27.errors = vErrors;
  return errors === 0;
}
function validate11(data, { instancePath = '', parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    for (const key0 of Object.keys(data)) {
      if (!(key0 === 'require' || key0 === 'deny_if' || key0 === 'rate_limit' || key0 === 'limits')) {
        const err0 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
          message: 'must NOT have additional properties',
          schema: false,
          parentSchema: schema13,
          data,
        };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.require !== void 0 && func0.call(data, 'require')) {
      if (
        !validate12(data.require, {
          instancePath: instancePath + '/require',
          parentData: data,
          parentDataProperty: 'require',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate12.errors : vErrors.concat(validate12.errors);
        errors = vErrors.length;
      }
    }
    if (data.deny_if !== void 0 && func0.call(data, 'deny_if')) {
      if (
        !validate22(data.deny_if, {
          instancePath: instancePath + '/deny_if',
          parentData: data,
          parentDataProperty: 'deny_if',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
        errors = vErrors.length;
      }
    }
    if (data.rate_limit !== void 0 && func0.call(data, 'rate_limit')) {
      if (
        !validate25(data.rate_limit, {
          instancePath: instancePath + '/rate_limit',
          parentData: data,
          parentDataProperty: 'rate_limit',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
        errors = vErrors.length;
      }
    }
    if (data.limits !== void 0 && func0.call(data, 'limits')) {
      if (
        !validate27(data.limits, {
          instancePath: instancePath + '/limits',
          parentData: data,
          parentDataProperty: 'limits',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate27.errors : vErrors.concat(validate27.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err1 = {
      instancePath,
      schemaPath: '#/type',
      keyword: 'type',
      params: { type: 'object' },
      message: 'must be object',
      schema: schema13.type,
      parentSchema: schema13,
      data,
    };
    if (vErrors === null) {
      vErrors = [err1];
    } else {
      vErrors.push(err1);
    }
    errors++;
  }
  validate11.errors = vErrors;
  return errors === 0;
}
var schema38 = {
  title: 'Entry',
  description: 'What the policy says about the tools that this key fits. {} lists and allows them.',
  type: 'object',
  additionalProperties: false,
  properties: {
    action: {
      description:
        '"deny" refuses every call; "require_approval" asks a person first; "allow" lets calls pass that keep the other rules, and lifts the action of patterns that fit the same tool. The action of an exact name wins; among patterns "deny" wins over "require_approval".',
      type: 'string',
      enum: ['allow', 'deny', 'require_approval'],
    },
    reason: {
      description: 'Told to the agent and logged when this entry denies a call and the rule itself has no "on_deny".',
      type: 'string',
    },
    require: { $ref: '#/definitions/require' },
    deny_if: { $ref: '#/definitions/denyIf' },
    rate_limit: { $ref: '#/definitions/rateLimit' },
    limits: { $ref: '#/definitions/limits' },
    approval: { $ref: '#/definitions/approval' },
  },
  if: { required: ['approval'] },
  then: { required: ['action'], properties: { action: { const: 'require_approval' } } },
};
var schema39 = {
  title: 'Approval',
  description: 'How a person is asked. Only beside "action": "require_approval".',
  type: 'object',
  additionalProperties: false,
  properties: {
    timeout: {
      description: 'Seconds until an unanswered question counts as refused.',
      type: 'number',
      minimum: 1,
      maximum: 86400,
      default: 300,
    },
    message: { description: 'Shown to the person who is asked.', type: 'string' },
    remember: {
      description:
        '"session": an approval also covers the same call with identical arguments in the same session. "never" asks every time.',
      type: 'string',
      enum: ['never', 'session'],
      default: 'never',
    },
  },
};
function validate32(data, { instancePath = '', parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  const _errs1 = errors;
  let valid0 = true;
  const _errs2 = errors;
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    let missing0;
    if ((data.approval === void 0 || !func0.call(data, 'approval')) && (missing0 = 'approval')) {
      const err0 = {};
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
  }
  var _valid0 = _errs2 === errors;
  errors = _errs1;
  if (vErrors !== null) {
    if (_errs1) {
      vErrors.length = _errs1;
    } else {
      vErrors = null;
    }
  }
  if (_valid0) {
    const _errs3 = errors;
    if (data && typeof data == 'object' && !Array.isArray(data)) {
      if (data.action === void 0 || !func0.call(data, 'action')) {
        const err1 = {
          instancePath,
          schemaPath: '#/then/required',
          keyword: 'required',
          params: { missingProperty: 'action' },
          message: "must have required property 'action'",
          schema: schema38.then.required,
          parentSchema: schema38.then,
          data,
        };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
      if (data.action !== void 0 && func0.call(data, 'action')) {
        let data0 = data.action;
        if ('require_approval' !== data0) {
          const err2 = {
            instancePath: instancePath + '/action',
            schemaPath: '#/then/properties/action/const',
            keyword: 'const',
            params: { allowedValue: 'require_approval' },
            message: 'must be equal to constant',
            schema: 'require_approval',
            parentSchema: schema38.then.properties.action,
            data: data0,
          };
          if (vErrors === null) {
            vErrors = [err2];
          } else {
            vErrors.push(err2);
          }
          errors++;
        }
      }
    }
    var _valid0 = _errs3 === errors;
    valid0 = _valid0;
  }
  if (!valid0) {
    const err3 = {
      instancePath,
      schemaPath: '#/if',
      keyword: 'if',
      params: { failingKeyword: 'then' },
      message: 'must match "then" schema',
      schema: schema38.if,
      parentSchema: schema38,
      data,
    };
    if (vErrors === null) {
      vErrors = [err3];
    } else {
      vErrors.push(err3);
    }
    errors++;
  }
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    for (const key0 of Object.keys(data)) {
      if (!(
        key0 === 'action' ||
        key0 === 'reason' ||
        key0 === 'require' ||
        key0 === 'deny_if' ||
        key0 === 'rate_limit' ||
        key0 === 'limits' ||
        key0 === 'approval'
      )) {
        const err4 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
          message: 'must NOT have additional properties',
          schema: false,
          parentSchema: schema38,
          data,
        };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.action !== void 0 && func0.call(data, 'action')) {
      let data1 = data.action;
      if (typeof data1 !== 'string') {
        const err5 = {
          instancePath: instancePath + '/action',
          schemaPath: '#/properties/action/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema38.properties.action.type,
          parentSchema: schema38.properties.action,
          data: data1,
        };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
      if (!(data1 === 'allow' || data1 === 'deny' || data1 === 'require_approval')) {
        const err6 = {
          instancePath: instancePath + '/action',
          schemaPath: '#/properties/action/enum',
          keyword: 'enum',
          params: { allowedValues: schema38.properties.action.enum },
          message: 'must be equal to one of the allowed values',
          schema: schema38.properties.action.enum,
          parentSchema: schema38.properties.action,
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
    if (data.reason !== void 0 && func0.call(data, 'reason')) {
      let data2 = data.reason;
      if (typeof data2 !== 'string') {
        const err7 = {
          instancePath: instancePath + '/reason',
          schemaPath: '#/properties/reason/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema38.properties.reason.type,
          parentSchema: schema38.properties.reason,
          data: data2,
        };
        if (vErrors === null) {
          vErrors = [err7];
        } else {
          vErrors.push(err7);
        }
        errors++;
      }
    }
    if (data.require !== void 0 && func0.call(data, 'require')) {
      if (
        !validate12(data.require, {
          instancePath: instancePath + '/require',
          parentData: data,
          parentDataProperty: 'require',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate12.errors : vErrors.concat(validate12.errors);
        errors = vErrors.length;
      }
    }
    if (data.deny_if !== void 0 && func0.call(data, 'deny_if')) {
      if (
        !validate22(data.deny_if, {
          instancePath: instancePath + '/deny_if',
          parentData: data,
          parentDataProperty: 'deny_if',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
        errors = vErrors.length;
      }
    }
    if (data.rate_limit !== void 0 && func0.call(data, 'rate_limit')) {
      if (
        !validate25(data.rate_limit, {
          instancePath: instancePath + '/rate_limit',
          parentData: data,
          parentDataProperty: 'rate_limit',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
        errors = vErrors.length;
      }
    }
    if (data.limits !== void 0 && func0.call(data, 'limits')) {
      if (
        !validate27(data.limits, {
          instancePath: instancePath + '/limits',
          parentData: data,
          parentDataProperty: 'limits',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate27.errors : vErrors.concat(validate27.errors);
        errors = vErrors.length;
      }
    }
    if (data.approval !== void 0 && func0.call(data, 'approval')) {
      let data7 = data.approval;
      if (data7 && typeof data7 == 'object' && !Array.isArray(data7)) {
        for (const key1 of Object.keys(data7)) {
          if (!(key1 === 'timeout' || key1 === 'message' || key1 === 'remember')) {
            const err8 = {
              instancePath: instancePath + '/approval',
              schemaPath: '#/definitions/approval/additionalProperties',
              keyword: 'additionalProperties',
              params: { additionalProperty: key1 },
              message: 'must NOT have additional properties',
              schema: false,
              parentSchema: schema39,
              data: data7,
            };
            if (vErrors === null) {
              vErrors = [err8];
            } else {
              vErrors.push(err8);
            }
            errors++;
          }
        }
        if (data7.timeout !== void 0 && func0.call(data7, 'timeout')) {
          let data8 = data7.timeout;
          if (typeof data8 == 'number' && isFinite(data8)) {
            if (data8 > 86400 || isNaN(data8)) {
              const err9 = {
                instancePath: instancePath + '/approval/timeout',
                schemaPath: '#/definitions/approval/properties/timeout/maximum',
                keyword: 'maximum',
                params: { comparison: '<=', limit: 86400 },
                message: 'must be <= 86400',
                schema: 86400,
                parentSchema: schema39.properties.timeout,
                data: data8,
              };
              if (vErrors === null) {
                vErrors = [err9];
              } else {
                vErrors.push(err9);
              }
              errors++;
            }
            if (data8 < 1 || isNaN(data8)) {
              const err10 = {
                instancePath: instancePath + '/approval/timeout',
                schemaPath: '#/definitions/approval/properties/timeout/minimum',
                keyword: 'minimum',
                params: { comparison: '>=', limit: 1 },
                message: 'must be >= 1',
                schema: 1,
                parentSchema: schema39.properties.timeout,
                data: data8,
              };
              if (vErrors === null) {
                vErrors = [err10];
              } else {
                vErrors.push(err10);
              }
              errors++;
            }
          } else {
            const err11 = {
              instancePath: instancePath + '/approval/timeout',
              schemaPath: '#/definitions/approval/properties/timeout/type',
              keyword: 'type',
              params: { type: 'number' },
              message: 'must be number',
              schema: schema39.properties.timeout.type,
              parentSchema: schema39.properties.timeout,
              data: data8,
            };
            if (vErrors === null) {
              vErrors = [err11];
            } else {
              vErrors.push(err11);
            }
            errors++;
          }
        }
        if (data7.message !== void 0 && func0.call(data7, 'message')) {
          let data9 = data7.message;
          if (typeof data9 !== 'string') {
            const err12 = {
              instancePath: instancePath + '/approval/message',
              schemaPath: '#/definitions/approval/properties/message/type',
              keyword: 'type',
              params: { type: 'string' },
              message: 'must be string',
              schema: schema39.properties.message.type,
              parentSchema: schema39.properties.message,
              data: data9,
            };
            if (vErrors === null) {
              vErrors = [err12];
            } else {
              vErrors.push(err12);
            }
            errors++;
          }
        }
        if (data7.remember !== void 0 && func0.call(data7, 'remember')) {
          let data10 = data7.remember;
          if (typeof data10 !== 'string') {
            const err13 = {
              instancePath: instancePath + '/approval/remember',
              schemaPath: '#/definitions/approval/properties/remember/type',
              keyword: 'type',
              params: { type: 'string' },
              message: 'must be string',
              schema: schema39.properties.remember.type,
              parentSchema: schema39.properties.remember,
              data: data10,
            };
            if (vErrors === null) {
              vErrors = [err13];
            } else {
              vErrors.push(err13);
            }
            errors++;
          }
          if (!(data10 === 'never' || data10 === 'session')) {
            const err14 = {
              instancePath: instancePath + '/approval/remember',
              schemaPath: '#/definitions/approval/properties/remember/enum',
              keyword: 'enum',
              params: { allowedValues: schema39.properties.remember.enum },
              message: 'must be equal to one of the allowed values',
              schema: schema39.properties.remember.enum,
              parentSchema: schema39.properties.remember,
              data: data10,
            };
            if (vErrors === null) {
              vErrors = [err14];
            } else {
              vErrors.push(err14);
            }
            errors++;
          }
        }
      } else {
        const err15 = {
          instancePath: instancePath + '/approval',
          schemaPath: '#/definitions/approval/type',
          keyword: 'type',
          params: { type: 'object' },
          message: 'must be object',
          schema: schema39.type,
          parentSchema: schema39,
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
  } else {
    const err16 = {
      instancePath,
      schemaPath: '#/type',
      keyword: 'type',
      params: { type: 'object' },
      message: 'must be object',
      schema: schema38.type,
      parentSchema: schema38,
      data,
    };
    if (vErrors === null) {
      vErrors = [err16];
    } else {
      vErrors.push(err16);
    }
    errors++;
  }
  validate32.errors = vErrors;
  return errors === 0;
}
function validate10(data, { instancePath = '', parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    if (data.version === void 0 || !func0.call(data, 'version')) {
      const err0 = {
        instancePath,
        schemaPath: '#/required',
        keyword: 'required',
        params: { missingProperty: 'version' },
        message: "must have required property 'version'",
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
    if (data.default === void 0 || !func0.call(data, 'default')) {
      const err1 = {
        instancePath,
        schemaPath: '#/required',
        keyword: 'required',
        params: { missingProperty: 'default' },
        message: "must have required property 'default'",
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
      if (!(
        key0 === '$schema' ||
        key0 === 'version' ||
        key0 === 'description' ||
        key0 === 'server' ||
        key0 === 'default' ||
        key0 === 'hide' ||
        key0 === 'all_tools' ||
        key0 === 'tools'
      )) {
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
    if (data.version !== void 0 && func0.call(data, 'version')) {
      let data1 = data.version;
      if (typeof data1 !== 'string') {
        const err4 = {
          instancePath: instancePath + '/version',
          schemaPath: '#/properties/version/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema11.properties.version.type,
          parentSchema: schema11.properties.version,
          data: data1,
        };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
      if (!(data1 === '1')) {
        const err5 = {
          instancePath: instancePath + '/version',
          schemaPath: '#/properties/version/enum',
          keyword: 'enum',
          params: { allowedValues: schema11.properties.version.enum },
          message: 'must be equal to one of the allowed values',
          schema: schema11.properties.version.enum,
          parentSchema: schema11.properties.version,
          data: data1,
        };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.description !== void 0 && func0.call(data, 'description')) {
      let data2 = data.description;
      if (typeof data2 !== 'string') {
        const err6 = {
          instancePath: instancePath + '/description',
          schemaPath: '#/properties/description/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema11.properties.description.type,
          parentSchema: schema11.properties.description,
          data: data2,
        };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
    if (data.server !== void 0 && func0.call(data, 'server')) {
      let data3 = data.server;
      if (typeof data3 !== 'string') {
        const err7 = {
          instancePath: instancePath + '/server',
          schemaPath: '#/properties/server/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema11.properties.server.type,
          parentSchema: schema11.properties.server,
          data: data3,
        };
        if (vErrors === null) {
          vErrors = [err7];
        } else {
          vErrors.push(err7);
        }
        errors++;
      }
    }
    if (data.default !== void 0 && func0.call(data, 'default')) {
      let data4 = data.default;
      if (typeof data4 !== 'string') {
        const err8 = {
          instancePath: instancePath + '/default',
          schemaPath: '#/properties/default/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema11.properties.default.type,
          parentSchema: schema11.properties.default,
          data: data4,
        };
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
      }
      if (!(data4 === 'allow' || data4 === 'deny')) {
        const err9 = {
          instancePath: instancePath + '/default',
          schemaPath: '#/properties/default/enum',
          keyword: 'enum',
          params: { allowedValues: schema11.properties.default.enum },
          message: 'must be equal to one of the allowed values',
          schema: schema11.properties.default.enum,
          parentSchema: schema11.properties.default,
          data: data4,
        };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
    }
    if (data.hide !== void 0 && func0.call(data, 'hide')) {
      let data5 = data.hide;
      if (Array.isArray(data5)) {
        const len0 = data5.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data6 = data5[i0];
          if (typeof data6 === 'string') {
            if (func53(data6) > 256) {
              const err10 = {
                instancePath: instancePath + '/hide/' + i0,
                schemaPath: '#/definitions/toolPattern/maxLength',
                keyword: 'maxLength',
                params: { limit: 256 },
                message: 'must NOT have more than 256 characters',
                schema: 256,
                parentSchema: schema12,
                data: data6,
              };
              if (vErrors === null) {
                vErrors = [err10];
              } else {
                vErrors.push(err10);
              }
              errors++;
            }
            if (func53(data6) < 1) {
              const err11 = {
                instancePath: instancePath + '/hide/' + i0,
                schemaPath: '#/definitions/toolPattern/minLength',
                keyword: 'minLength',
                params: { limit: 1 },
                message: 'must NOT have fewer than 1 characters',
                schema: 1,
                parentSchema: schema12,
                data: data6,
              };
              if (vErrors === null) {
                vErrors = [err11];
              } else {
                vErrors.push(err11);
              }
              errors++;
            }
          } else {
            const err12 = {
              instancePath: instancePath + '/hide/' + i0,
              schemaPath: '#/definitions/toolPattern/type',
              keyword: 'type',
              params: { type: 'string' },
              message: 'must be string',
              schema: schema12.type,
              parentSchema: schema12,
              data: data6,
            };
            if (vErrors === null) {
              vErrors = [err12];
            } else {
              vErrors.push(err12);
            }
            errors++;
          }
        }
      } else {
        const err13 = {
          instancePath: instancePath + '/hide',
          schemaPath: '#/properties/hide/type',
          keyword: 'type',
          params: { type: 'array' },
          message: 'must be array',
          schema: schema11.properties.hide.type,
          parentSchema: schema11.properties.hide,
          data: data5,
        };
        if (vErrors === null) {
          vErrors = [err13];
        } else {
          vErrors.push(err13);
        }
        errors++;
      }
    }
    if (data.all_tools !== void 0 && func0.call(data, 'all_tools')) {
      if (
        !validate11(data.all_tools, {
          instancePath: instancePath + '/all_tools',
          parentData: data,
          parentDataProperty: 'all_tools',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
        errors = vErrors.length;
      }
    }
    if (data.tools !== void 0 && func0.call(data, 'tools')) {
      let data8 = data.tools;
      if (data8 && typeof data8 == 'object' && !Array.isArray(data8)) {
        if (Object.keys(data8).length > 1e4) {
          const err14 = {
            instancePath: instancePath + '/tools',
            schemaPath: '#/properties/tools/maxProperties',
            keyword: 'maxProperties',
            params: { limit: 1e4 },
            message: 'must NOT have more than 10000 properties',
            schema: 1e4,
            parentSchema: schema11.properties.tools,
            data: data8,
          };
          if (vErrors === null) {
            vErrors = [err14];
          } else {
            vErrors.push(err14);
          }
          errors++;
        }
        for (const key1 of Object.keys(data8)) {
          const _errs20 = errors;
          if (typeof key1 === 'string') {
            if (func53(key1) > 256) {
              const err15 = {
                instancePath: instancePath + '/tools',
                schemaPath: '#/definitions/toolPattern/maxLength',
                keyword: 'maxLength',
                params: { limit: 256 },
                message: 'must NOT have more than 256 characters',
                schema: 256,
                parentSchema: schema12,
                data: key1,
                propertyName: key1,
              };
              if (vErrors === null) {
                vErrors = [err15];
              } else {
                vErrors.push(err15);
              }
              errors++;
            }
            if (func53(key1) < 1) {
              const err16 = {
                instancePath: instancePath + '/tools',
                schemaPath: '#/definitions/toolPattern/minLength',
                keyword: 'minLength',
                params: { limit: 1 },
                message: 'must NOT have fewer than 1 characters',
                schema: 1,
                parentSchema: schema12,
                data: key1,
                propertyName: key1,
              };
              if (vErrors === null) {
                vErrors = [err16];
              } else {
                vErrors.push(err16);
              }
              errors++;
            }
          } else {
            const err17 = {
              instancePath: instancePath + '/tools',
              schemaPath: '#/definitions/toolPattern/type',
              keyword: 'type',
              params: { type: 'string' },
              message: 'must be string',
              schema: schema12.type,
              parentSchema: schema12,
              data: key1,
              propertyName: key1,
            };
            if (vErrors === null) {
              vErrors = [err17];
            } else {
              vErrors.push(err17);
            }
            errors++;
          }
          var valid4 = _errs20 === errors;
          if (!valid4) {
            const err18 = {
              instancePath: instancePath + '/tools',
              schemaPath: '#/properties/tools/propertyNames',
              keyword: 'propertyNames',
              params: { propertyName: key1 },
              message: 'property name must be valid',
              schema: schema11.properties.tools.propertyNames,
              parentSchema: schema11.properties.tools,
              data: data8,
            };
            if (vErrors === null) {
              vErrors = [err18];
            } else {
              vErrors.push(err18);
            }
            errors++;
          }
        }
        for (const key2 of Object.keys(data8)) {
          if (
            !validate32(data8[key2], {
              instancePath: instancePath + '/tools/' + key2.replace(/~/g, '~0').replace(/\//g, '~1'),
              parentData: data8,
              parentDataProperty: key2,
              rootData,
            })
          ) {
            vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err19 = {
          instancePath: instancePath + '/tools',
          schemaPath: '#/properties/tools/type',
          keyword: 'type',
          params: { type: 'object' },
          message: 'must be object',
          schema: schema11.properties.tools.type,
          parentSchema: schema11.properties.tools,
          data: data8,
        };
        if (vErrors === null) {
          vErrors = [err19];
        } else {
          vErrors.push(err19);
        }
        errors++;
      }
    }
  } else {
    const err20 = {
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
      vErrors = [err20];
    } else {
      vErrors.push(err20);
    }
    errors++;
  }
  validate10.errors = vErrors;
  return errors === 0;
}
export { stdin_default as default, validate };
