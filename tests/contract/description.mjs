// GitHub's descriptions of its API (npm `@octokit/openapi`): whether a request or an answer is one that they allow.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import Ajv from "ajv";

const require = createRequire(import.meta.url);
const ROOT = "github.json";

/** The names of all descriptions: of github.com, and of the releases of GitHub Enterprise Server that are supported. */
export const NAMES = ["api.github.com", "ghes-3.17", "ghes-3.18", "ghes-3.19"];

const read = new Map();

/** The description of that name; each is read once. */
export function describe(name) {
  if (!read.has(name)) read.set(name, new Description(name));
  return read.get(name);
}

// The description is OpenAPI 3.0: `nullable` stands beside `$ref`, `oneOf` and the like, where JSON Schema has no word for it.
function toJsonSchema(schema) {
  if (Array.isArray(schema)) return schema.map(toJsonSchema);
  if (schema === null || typeof schema !== "object") return schema;
  const { nullable, example, examples, ...rest } = schema;
  const plain = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, toJsonSchema(value)]));
  if (nullable !== true) return plain;
  return { anyOf: [plain, { type: "null" }] };
}

class Description {
  #ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  #compiled = new Map();

  constructor(name) {
    this.json = JSON.parse(readFileSync(require.resolve(`@octokit/openapi/generated/${name}.json`), "utf8"));
    this.#ajv.addSchema({ $id: ROOT, components: toJsonSchema(this.json.components) });
    this.templates = Object.keys(this.json.paths).map((template) => {
      // A path of a file and the name of a branch may contain slashes.
      const pattern = template.replace(/\{([^}]+)\}/g, (_, name) =>
        ["path", "ref", "basehead"].includes(name) ? "(.+)" : "([^/]+)",
      );
      return { template, pattern: new RegExp(`^${pattern}$`), fixed: template.replace(/\{[^}]+\}/g, "").length };
    });
  }

  /** Sentences for what is wrong with `value`; none when it fits. `pointer` is the schema's place in the description. */
  #complaints(pointer, schema, value) {
    if (!this.#compiled.has(pointer)) {
      const local = JSON.parse(JSON.stringify(toJsonSchema(schema)).replaceAll('"#/components', `"${ROOT}#/components`));
      this.#compiled.set(pointer, this.#ajv.compile(local));
    }
    const validate = this.#compiled.get(pointer);
    return validate(value) ? [] : validate.errors.map((error) => `${error.instancePath || "it"} ${error.message}`);
  }

  #resolve(part) {
    return part.$ref ? part.$ref.slice(2).split("/").reduce((at, key) => at[key], this.json) : part;
  }

  /** The operation that a request asks for: the one with the most words in its path that fits. */
  operation(method, pathname) {
    const fitting = this.templates.filter(
      ({ template, pattern }) => pattern.test(pathname) && this.json.paths[template][method.toLowerCase()],
    );
    fitting.sort((a, b) => b.fixed - a.fixed);
    if (fitting.length === 0) return undefined;
    const { template, pattern } = fitting[0];
    const names = [...template.matchAll(/\{([^}]+)\}/g)].map((match) => match[1]);
    const values = pattern.exec(pathname).slice(1).map(decodeURIComponent);
    const item = this.json.paths[template];
    return {
      template,
      spec: item[method.toLowerCase()],
      shared: item.parameters ?? [],
      parameters: Object.fromEntries(names.map((name, at) => [name, values[at]])),
    };
  }

  /** What is wrong with a request by the description. `path` may have a query; `body` is JSON or undefined. */
  requestComplaints(method, path, body) {
    const url = new URL(path, "https://api.github.com");
    const found = this.operation(method, url.pathname);
    if (!found) return [`there is no ${method} ${url.pathname}`];
    const { template, spec, shared, parameters } = found;
    const known = [...shared, ...(spec.parameters ?? [])].map((part) => this.#resolve(part));
    const wrong = [];
    const values = { path: parameters, query: Object.fromEntries(url.searchParams) };
    for (const [place, given] of Object.entries(values)) {
      const declared = known.filter((parameter) => parameter.in === place);
      for (const name of Object.keys(given)) {
        const parameter = declared.find((candidate) => candidate.name === name);
        if (!parameter) {
          if (place === "query") wrong.push(`the query has ${name}, which is not described`);
          continue;
        }
        const type = parameter.schema?.type;
        const value = type === "integer" || type === "number" ? Number(given[name]) : given[name];
        const pointer = `${method} ${template} ${place} ${name}`;
        wrong.push(...this.#complaints(pointer, parameter.schema ?? {}, value).map((text) => `${name}: ${text}`));
      }
      for (const { name } of declared.filter((parameter) => parameter.required && !(parameter.name in given))) {
        wrong.push(`${name} is missing`);
      }
    }
    const schema = spec.requestBody?.content?.["application/json"]?.schema;
    if (body !== undefined && !schema) wrong.push("a body is sent, and none is described");
    if (schema && (body !== undefined || spec.requestBody.required)) {
      wrong.push(...this.#complaints(`${method} ${template} body`, schema, body ?? null).map((text) => `body: ${text}`));
      const listed = this.#resolve(schema).properties;
      const unknown = listed && body ? Object.keys(body).filter((key) => !(key in listed)) : [];
      wrong.push(...unknown.map((key) => `the body has ${key}, which is not described`));
    }
    return wrong;
  }

  /** What is wrong with an answer by the description. */
  answerComplaints(method, path, status, body) {
    const { pathname } = new URL(path, "https://api.github.com");
    const found = this.operation(method, pathname);
    if (!found) return [`there is no ${method} ${pathname}`];
    const response = found.spec.responses[status];
    if (!response) return [`status ${status} is not described`];
    const schema = this.#resolve(response).content?.["application/json"]?.schema;
    if (!schema || body === undefined) return [];
    return this.#complaints(`${method} ${found.template} ${status}`, schema, body).map((text) => `answer: ${text}`);
  }

  /** The description's own examples of a successful answer. */
  examples(method, path) {
    const { pathname } = new URL(path, "https://api.github.com");
    const found = this.operation(method, pathname);
    const good = Object.entries(found?.spec.responses ?? {}).filter(([status]) => status.startsWith("2"));
    return good.flatMap(([status, response]) => {
      const content = this.#resolve(response).content?.["application/json"] ?? {};
      const named = Object.values(content.examples ?? {}).map((example) => this.#resolve(example).value);
      // The content of some files is only hinted at.
      const hinted = (value) => value?.encoding === "base64" && !/^[A-Za-z0-9+/=\s]*$/.test(value.content);
      const whole = named.filter((value) => value !== undefined && !hinted(value));
      return whole.map((body) => ({ status: Number(status), body }));
    });
  }
}
