// Generated from schemas/gateway.schema.json by scripts/generate.mts. Do not edit.
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
  title: 'Portcullis gateway configuration',
  description:
    'portcullis.json: which policy governs which MCP server, and how the gateway runs. Optional; servers that are defined in .vscode/mcp.json, .mcp.json or .cursor/mcp.json need no entry here. Strict JSON: no comments, no key twice, no unknown keys.',
  type: 'object',
  additionalProperties: false,
  properties: {
    $schema: { description: 'Where an editor finds this schema. Ignored by the gateway.', type: 'string' },
    servers: {
      description:
        'Servers by name. An entry may define a server, or only add settings to one that another file defines.',
      type: 'object',
      additionalProperties: { $ref: '#/definitions/server' },
    },
    state: { $ref: '#/definitions/state' },
    audit: { $ref: '#/definitions/audit' },
    approvals: { $ref: '#/definitions/approvals' },
    lock: {
      description:
        "What happens when a server's tools differ from the locked ones: nothing, a warning, or a denial until a person has accepted the change.",
      type: 'string',
      enum: ['off', 'warn', 'enforce'],
      default: 'off',
    },
    reload: {
      description: `Whether a loosened policy waits for a person's confirmation. "automatic" counts only in user-level configuration, because an agent can edit workspace files.`,
      type: 'string',
      enum: ['confirm', 'automatic'],
      default: 'confirm',
    },
    rules: {
      description:
        'How severe the findings of each rule are, by its code (docs/rules). The editor and the command line both keep to it. It is about findings only: nothing here changes what the gateway decides.',
      type: 'object',
      additionalProperties: { type: 'string', enum: ['error', 'warning', 'information', 'hint', 'off'] },
    },
    excused: {
      description:
        'Single findings that are known and meant, each with the reason. They are listed by `portcullis check`, and do not count. It is about findings only: nothing here changes what the gateway decides.',
      type: 'array',
      items: { $ref: '#/definitions/excuse' },
    },
  },
  definitions: {
    excuse: {
      description: 'A finding, and why it is no mistake.',
      type: 'object',
      additionalProperties: false,
      required: ['policy', 'code', 'at', 'reason'],
      properties: {
        policy: { description: 'Path of the policy, relative to this file.', type: 'string', minLength: 1 },
        code: { description: 'Code of the rule.', type: 'string', minLength: 1 },
        at: {
          description:
            'JSON Pointer of the place in the policy, such as "/tools/create_user/limits/0". All findings of the rule below it are excused too.',
          type: 'string',
          pattern: '^(/.*)?$',
        },
        reason: { description: 'Why this is meant, for whoever reviews it.', type: 'string', minLength: 1 },
      },
    },
    server: {
      description:
        'A server: how it is started or reached (the keys of .vscode/mcp.json), unless another file says so, and what the gateway does with it.',
      type: 'object',
      additionalProperties: false,
      properties: {
        type: {
          description:
            'How the server is reached: as a child process, over streamable HTTP, or over legacy HTTP with server-sent events. Absent: "stdio" where "command" stands, else "http".',
          type: 'string',
          enum: ['stdio', 'http', 'sse'],
        },
        command: {
          description:
            'Program that is started, without a shell. May hold ${env:NAME}, ${workspaceFolder}, ${userHome} and ${input:id}, as may every text of a definition.',
          type: 'string',
          minLength: 1,
        },
        args: { description: 'Arguments of the program.', type: 'array', items: { type: 'string' } },
        cwd: {
          description:
            'Folder that the program is started in; relative paths begin at the workspace folder, which is also the default.',
          type: 'string',
          minLength: 1,
        },
        env: {
          description:
            'Environment variables of the program, beside HOME, PATH, LANG, TMPDIR, USER and the proxy variables, which are all that it inherits.',
          type: 'object',
          additionalProperties: { type: ['string', 'number', 'null'] },
        },
        envFile: {
          description: 'File of further environment variables, one NAME=value on a line. "env" wins.',
          type: 'string',
          minLength: 1,
        },
        url: {
          description: 'Address of a remote server, beginning with http:// or https://.',
          type: 'string',
          minLength: 1,
        },
        headers: {
          description: 'HTTP headers for a remote server. Write ${env:NAME} or ${input:id} in place of a secret.',
          type: 'object',
          additionalProperties: { type: 'string' },
        },
        oauth: {
          description:
            'For a remote server that wants a login: who this client is to its authorization server. Without it the client registers itself.',
          type: 'object',
          additionalProperties: false,
          properties: {
            clientId: {
              description:
                'Id of a client that was registered beforehand, or the https address of a client id metadata document.',
              type: 'string',
              minLength: 1,
            },
            clientSecret: {
              description:
                'Secret of that client, if it has one. Write ${env:NAME} or ${input:id}, never the secret itself.',
              type: 'string',
              minLength: 1,
            },
            callbackPort: {
              description:
                'Port of http://127.0.0.1:PORT/callback, where the login ends, if the client was registered with a fixed one.',
              type: 'integer',
              minimum: 1,
              maximum: 65535,
            },
            issuer: {
              description:
                'The authorization server that is to be used, if only this one is right. Needed when it stands in a private network.',
              type: 'string',
              minLength: 1,
            },
          },
        },
        policy: {
          description: 'Path of the policy that governs this server, relative to this file.',
          type: 'string',
          minLength: 1,
        },
        mode: {
          description:
            '"enforce" denies what the policy denies. "observe" lets it pass and records what would have been denied.',
          type: 'string',
          enum: ['enforce', 'observe'],
          default: 'enforce',
        },
        methods: {
          description: `MCP methods, for example "resources/read", that this server's clients may or may not use. Methods that MCP knows are allowed by default; others are refused.`,
          type: 'object',
          additionalProperties: { type: 'string', enum: ['allow', 'deny'] },
        },
        redact: {
          description: "Texts in the server's results that are replaced before an agent sees them.",
          type: 'array',
          items: { $ref: '#/definitions/redaction' },
        },
        timeout: {
          description: 'Seconds that a request to this server may take.',
          type: 'number',
          exclusiveMinimum: 0,
          maximum: 86400,
          default: 60,
        },
      },
    },
    redaction: {
      description: 'A regular expression in RE2 syntax, and what stands in place of its matches.',
      type: 'object',
      additionalProperties: false,
      required: ['regex'],
      properties: {
        regex: {
          description: 'Regular expression in RE2 syntax: no look-around, no back-references.',
          type: 'string',
          minLength: 1,
        },
        replace: { description: 'Text in place of each match.', type: 'string', default: '[redacted]' },
      },
    },
    state: {
      description: 'Where the gateway keeps its audit log, counters and grants.',
      type: 'object',
      additionalProperties: false,
      properties: {
        directory: {
          description:
            "Folder of the gateway's database, relative to this file. Absent: the platform's folder for such data.",
          type: 'string',
          minLength: 1,
        },
        sharedUrlEnv: {
          description:
            'Name of the environment variable that holds the address of shared state (redis://\u2026). Never the address itself.',
          type: 'string',
          pattern: '^[A-Za-z_][A-Za-z0-9_]*$',
        },
      },
    },
    audit: {
      description: 'What the audit log keeps, and for how long.',
      type: 'object',
      additionalProperties: false,
      properties: {
        values: {
          description:
            'Whether the values at the argument paths that the policy names are kept for 7 days, for `portcullis replay`: sealed, apart from the log, and not those that "redact" matches or that look like secrets. false: nobody is asked either.',
          type: 'boolean',
          default: false,
        },
        durability: {
          description:
            'What a record survives before the call goes on: the end of the process, or a power failure (slower).',
          type: 'string',
          enum: ['process', 'power'],
          default: 'process',
        },
        maxDays: { description: 'Records older than so many days are removed.', type: 'integer', minimum: 1 },
        maxBytes: {
          description: 'The oldest records are removed when the log is larger than so many bytes.',
          type: 'integer',
          minimum: 1048576,
        },
      },
    },
    approvals: {
      description: 'How people answer calls that wait for approval.',
      type: 'object',
      additionalProperties: false,
      properties: {
        shell: {
          description:
            'Whether `portcullis approvals approve` works on a terminal. Counts only in user-level configuration, because an agent can edit workspace files.',
          type: 'boolean',
          default: false,
        },
      },
    },
  },
};
var schema14 = {
  description: 'Where the gateway keeps its audit log, counters and grants.',
  type: 'object',
  additionalProperties: false,
  properties: {
    directory: {
      description:
        "Folder of the gateway's database, relative to this file. Absent: the platform's folder for such data.",
      type: 'string',
      minLength: 1,
    },
    sharedUrlEnv: {
      description:
        'Name of the environment variable that holds the address of shared state (redis://\u2026). Never the address itself.',
      type: 'string',
      pattern: '^[A-Za-z_][A-Za-z0-9_]*$',
    },
  },
};
var schema15 = {
  description: 'What the audit log keeps, and for how long.',
  type: 'object',
  additionalProperties: false,
  properties: {
    values: {
      description:
        'Whether the values at the argument paths that the policy names are kept for 7 days, for `portcullis replay`: sealed, apart from the log, and not those that "redact" matches or that look like secrets. false: nobody is asked either.',
      type: 'boolean',
      default: false,
    },
    durability: {
      description:
        'What a record survives before the call goes on: the end of the process, or a power failure (slower).',
      type: 'string',
      enum: ['process', 'power'],
      default: 'process',
    },
    maxDays: { description: 'Records older than so many days are removed.', type: 'integer', minimum: 1 },
    maxBytes: {
      description: 'The oldest records are removed when the log is larger than so many bytes.',
      type: 'integer',
      minimum: 1048576,
    },
  },
};
var schema16 = {
  description: 'How people answer calls that wait for approval.',
  type: 'object',
  additionalProperties: false,
  properties: {
    shell: {
      description:
        'Whether `portcullis approvals approve` works on a terminal. Counts only in user-level configuration, because an agent can edit workspace files.',
      type: 'boolean',
      default: false,
    },
  },
};
var schema17 = {
  description: 'A finding, and why it is no mistake.',
  type: 'object',
  additionalProperties: false,
  required: ['policy', 'code', 'at', 'reason'],
  properties: {
    policy: { description: 'Path of the policy, relative to this file.', type: 'string', minLength: 1 },
    code: { description: 'Code of the rule.', type: 'string', minLength: 1 },
    at: {
      description:
        'JSON Pointer of the place in the policy, such as "/tools/create_user/limits/0". All findings of the rule below it are excused too.',
      type: 'string',
      pattern: '^(/.*)?$',
    },
    reason: { description: 'Why this is meant, for whoever reviews it.', type: 'string', minLength: 1 },
  },
};
var func0 = Object.prototype.hasOwnProperty;
var func51 = require_ucs2length().default;
var schema12 = {
  description:
    'A server: how it is started or reached (the keys of .vscode/mcp.json), unless another file says so, and what the gateway does with it.',
  type: 'object',
  additionalProperties: false,
  properties: {
    type: {
      description:
        'How the server is reached: as a child process, over streamable HTTP, or over legacy HTTP with server-sent events. Absent: "stdio" where "command" stands, else "http".',
      type: 'string',
      enum: ['stdio', 'http', 'sse'],
    },
    command: {
      description:
        'Program that is started, without a shell. May hold ${env:NAME}, ${workspaceFolder}, ${userHome} and ${input:id}, as may every text of a definition.',
      type: 'string',
      minLength: 1,
    },
    args: { description: 'Arguments of the program.', type: 'array', items: { type: 'string' } },
    cwd: {
      description:
        'Folder that the program is started in; relative paths begin at the workspace folder, which is also the default.',
      type: 'string',
      minLength: 1,
    },
    env: {
      description:
        'Environment variables of the program, beside HOME, PATH, LANG, TMPDIR, USER and the proxy variables, which are all that it inherits.',
      type: 'object',
      additionalProperties: { type: ['string', 'number', 'null'] },
    },
    envFile: {
      description: 'File of further environment variables, one NAME=value on a line. "env" wins.',
      type: 'string',
      minLength: 1,
    },
    url: {
      description: 'Address of a remote server, beginning with http:// or https://.',
      type: 'string',
      minLength: 1,
    },
    headers: {
      description: 'HTTP headers for a remote server. Write ${env:NAME} or ${input:id} in place of a secret.',
      type: 'object',
      additionalProperties: { type: 'string' },
    },
    oauth: {
      description:
        'For a remote server that wants a login: who this client is to its authorization server. Without it the client registers itself.',
      type: 'object',
      additionalProperties: false,
      properties: {
        clientId: {
          description:
            'Id of a client that was registered beforehand, or the https address of a client id metadata document.',
          type: 'string',
          minLength: 1,
        },
        clientSecret: {
          description:
            'Secret of that client, if it has one. Write ${env:NAME} or ${input:id}, never the secret itself.',
          type: 'string',
          minLength: 1,
        },
        callbackPort: {
          description:
            'Port of http://127.0.0.1:PORT/callback, where the login ends, if the client was registered with a fixed one.',
          type: 'integer',
          minimum: 1,
          maximum: 65535,
        },
        issuer: {
          description:
            'The authorization server that is to be used, if only this one is right. Needed when it stands in a private network.',
          type: 'string',
          minLength: 1,
        },
      },
    },
    policy: {
      description: 'Path of the policy that governs this server, relative to this file.',
      type: 'string',
      minLength: 1,
    },
    mode: {
      description:
        '"enforce" denies what the policy denies. "observe" lets it pass and records what would have been denied.',
      type: 'string',
      enum: ['enforce', 'observe'],
      default: 'enforce',
    },
    methods: {
      description: `MCP methods, for example "resources/read", that this server's clients may or may not use. Methods that MCP knows are allowed by default; others are refused.`,
      type: 'object',
      additionalProperties: { type: 'string', enum: ['allow', 'deny'] },
    },
    redact: {
      description: "Texts in the server's results that are replaced before an agent sees them.",
      type: 'array',
      items: { $ref: '#/definitions/redaction' },
    },
    timeout: {
      description: 'Seconds that a request to this server may take.',
      type: 'number',
      exclusiveMinimum: 0,
      maximum: 86400,
      default: 60,
    },
  },
};
var schema13 = {
  description: 'A regular expression in RE2 syntax, and what stands in place of its matches.',
  type: 'object',
  additionalProperties: false,
  required: ['regex'],
  properties: {
    regex: {
      description: 'Regular expression in RE2 syntax: no look-around, no back-references.',
      type: 'string',
      minLength: 1,
    },
    replace: { description: 'Text in place of each match.', type: 'string', default: '[redacted]' },
  },
};
function validate11(data, { instancePath = '', parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    for (const key0 of Object.keys(data)) {
      if (!func0.call(schema12.properties, key0)) {
        const err0 = {
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
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.type !== void 0 && func0.call(data, 'type')) {
      let data0 = data.type;
      if (typeof data0 !== 'string') {
        const err1 = {
          instancePath: instancePath + '/type',
          schemaPath: '#/properties/type/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema12.properties.type.type,
          parentSchema: schema12.properties.type,
          data: data0,
        };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
      if (!(data0 === 'stdio' || data0 === 'http' || data0 === 'sse')) {
        const err2 = {
          instancePath: instancePath + '/type',
          schemaPath: '#/properties/type/enum',
          keyword: 'enum',
          params: { allowedValues: schema12.properties.type.enum },
          message: 'must be equal to one of the allowed values',
          schema: schema12.properties.type.enum,
          parentSchema: schema12.properties.type,
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
    if (data.command !== void 0 && func0.call(data, 'command')) {
      let data1 = data.command;
      if (typeof data1 === 'string') {
        if (func51(data1) < 1) {
          const err3 = {
            instancePath: instancePath + '/command',
            schemaPath: '#/properties/command/minLength',
            keyword: 'minLength',
            params: { limit: 1 },
            message: 'must NOT have fewer than 1 characters',
            schema: 1,
            parentSchema: schema12.properties.command,
            data: data1,
          };
          if (vErrors === null) {
            vErrors = [err3];
          } else {
            vErrors.push(err3);
          }
          errors++;
        }
      } else {
        const err4 = {
          instancePath: instancePath + '/command',
          schemaPath: '#/properties/command/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema12.properties.command.type,
          parentSchema: schema12.properties.command,
          data: data1,
        };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.args !== void 0 && func0.call(data, 'args')) {
      let data2 = data.args;
      if (Array.isArray(data2)) {
        const len0 = data2.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data3 = data2[i0];
          if (typeof data3 !== 'string') {
            const err5 = {
              instancePath: instancePath + '/args/' + i0,
              schemaPath: '#/properties/args/items/type',
              keyword: 'type',
              params: { type: 'string' },
              message: 'must be string',
              schema: schema12.properties.args.items.type,
              parentSchema: schema12.properties.args.items,
              data: data3,
            };
            if (vErrors === null) {
              vErrors = [err5];
            } else {
              vErrors.push(err5);
            }
            errors++;
          }
        }
      } else {
        const err6 = {
          instancePath: instancePath + '/args',
          schemaPath: '#/properties/args/type',
          keyword: 'type',
          params: { type: 'array' },
          message: 'must be array',
          schema: schema12.properties.args.type,
          parentSchema: schema12.properties.args,
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
    if (data.cwd !== void 0 && func0.call(data, 'cwd')) {
      let data4 = data.cwd;
      if (typeof data4 === 'string') {
        if (func51(data4) < 1) {
          const err7 = {
            instancePath: instancePath + '/cwd',
            schemaPath: '#/properties/cwd/minLength',
            keyword: 'minLength',
            params: { limit: 1 },
            message: 'must NOT have fewer than 1 characters',
            schema: 1,
            parentSchema: schema12.properties.cwd,
            data: data4,
          };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
      } else {
        const err8 = {
          instancePath: instancePath + '/cwd',
          schemaPath: '#/properties/cwd/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema12.properties.cwd.type,
          parentSchema: schema12.properties.cwd,
          data: data4,
        };
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
      }
    }
    if (data.env !== void 0 && func0.call(data, 'env')) {
      let data5 = data.env;
      if (data5 && typeof data5 == 'object' && !Array.isArray(data5)) {
        for (const key1 of Object.keys(data5)) {
          let data6 = data5[key1];
          if (typeof data6 !== 'string' && !(typeof data6 == 'number' && isFinite(data6)) && data6 !== null) {
            const err9 = {
              instancePath: instancePath + '/env/' + key1.replace(/~/g, '~0').replace(/\//g, '~1'),
              schemaPath: '#/properties/env/additionalProperties/type',
              keyword: 'type',
              params: { type: schema12.properties.env.additionalProperties.type },
              message: 'must be string,number,null',
              schema: schema12.properties.env.additionalProperties.type,
              parentSchema: schema12.properties.env.additionalProperties,
              data: data6,
            };
            if (vErrors === null) {
              vErrors = [err9];
            } else {
              vErrors.push(err9);
            }
            errors++;
          }
        }
      } else {
        const err10 = {
          instancePath: instancePath + '/env',
          schemaPath: '#/properties/env/type',
          keyword: 'type',
          params: { type: 'object' },
          message: 'must be object',
          schema: schema12.properties.env.type,
          parentSchema: schema12.properties.env,
          data: data5,
        };
        if (vErrors === null) {
          vErrors = [err10];
        } else {
          vErrors.push(err10);
        }
        errors++;
      }
    }
    if (data.envFile !== void 0 && func0.call(data, 'envFile')) {
      let data7 = data.envFile;
      if (typeof data7 === 'string') {
        if (func51(data7) < 1) {
          const err11 = {
            instancePath: instancePath + '/envFile',
            schemaPath: '#/properties/envFile/minLength',
            keyword: 'minLength',
            params: { limit: 1 },
            message: 'must NOT have fewer than 1 characters',
            schema: 1,
            parentSchema: schema12.properties.envFile,
            data: data7,
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
          instancePath: instancePath + '/envFile',
          schemaPath: '#/properties/envFile/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema12.properties.envFile.type,
          parentSchema: schema12.properties.envFile,
          data: data7,
        };
        if (vErrors === null) {
          vErrors = [err12];
        } else {
          vErrors.push(err12);
        }
        errors++;
      }
    }
    if (data.url !== void 0 && func0.call(data, 'url')) {
      let data8 = data.url;
      if (typeof data8 === 'string') {
        if (func51(data8) < 1) {
          const err13 = {
            instancePath: instancePath + '/url',
            schemaPath: '#/properties/url/minLength',
            keyword: 'minLength',
            params: { limit: 1 },
            message: 'must NOT have fewer than 1 characters',
            schema: 1,
            parentSchema: schema12.properties.url,
            data: data8,
          };
          if (vErrors === null) {
            vErrors = [err13];
          } else {
            vErrors.push(err13);
          }
          errors++;
        }
      } else {
        const err14 = {
          instancePath: instancePath + '/url',
          schemaPath: '#/properties/url/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema12.properties.url.type,
          parentSchema: schema12.properties.url,
          data: data8,
        };
        if (vErrors === null) {
          vErrors = [err14];
        } else {
          vErrors.push(err14);
        }
        errors++;
      }
    }
    if (data.headers !== void 0 && func0.call(data, 'headers')) {
      let data9 = data.headers;
      if (data9 && typeof data9 == 'object' && !Array.isArray(data9)) {
        for (const key2 of Object.keys(data9)) {
          let data10 = data9[key2];
          if (typeof data10 !== 'string') {
            const err15 = {
              instancePath: instancePath + '/headers/' + key2.replace(/~/g, '~0').replace(/\//g, '~1'),
              schemaPath: '#/properties/headers/additionalProperties/type',
              keyword: 'type',
              params: { type: 'string' },
              message: 'must be string',
              schema: schema12.properties.headers.additionalProperties.type,
              parentSchema: schema12.properties.headers.additionalProperties,
              data: data10,
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
          instancePath: instancePath + '/headers',
          schemaPath: '#/properties/headers/type',
          keyword: 'type',
          params: { type: 'object' },
          message: 'must be object',
          schema: schema12.properties.headers.type,
          parentSchema: schema12.properties.headers,
          data: data9,
        };
        if (vErrors === null) {
          vErrors = [err16];
        } else {
          vErrors.push(err16);
        }
        errors++;
      }
    }
    if (data.oauth !== void 0 && func0.call(data, 'oauth')) {
      let data11 = data.oauth;
      if (data11 && typeof data11 == 'object' && !Array.isArray(data11)) {
        for (const key3 of Object.keys(data11)) {
          if (!(key3 === 'clientId' || key3 === 'clientSecret' || key3 === 'callbackPort' || key3 === 'issuer')) {
            const err17 = {
              instancePath: instancePath + '/oauth',
              schemaPath: '#/properties/oauth/additionalProperties',
              keyword: 'additionalProperties',
              params: { additionalProperty: key3 },
              message: 'must NOT have additional properties',
              schema: false,
              parentSchema: schema12.properties.oauth,
              data: data11,
            };
            if (vErrors === null) {
              vErrors = [err17];
            } else {
              vErrors.push(err17);
            }
            errors++;
          }
        }
        if (data11.clientId !== void 0 && func0.call(data11, 'clientId')) {
          let data12 = data11.clientId;
          if (typeof data12 === 'string') {
            if (func51(data12) < 1) {
              const err18 = {
                instancePath: instancePath + '/oauth/clientId',
                schemaPath: '#/properties/oauth/properties/clientId/minLength',
                keyword: 'minLength',
                params: { limit: 1 },
                message: 'must NOT have fewer than 1 characters',
                schema: 1,
                parentSchema: schema12.properties.oauth.properties.clientId,
                data: data12,
              };
              if (vErrors === null) {
                vErrors = [err18];
              } else {
                vErrors.push(err18);
              }
              errors++;
            }
          } else {
            const err19 = {
              instancePath: instancePath + '/oauth/clientId',
              schemaPath: '#/properties/oauth/properties/clientId/type',
              keyword: 'type',
              params: { type: 'string' },
              message: 'must be string',
              schema: schema12.properties.oauth.properties.clientId.type,
              parentSchema: schema12.properties.oauth.properties.clientId,
              data: data12,
            };
            if (vErrors === null) {
              vErrors = [err19];
            } else {
              vErrors.push(err19);
            }
            errors++;
          }
        }
        if (data11.clientSecret !== void 0 && func0.call(data11, 'clientSecret')) {
          let data13 = data11.clientSecret;
          if (typeof data13 === 'string') {
            if (func51(data13) < 1) {
              const err20 = {
                instancePath: instancePath + '/oauth/clientSecret',
                schemaPath: '#/properties/oauth/properties/clientSecret/minLength',
                keyword: 'minLength',
                params: { limit: 1 },
                message: 'must NOT have fewer than 1 characters',
                schema: 1,
                parentSchema: schema12.properties.oauth.properties.clientSecret,
                data: data13,
              };
              if (vErrors === null) {
                vErrors = [err20];
              } else {
                vErrors.push(err20);
              }
              errors++;
            }
          } else {
            const err21 = {
              instancePath: instancePath + '/oauth/clientSecret',
              schemaPath: '#/properties/oauth/properties/clientSecret/type',
              keyword: 'type',
              params: { type: 'string' },
              message: 'must be string',
              schema: schema12.properties.oauth.properties.clientSecret.type,
              parentSchema: schema12.properties.oauth.properties.clientSecret,
              data: data13,
            };
            if (vErrors === null) {
              vErrors = [err21];
            } else {
              vErrors.push(err21);
            }
            errors++;
          }
        }
        if (data11.callbackPort !== void 0 && func0.call(data11, 'callbackPort')) {
          let data14 = data11.callbackPort;
          if (!(typeof data14 == 'number' && !(data14 % 1) && !isNaN(data14) && isFinite(data14))) {
            const err22 = {
              instancePath: instancePath + '/oauth/callbackPort',
              schemaPath: '#/properties/oauth/properties/callbackPort/type',
              keyword: 'type',
              params: { type: 'integer' },
              message: 'must be integer',
              schema: schema12.properties.oauth.properties.callbackPort.type,
              parentSchema: schema12.properties.oauth.properties.callbackPort,
              data: data14,
            };
            if (vErrors === null) {
              vErrors = [err22];
            } else {
              vErrors.push(err22);
            }
            errors++;
          }
          if (typeof data14 == 'number' && isFinite(data14)) {
            if (data14 > 65535 || isNaN(data14)) {
              const err23 = {
                instancePath: instancePath + '/oauth/callbackPort',
                schemaPath: '#/properties/oauth/properties/callbackPort/maximum',
                keyword: 'maximum',
                params: { comparison: '<=', limit: 65535 },
                message: 'must be <= 65535',
                schema: 65535,
                parentSchema: schema12.properties.oauth.properties.callbackPort,
                data: data14,
              };
              if (vErrors === null) {
                vErrors = [err23];
              } else {
                vErrors.push(err23);
              }
              errors++;
            }
            if (data14 < 1 || isNaN(data14)) {
              const err24 = {
                instancePath: instancePath + '/oauth/callbackPort',
                schemaPath: '#/properties/oauth/properties/callbackPort/minimum',
                keyword: 'minimum',
                params: { comparison: '>=', limit: 1 },
                message: 'must be >= 1',
                schema: 1,
                parentSchema: schema12.properties.oauth.properties.callbackPort,
                data: data14,
              };
              if (vErrors === null) {
                vErrors = [err24];
              } else {
                vErrors.push(err24);
              }
              errors++;
            }
          }
        }
        if (data11.issuer !== void 0 && func0.call(data11, 'issuer')) {
          let data15 = data11.issuer;
          if (typeof data15 === 'string') {
            if (func51(data15) < 1) {
              const err25 = {
                instancePath: instancePath + '/oauth/issuer',
                schemaPath: '#/properties/oauth/properties/issuer/minLength',
                keyword: 'minLength',
                params: { limit: 1 },
                message: 'must NOT have fewer than 1 characters',
                schema: 1,
                parentSchema: schema12.properties.oauth.properties.issuer,
                data: data15,
              };
              if (vErrors === null) {
                vErrors = [err25];
              } else {
                vErrors.push(err25);
              }
              errors++;
            }
          } else {
            const err26 = {
              instancePath: instancePath + '/oauth/issuer',
              schemaPath: '#/properties/oauth/properties/issuer/type',
              keyword: 'type',
              params: { type: 'string' },
              message: 'must be string',
              schema: schema12.properties.oauth.properties.issuer.type,
              parentSchema: schema12.properties.oauth.properties.issuer,
              data: data15,
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
          instancePath: instancePath + '/oauth',
          schemaPath: '#/properties/oauth/type',
          keyword: 'type',
          params: { type: 'object' },
          message: 'must be object',
          schema: schema12.properties.oauth.type,
          parentSchema: schema12.properties.oauth,
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
    if (data.policy !== void 0 && func0.call(data, 'policy')) {
      let data16 = data.policy;
      if (typeof data16 === 'string') {
        if (func51(data16) < 1) {
          const err28 = {
            instancePath: instancePath + '/policy',
            schemaPath: '#/properties/policy/minLength',
            keyword: 'minLength',
            params: { limit: 1 },
            message: 'must NOT have fewer than 1 characters',
            schema: 1,
            parentSchema: schema12.properties.policy,
            data: data16,
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
          instancePath: instancePath + '/policy',
          schemaPath: '#/properties/policy/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema12.properties.policy.type,
          parentSchema: schema12.properties.policy,
          data: data16,
        };
        if (vErrors === null) {
          vErrors = [err29];
        } else {
          vErrors.push(err29);
        }
        errors++;
      }
    }
    if (data.mode !== void 0 && func0.call(data, 'mode')) {
      let data17 = data.mode;
      if (typeof data17 !== 'string') {
        const err30 = {
          instancePath: instancePath + '/mode',
          schemaPath: '#/properties/mode/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema12.properties.mode.type,
          parentSchema: schema12.properties.mode,
          data: data17,
        };
        if (vErrors === null) {
          vErrors = [err30];
        } else {
          vErrors.push(err30);
        }
        errors++;
      }
      if (!(data17 === 'enforce' || data17 === 'observe')) {
        const err31 = {
          instancePath: instancePath + '/mode',
          schemaPath: '#/properties/mode/enum',
          keyword: 'enum',
          params: { allowedValues: schema12.properties.mode.enum },
          message: 'must be equal to one of the allowed values',
          schema: schema12.properties.mode.enum,
          parentSchema: schema12.properties.mode,
          data: data17,
        };
        if (vErrors === null) {
          vErrors = [err31];
        } else {
          vErrors.push(err31);
        }
        errors++;
      }
    }
    if (data.methods !== void 0 && func0.call(data, 'methods')) {
      let data18 = data.methods;
      if (data18 && typeof data18 == 'object' && !Array.isArray(data18)) {
        for (const key4 of Object.keys(data18)) {
          let data19 = data18[key4];
          if (typeof data19 !== 'string') {
            const err32 = {
              instancePath: instancePath + '/methods/' + key4.replace(/~/g, '~0').replace(/\//g, '~1'),
              schemaPath: '#/properties/methods/additionalProperties/type',
              keyword: 'type',
              params: { type: 'string' },
              message: 'must be string',
              schema: schema12.properties.methods.additionalProperties.type,
              parentSchema: schema12.properties.methods.additionalProperties,
              data: data19,
            };
            if (vErrors === null) {
              vErrors = [err32];
            } else {
              vErrors.push(err32);
            }
            errors++;
          }
          if (!(data19 === 'allow' || data19 === 'deny')) {
            const err33 = {
              instancePath: instancePath + '/methods/' + key4.replace(/~/g, '~0').replace(/\//g, '~1'),
              schemaPath: '#/properties/methods/additionalProperties/enum',
              keyword: 'enum',
              params: { allowedValues: schema12.properties.methods.additionalProperties.enum },
              message: 'must be equal to one of the allowed values',
              schema: schema12.properties.methods.additionalProperties.enum,
              parentSchema: schema12.properties.methods.additionalProperties,
              data: data19,
            };
            if (vErrors === null) {
              vErrors = [err33];
            } else {
              vErrors.push(err33);
            }
            errors++;
          }
        }
      } else {
        const err34 = {
          instancePath: instancePath + '/methods',
          schemaPath: '#/properties/methods/type',
          keyword: 'type',
          params: { type: 'object' },
          message: 'must be object',
          schema: schema12.properties.methods.type,
          parentSchema: schema12.properties.methods,
          data: data18,
        };
        if (vErrors === null) {
          vErrors = [err34];
        } else {
          vErrors.push(err34);
        }
        errors++;
      }
    }
    if (data.redact !== void 0 && func0.call(data, 'redact')) {
      let data20 = data.redact;
      if (Array.isArray(data20)) {
        const len1 = data20.length;
        for (let i1 = 0; i1 < len1; i1++) {
          let data21 = data20[i1];
          if (data21 && typeof data21 == 'object' && !Array.isArray(data21)) {
            if (data21.regex === void 0 || !func0.call(data21, 'regex')) {
              const err35 = {
                instancePath: instancePath + '/redact/' + i1,
                schemaPath: '#/definitions/redaction/required',
                keyword: 'required',
                params: { missingProperty: 'regex' },
                message: "must have required property 'regex'",
                schema: schema13.required,
                parentSchema: schema13,
                data: data21,
              };
              if (vErrors === null) {
                vErrors = [err35];
              } else {
                vErrors.push(err35);
              }
              errors++;
            }
            for (const key5 of Object.keys(data21)) {
              if (!(key5 === 'regex' || key5 === 'replace')) {
                const err36 = {
                  instancePath: instancePath + '/redact/' + i1,
                  schemaPath: '#/definitions/redaction/additionalProperties',
                  keyword: 'additionalProperties',
                  params: { additionalProperty: key5 },
                  message: 'must NOT have additional properties',
                  schema: false,
                  parentSchema: schema13,
                  data: data21,
                };
                if (vErrors === null) {
                  vErrors = [err36];
                } else {
                  vErrors.push(err36);
                }
                errors++;
              }
            }
            if (data21.regex !== void 0 && func0.call(data21, 'regex')) {
              let data22 = data21.regex;
              if (typeof data22 === 'string') {
                if (func51(data22) < 1) {
                  const err37 = {
                    instancePath: instancePath + '/redact/' + i1 + '/regex',
                    schemaPath: '#/definitions/redaction/properties/regex/minLength',
                    keyword: 'minLength',
                    params: { limit: 1 },
                    message: 'must NOT have fewer than 1 characters',
                    schema: 1,
                    parentSchema: schema13.properties.regex,
                    data: data22,
                  };
                  if (vErrors === null) {
                    vErrors = [err37];
                  } else {
                    vErrors.push(err37);
                  }
                  errors++;
                }
              } else {
                const err38 = {
                  instancePath: instancePath + '/redact/' + i1 + '/regex',
                  schemaPath: '#/definitions/redaction/properties/regex/type',
                  keyword: 'type',
                  params: { type: 'string' },
                  message: 'must be string',
                  schema: schema13.properties.regex.type,
                  parentSchema: schema13.properties.regex,
                  data: data22,
                };
                if (vErrors === null) {
                  vErrors = [err38];
                } else {
                  vErrors.push(err38);
                }
                errors++;
              }
            }
            if (data21.replace !== void 0 && func0.call(data21, 'replace')) {
              let data23 = data21.replace;
              if (typeof data23 !== 'string') {
                const err39 = {
                  instancePath: instancePath + '/redact/' + i1 + '/replace',
                  schemaPath: '#/definitions/redaction/properties/replace/type',
                  keyword: 'type',
                  params: { type: 'string' },
                  message: 'must be string',
                  schema: schema13.properties.replace.type,
                  parentSchema: schema13.properties.replace,
                  data: data23,
                };
                if (vErrors === null) {
                  vErrors = [err39];
                } else {
                  vErrors.push(err39);
                }
                errors++;
              }
            }
          } else {
            const err40 = {
              instancePath: instancePath + '/redact/' + i1,
              schemaPath: '#/definitions/redaction/type',
              keyword: 'type',
              params: { type: 'object' },
              message: 'must be object',
              schema: schema13.type,
              parentSchema: schema13,
              data: data21,
            };
            if (vErrors === null) {
              vErrors = [err40];
            } else {
              vErrors.push(err40);
            }
            errors++;
          }
        }
      } else {
        const err41 = {
          instancePath: instancePath + '/redact',
          schemaPath: '#/properties/redact/type',
          keyword: 'type',
          params: { type: 'array' },
          message: 'must be array',
          schema: schema12.properties.redact.type,
          parentSchema: schema12.properties.redact,
          data: data20,
        };
        if (vErrors === null) {
          vErrors = [err41];
        } else {
          vErrors.push(err41);
        }
        errors++;
      }
    }
    if (data.timeout !== void 0 && func0.call(data, 'timeout')) {
      let data24 = data.timeout;
      if (typeof data24 == 'number' && isFinite(data24)) {
        if (data24 > 86400 || isNaN(data24)) {
          const err42 = {
            instancePath: instancePath + '/timeout',
            schemaPath: '#/properties/timeout/maximum',
            keyword: 'maximum',
            params: { comparison: '<=', limit: 86400 },
            message: 'must be <= 86400',
            schema: 86400,
            parentSchema: schema12.properties.timeout,
            data: data24,
          };
          if (vErrors === null) {
            vErrors = [err42];
          } else {
            vErrors.push(err42);
          }
          errors++;
        }
        if (data24 <= 0 || isNaN(data24)) {
          const err43 = {
            instancePath: instancePath + '/timeout',
            schemaPath: '#/properties/timeout/exclusiveMinimum',
            keyword: 'exclusiveMinimum',
            params: { comparison: '>', limit: 0 },
            message: 'must be > 0',
            schema: 0,
            parentSchema: schema12.properties.timeout,
            data: data24,
          };
          if (vErrors === null) {
            vErrors = [err43];
          } else {
            vErrors.push(err43);
          }
          errors++;
        }
      } else {
        const err44 = {
          instancePath: instancePath + '/timeout',
          schemaPath: '#/properties/timeout/type',
          keyword: 'type',
          params: { type: 'number' },
          message: 'must be number',
          schema: schema12.properties.timeout.type,
          parentSchema: schema12.properties.timeout,
          data: data24,
        };
        if (vErrors === null) {
          vErrors = [err44];
        } else {
          vErrors.push(err44);
        }
        errors++;
      }
    }
  } else {
    const err45 = {
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
      vErrors = [err45];
    } else {
      vErrors.push(err45);
    }
    errors++;
  }
  validate11.errors = vErrors;
  return errors === 0;
}
var pattern0 = new RegExp('^[A-Za-z_][A-Za-z0-9_]*$', 'u');
var pattern1 = new RegExp('^(/.*)?$', 'u');
function validate10(data, { instancePath = '', parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    for (const key0 of Object.keys(data)) {
      if (!func0.call(schema11.properties, key0)) {
        const err0 = {
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
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.$schema !== void 0 && func0.call(data, '$schema')) {
      let data0 = data.$schema;
      if (typeof data0 !== 'string') {
        const err1 = {
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
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
    if (data.servers !== void 0 && func0.call(data, 'servers')) {
      let data1 = data.servers;
      if (data1 && typeof data1 == 'object' && !Array.isArray(data1)) {
        for (const key1 of Object.keys(data1)) {
          if (
            !validate11(data1[key1], {
              instancePath: instancePath + '/servers/' + key1.replace(/~/g, '~0').replace(/\//g, '~1'),
              parentData: data1,
              parentDataProperty: key1,
              rootData,
            })
          ) {
            vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err2 = {
          instancePath: instancePath + '/servers',
          schemaPath: '#/properties/servers/type',
          keyword: 'type',
          params: { type: 'object' },
          message: 'must be object',
          schema: schema11.properties.servers.type,
          parentSchema: schema11.properties.servers,
          data: data1,
        };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.state !== void 0 && func0.call(data, 'state')) {
      let data3 = data.state;
      if (data3 && typeof data3 == 'object' && !Array.isArray(data3)) {
        for (const key2 of Object.keys(data3)) {
          if (!(key2 === 'directory' || key2 === 'sharedUrlEnv')) {
            const err3 = {
              instancePath: instancePath + '/state',
              schemaPath: '#/definitions/state/additionalProperties',
              keyword: 'additionalProperties',
              params: { additionalProperty: key2 },
              message: 'must NOT have additional properties',
              schema: false,
              parentSchema: schema14,
              data: data3,
            };
            if (vErrors === null) {
              vErrors = [err3];
            } else {
              vErrors.push(err3);
            }
            errors++;
          }
        }
        if (data3.directory !== void 0 && func0.call(data3, 'directory')) {
          let data4 = data3.directory;
          if (typeof data4 === 'string') {
            if (func51(data4) < 1) {
              const err4 = {
                instancePath: instancePath + '/state/directory',
                schemaPath: '#/definitions/state/properties/directory/minLength',
                keyword: 'minLength',
                params: { limit: 1 },
                message: 'must NOT have fewer than 1 characters',
                schema: 1,
                parentSchema: schema14.properties.directory,
                data: data4,
              };
              if (vErrors === null) {
                vErrors = [err4];
              } else {
                vErrors.push(err4);
              }
              errors++;
            }
          } else {
            const err5 = {
              instancePath: instancePath + '/state/directory',
              schemaPath: '#/definitions/state/properties/directory/type',
              keyword: 'type',
              params: { type: 'string' },
              message: 'must be string',
              schema: schema14.properties.directory.type,
              parentSchema: schema14.properties.directory,
              data: data4,
            };
            if (vErrors === null) {
              vErrors = [err5];
            } else {
              vErrors.push(err5);
            }
            errors++;
          }
        }
        if (data3.sharedUrlEnv !== void 0 && func0.call(data3, 'sharedUrlEnv')) {
          let data5 = data3.sharedUrlEnv;
          if (typeof data5 === 'string') {
            if (!pattern0.test(data5)) {
              const err6 = {
                instancePath: instancePath + '/state/sharedUrlEnv',
                schemaPath: '#/definitions/state/properties/sharedUrlEnv/pattern',
                keyword: 'pattern',
                params: { pattern: '^[A-Za-z_][A-Za-z0-9_]*$' },
                message: 'must match pattern "^[A-Za-z_][A-Za-z0-9_]*$"',
                schema: '^[A-Za-z_][A-Za-z0-9_]*$',
                parentSchema: schema14.properties.sharedUrlEnv,
                data: data5,
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
              instancePath: instancePath + '/state/sharedUrlEnv',
              schemaPath: '#/definitions/state/properties/sharedUrlEnv/type',
              keyword: 'type',
              params: { type: 'string' },
              message: 'must be string',
              schema: schema14.properties.sharedUrlEnv.type,
              parentSchema: schema14.properties.sharedUrlEnv,
              data: data5,
            };
            if (vErrors === null) {
              vErrors = [err7];
            } else {
              vErrors.push(err7);
            }
            errors++;
          }
        }
      } else {
        const err8 = {
          instancePath: instancePath + '/state',
          schemaPath: '#/definitions/state/type',
          keyword: 'type',
          params: { type: 'object' },
          message: 'must be object',
          schema: schema14.type,
          parentSchema: schema14,
          data: data3,
        };
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
      }
    }
    if (data.audit !== void 0 && func0.call(data, 'audit')) {
      let data6 = data.audit;
      if (data6 && typeof data6 == 'object' && !Array.isArray(data6)) {
        for (const key3 of Object.keys(data6)) {
          if (!(key3 === 'values' || key3 === 'durability' || key3 === 'maxDays' || key3 === 'maxBytes')) {
            const err9 = {
              instancePath: instancePath + '/audit',
              schemaPath: '#/definitions/audit/additionalProperties',
              keyword: 'additionalProperties',
              params: { additionalProperty: key3 },
              message: 'must NOT have additional properties',
              schema: false,
              parentSchema: schema15,
              data: data6,
            };
            if (vErrors === null) {
              vErrors = [err9];
            } else {
              vErrors.push(err9);
            }
            errors++;
          }
        }
        if (data6.values !== void 0 && func0.call(data6, 'values')) {
          let data7 = data6.values;
          if (typeof data7 !== 'boolean') {
            const err10 = {
              instancePath: instancePath + '/audit/values',
              schemaPath: '#/definitions/audit/properties/values/type',
              keyword: 'type',
              params: { type: 'boolean' },
              message: 'must be boolean',
              schema: schema15.properties.values.type,
              parentSchema: schema15.properties.values,
              data: data7,
            };
            if (vErrors === null) {
              vErrors = [err10];
            } else {
              vErrors.push(err10);
            }
            errors++;
          }
        }
        if (data6.durability !== void 0 && func0.call(data6, 'durability')) {
          let data8 = data6.durability;
          if (typeof data8 !== 'string') {
            const err11 = {
              instancePath: instancePath + '/audit/durability',
              schemaPath: '#/definitions/audit/properties/durability/type',
              keyword: 'type',
              params: { type: 'string' },
              message: 'must be string',
              schema: schema15.properties.durability.type,
              parentSchema: schema15.properties.durability,
              data: data8,
            };
            if (vErrors === null) {
              vErrors = [err11];
            } else {
              vErrors.push(err11);
            }
            errors++;
          }
          if (!(data8 === 'process' || data8 === 'power')) {
            const err12 = {
              instancePath: instancePath + '/audit/durability',
              schemaPath: '#/definitions/audit/properties/durability/enum',
              keyword: 'enum',
              params: { allowedValues: schema15.properties.durability.enum },
              message: 'must be equal to one of the allowed values',
              schema: schema15.properties.durability.enum,
              parentSchema: schema15.properties.durability,
              data: data8,
            };
            if (vErrors === null) {
              vErrors = [err12];
            } else {
              vErrors.push(err12);
            }
            errors++;
          }
        }
        if (data6.maxDays !== void 0 && func0.call(data6, 'maxDays')) {
          let data9 = data6.maxDays;
          if (!(typeof data9 == 'number' && !(data9 % 1) && !isNaN(data9) && isFinite(data9))) {
            const err13 = {
              instancePath: instancePath + '/audit/maxDays',
              schemaPath: '#/definitions/audit/properties/maxDays/type',
              keyword: 'type',
              params: { type: 'integer' },
              message: 'must be integer',
              schema: schema15.properties.maxDays.type,
              parentSchema: schema15.properties.maxDays,
              data: data9,
            };
            if (vErrors === null) {
              vErrors = [err13];
            } else {
              vErrors.push(err13);
            }
            errors++;
          }
          if (typeof data9 == 'number' && isFinite(data9)) {
            if (data9 < 1 || isNaN(data9)) {
              const err14 = {
                instancePath: instancePath + '/audit/maxDays',
                schemaPath: '#/definitions/audit/properties/maxDays/minimum',
                keyword: 'minimum',
                params: { comparison: '>=', limit: 1 },
                message: 'must be >= 1',
                schema: 1,
                parentSchema: schema15.properties.maxDays,
                data: data9,
              };
              if (vErrors === null) {
                vErrors = [err14];
              } else {
                vErrors.push(err14);
              }
              errors++;
            }
          }
        }
        if (data6.maxBytes !== void 0 && func0.call(data6, 'maxBytes')) {
          let data10 = data6.maxBytes;
          if (!(typeof data10 == 'number' && !(data10 % 1) && !isNaN(data10) && isFinite(data10))) {
            const err15 = {
              instancePath: instancePath + '/audit/maxBytes',
              schemaPath: '#/definitions/audit/properties/maxBytes/type',
              keyword: 'type',
              params: { type: 'integer' },
              message: 'must be integer',
              schema: schema15.properties.maxBytes.type,
              parentSchema: schema15.properties.maxBytes,
              data: data10,
            };
            if (vErrors === null) {
              vErrors = [err15];
            } else {
              vErrors.push(err15);
            }
            errors++;
          }
          if (typeof data10 == 'number' && isFinite(data10)) {
            if (data10 < 1048576 || isNaN(data10)) {
              const err16 = {
                instancePath: instancePath + '/audit/maxBytes',
                schemaPath: '#/definitions/audit/properties/maxBytes/minimum',
                keyword: 'minimum',
                params: { comparison: '>=', limit: 1048576 },
                message: 'must be >= 1048576',
                schema: 1048576,
                parentSchema: schema15.properties.maxBytes,
                data: data10,
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
      } else {
        const err17 = {
          instancePath: instancePath + '/audit',
          schemaPath: '#/definitions/audit/type',
          keyword: 'type',
          params: { type: 'object' },
          message: 'must be object',
          schema: schema15.type,
          parentSchema: schema15,
          data: data6,
        };
        if (vErrors === null) {
          vErrors = [err17];
        } else {
          vErrors.push(err17);
        }
        errors++;
      }
    }
    if (data.approvals !== void 0 && func0.call(data, 'approvals')) {
      let data11 = data.approvals;
      if (data11 && typeof data11 == 'object' && !Array.isArray(data11)) {
        for (const key4 of Object.keys(data11)) {
          if (!(key4 === 'shell')) {
            const err18 = {
              instancePath: instancePath + '/approvals',
              schemaPath: '#/definitions/approvals/additionalProperties',
              keyword: 'additionalProperties',
              params: { additionalProperty: key4 },
              message: 'must NOT have additional properties',
              schema: false,
              parentSchema: schema16,
              data: data11,
            };
            if (vErrors === null) {
              vErrors = [err18];
            } else {
              vErrors.push(err18);
            }
            errors++;
          }
        }
        if (data11.shell !== void 0 && func0.call(data11, 'shell')) {
          let data12 = data11.shell;
          if (typeof data12 !== 'boolean') {
            const err19 = {
              instancePath: instancePath + '/approvals/shell',
              schemaPath: '#/definitions/approvals/properties/shell/type',
              keyword: 'type',
              params: { type: 'boolean' },
              message: 'must be boolean',
              schema: schema16.properties.shell.type,
              parentSchema: schema16.properties.shell,
              data: data12,
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
          instancePath: instancePath + '/approvals',
          schemaPath: '#/definitions/approvals/type',
          keyword: 'type',
          params: { type: 'object' },
          message: 'must be object',
          schema: schema16.type,
          parentSchema: schema16,
          data: data11,
        };
        if (vErrors === null) {
          vErrors = [err20];
        } else {
          vErrors.push(err20);
        }
        errors++;
      }
    }
    if (data.lock !== void 0 && func0.call(data, 'lock')) {
      let data13 = data.lock;
      if (typeof data13 !== 'string') {
        const err21 = {
          instancePath: instancePath + '/lock',
          schemaPath: '#/properties/lock/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema11.properties.lock.type,
          parentSchema: schema11.properties.lock,
          data: data13,
        };
        if (vErrors === null) {
          vErrors = [err21];
        } else {
          vErrors.push(err21);
        }
        errors++;
      }
      if (!(data13 === 'off' || data13 === 'warn' || data13 === 'enforce')) {
        const err22 = {
          instancePath: instancePath + '/lock',
          schemaPath: '#/properties/lock/enum',
          keyword: 'enum',
          params: { allowedValues: schema11.properties.lock.enum },
          message: 'must be equal to one of the allowed values',
          schema: schema11.properties.lock.enum,
          parentSchema: schema11.properties.lock,
          data: data13,
        };
        if (vErrors === null) {
          vErrors = [err22];
        } else {
          vErrors.push(err22);
        }
        errors++;
      }
    }
    if (data.reload !== void 0 && func0.call(data, 'reload')) {
      let data14 = data.reload;
      if (typeof data14 !== 'string') {
        const err23 = {
          instancePath: instancePath + '/reload',
          schemaPath: '#/properties/reload/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema11.properties.reload.type,
          parentSchema: schema11.properties.reload,
          data: data14,
        };
        if (vErrors === null) {
          vErrors = [err23];
        } else {
          vErrors.push(err23);
        }
        errors++;
      }
      if (!(data14 === 'confirm' || data14 === 'automatic')) {
        const err24 = {
          instancePath: instancePath + '/reload',
          schemaPath: '#/properties/reload/enum',
          keyword: 'enum',
          params: { allowedValues: schema11.properties.reload.enum },
          message: 'must be equal to one of the allowed values',
          schema: schema11.properties.reload.enum,
          parentSchema: schema11.properties.reload,
          data: data14,
        };
        if (vErrors === null) {
          vErrors = [err24];
        } else {
          vErrors.push(err24);
        }
        errors++;
      }
    }
    if (data.rules !== void 0 && func0.call(data, 'rules')) {
      let data15 = data.rules;
      if (data15 && typeof data15 == 'object' && !Array.isArray(data15)) {
        for (const key5 of Object.keys(data15)) {
          let data16 = data15[key5];
          if (typeof data16 !== 'string') {
            const err25 = {
              instancePath: instancePath + '/rules/' + key5.replace(/~/g, '~0').replace(/\//g, '~1'),
              schemaPath: '#/properties/rules/additionalProperties/type',
              keyword: 'type',
              params: { type: 'string' },
              message: 'must be string',
              schema: schema11.properties.rules.additionalProperties.type,
              parentSchema: schema11.properties.rules.additionalProperties,
              data: data16,
            };
            if (vErrors === null) {
              vErrors = [err25];
            } else {
              vErrors.push(err25);
            }
            errors++;
          }
          if (!(
            data16 === 'error' ||
            data16 === 'warning' ||
            data16 === 'information' ||
            data16 === 'hint' ||
            data16 === 'off'
          )) {
            const err26 = {
              instancePath: instancePath + '/rules/' + key5.replace(/~/g, '~0').replace(/\//g, '~1'),
              schemaPath: '#/properties/rules/additionalProperties/enum',
              keyword: 'enum',
              params: { allowedValues: schema11.properties.rules.additionalProperties.enum },
              message: 'must be equal to one of the allowed values',
              schema: schema11.properties.rules.additionalProperties.enum,
              parentSchema: schema11.properties.rules.additionalProperties,
              data: data16,
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
          instancePath: instancePath + '/rules',
          schemaPath: '#/properties/rules/type',
          keyword: 'type',
          params: { type: 'object' },
          message: 'must be object',
          schema: schema11.properties.rules.type,
          parentSchema: schema11.properties.rules,
          data: data15,
        };
        if (vErrors === null) {
          vErrors = [err27];
        } else {
          vErrors.push(err27);
        }
        errors++;
      }
    }
    if (data.excused !== void 0 && func0.call(data, 'excused')) {
      let data17 = data.excused;
      if (Array.isArray(data17)) {
        const len0 = data17.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data18 = data17[i0];
          if (data18 && typeof data18 == 'object' && !Array.isArray(data18)) {
            if (data18.policy === void 0 || !func0.call(data18, 'policy')) {
              const err28 = {
                instancePath: instancePath + '/excused/' + i0,
                schemaPath: '#/definitions/excuse/required',
                keyword: 'required',
                params: { missingProperty: 'policy' },
                message: "must have required property 'policy'",
                schema: schema17.required,
                parentSchema: schema17,
                data: data18,
              };
              if (vErrors === null) {
                vErrors = [err28];
              } else {
                vErrors.push(err28);
              }
              errors++;
            }
            if (data18.code === void 0 || !func0.call(data18, 'code')) {
              const err29 = {
                instancePath: instancePath + '/excused/' + i0,
                schemaPath: '#/definitions/excuse/required',
                keyword: 'required',
                params: { missingProperty: 'code' },
                message: "must have required property 'code'",
                schema: schema17.required,
                parentSchema: schema17,
                data: data18,
              };
              if (vErrors === null) {
                vErrors = [err29];
              } else {
                vErrors.push(err29);
              }
              errors++;
            }
            if (data18.at === void 0 || !func0.call(data18, 'at')) {
              const err30 = {
                instancePath: instancePath + '/excused/' + i0,
                schemaPath: '#/definitions/excuse/required',
                keyword: 'required',
                params: { missingProperty: 'at' },
                message: "must have required property 'at'",
                schema: schema17.required,
                parentSchema: schema17,
                data: data18,
              };
              if (vErrors === null) {
                vErrors = [err30];
              } else {
                vErrors.push(err30);
              }
              errors++;
            }
            if (data18.reason === void 0 || !func0.call(data18, 'reason')) {
              const err31 = {
                instancePath: instancePath + '/excused/' + i0,
                schemaPath: '#/definitions/excuse/required',
                keyword: 'required',
                params: { missingProperty: 'reason' },
                message: "must have required property 'reason'",
                schema: schema17.required,
                parentSchema: schema17,
                data: data18,
              };
              if (vErrors === null) {
                vErrors = [err31];
              } else {
                vErrors.push(err31);
              }
              errors++;
            }
            for (const key6 of Object.keys(data18)) {
              if (!(key6 === 'policy' || key6 === 'code' || key6 === 'at' || key6 === 'reason')) {
                const err32 = {
                  instancePath: instancePath + '/excused/' + i0,
                  schemaPath: '#/definitions/excuse/additionalProperties',
                  keyword: 'additionalProperties',
                  params: { additionalProperty: key6 },
                  message: 'must NOT have additional properties',
                  schema: false,
                  parentSchema: schema17,
                  data: data18,
                };
                if (vErrors === null) {
                  vErrors = [err32];
                } else {
                  vErrors.push(err32);
                }
                errors++;
              }
            }
            if (data18.policy !== void 0 && func0.call(data18, 'policy')) {
              let data19 = data18.policy;
              if (typeof data19 === 'string') {
                if (func51(data19) < 1) {
                  const err33 = {
                    instancePath: instancePath + '/excused/' + i0 + '/policy',
                    schemaPath: '#/definitions/excuse/properties/policy/minLength',
                    keyword: 'minLength',
                    params: { limit: 1 },
                    message: 'must NOT have fewer than 1 characters',
                    schema: 1,
                    parentSchema: schema17.properties.policy,
                    data: data19,
                  };
                  if (vErrors === null) {
                    vErrors = [err33];
                  } else {
                    vErrors.push(err33);
                  }
                  errors++;
                }
              } else {
                const err34 = {
                  instancePath: instancePath + '/excused/' + i0 + '/policy',
                  schemaPath: '#/definitions/excuse/properties/policy/type',
                  keyword: 'type',
                  params: { type: 'string' },
                  message: 'must be string',
                  schema: schema17.properties.policy.type,
                  parentSchema: schema17.properties.policy,
                  data: data19,
                };
                if (vErrors === null) {
                  vErrors = [err34];
                } else {
                  vErrors.push(err34);
                }
                errors++;
              }
            }
            if (data18.code !== void 0 && func0.call(data18, 'code')) {
              let data20 = data18.code;
              if (typeof data20 === 'string') {
                if (func51(data20) < 1) {
                  const err35 = {
                    instancePath: instancePath + '/excused/' + i0 + '/code',
                    schemaPath: '#/definitions/excuse/properties/code/minLength',
                    keyword: 'minLength',
                    params: { limit: 1 },
                    message: 'must NOT have fewer than 1 characters',
                    schema: 1,
                    parentSchema: schema17.properties.code,
                    data: data20,
                  };
                  if (vErrors === null) {
                    vErrors = [err35];
                  } else {
                    vErrors.push(err35);
                  }
                  errors++;
                }
              } else {
                const err36 = {
                  instancePath: instancePath + '/excused/' + i0 + '/code',
                  schemaPath: '#/definitions/excuse/properties/code/type',
                  keyword: 'type',
                  params: { type: 'string' },
                  message: 'must be string',
                  schema: schema17.properties.code.type,
                  parentSchema: schema17.properties.code,
                  data: data20,
                };
                if (vErrors === null) {
                  vErrors = [err36];
                } else {
                  vErrors.push(err36);
                }
                errors++;
              }
            }
            if (data18.at !== void 0 && func0.call(data18, 'at')) {
              let data21 = data18.at;
              if (typeof data21 === 'string') {
                if (!pattern1.test(data21)) {
                  const err37 = {
                    instancePath: instancePath + '/excused/' + i0 + '/at',
                    schemaPath: '#/definitions/excuse/properties/at/pattern',
                    keyword: 'pattern',
                    params: { pattern: '^(/.*)?$' },
                    message: 'must match pattern "^(/.*)?$"',
                    schema: '^(/.*)?$',
                    parentSchema: schema17.properties.at,
                    data: data21,
                  };
                  if (vErrors === null) {
                    vErrors = [err37];
                  } else {
                    vErrors.push(err37);
                  }
                  errors++;
                }
              } else {
                const err38 = {
                  instancePath: instancePath + '/excused/' + i0 + '/at',
                  schemaPath: '#/definitions/excuse/properties/at/type',
                  keyword: 'type',
                  params: { type: 'string' },
                  message: 'must be string',
                  schema: schema17.properties.at.type,
                  parentSchema: schema17.properties.at,
                  data: data21,
                };
                if (vErrors === null) {
                  vErrors = [err38];
                } else {
                  vErrors.push(err38);
                }
                errors++;
              }
            }
            if (data18.reason !== void 0 && func0.call(data18, 'reason')) {
              let data22 = data18.reason;
              if (typeof data22 === 'string') {
                if (func51(data22) < 1) {
                  const err39 = {
                    instancePath: instancePath + '/excused/' + i0 + '/reason',
                    schemaPath: '#/definitions/excuse/properties/reason/minLength',
                    keyword: 'minLength',
                    params: { limit: 1 },
                    message: 'must NOT have fewer than 1 characters',
                    schema: 1,
                    parentSchema: schema17.properties.reason,
                    data: data22,
                  };
                  if (vErrors === null) {
                    vErrors = [err39];
                  } else {
                    vErrors.push(err39);
                  }
                  errors++;
                }
              } else {
                const err40 = {
                  instancePath: instancePath + '/excused/' + i0 + '/reason',
                  schemaPath: '#/definitions/excuse/properties/reason/type',
                  keyword: 'type',
                  params: { type: 'string' },
                  message: 'must be string',
                  schema: schema17.properties.reason.type,
                  parentSchema: schema17.properties.reason,
                  data: data22,
                };
                if (vErrors === null) {
                  vErrors = [err40];
                } else {
                  vErrors.push(err40);
                }
                errors++;
              }
            }
          } else {
            const err41 = {
              instancePath: instancePath + '/excused/' + i0,
              schemaPath: '#/definitions/excuse/type',
              keyword: 'type',
              params: { type: 'object' },
              message: 'must be object',
              schema: schema17.type,
              parentSchema: schema17,
              data: data18,
            };
            if (vErrors === null) {
              vErrors = [err41];
            } else {
              vErrors.push(err41);
            }
            errors++;
          }
        }
      } else {
        const err42 = {
          instancePath: instancePath + '/excused',
          schemaPath: '#/properties/excused/type',
          keyword: 'type',
          params: { type: 'array' },
          message: 'must be array',
          schema: schema11.properties.excused.type,
          parentSchema: schema11.properties.excused,
          data: data17,
        };
        if (vErrors === null) {
          vErrors = [err42];
        } else {
          vErrors.push(err42);
        }
        errors++;
      }
    }
  } else {
    const err43 = {
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
      vErrors = [err43];
    } else {
      vErrors.push(err43);
    }
    errors++;
  }
  validate10.errors = vErrors;
  return errors === 0;
}
export { stdin_default as default, validate };
