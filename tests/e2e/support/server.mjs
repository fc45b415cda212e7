// Serves dist/ as a static host would: at the root, and below /hosted/stepladder/ as on GitHub Pages.
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

export const SUB_PATH = "/hosted/stepladder/";
const dist = fileURLToPath(new URL("../../../dist", import.meta.url));

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".md": "text/markdown; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".ttf": "font/ttf",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".yml": "text/yaml; charset=utf-8",
};
const COMPRESSIBLE = /^text\/|json|svg|wasm|ttf/;
const compressed = new Map();

/** Resolves to the compressed file, which is made once and in the background: other requests do not wait for it. */
function brotli(file) {
  const key = `${file} ${statSync(file).mtimeMs}`;
  if (!compressed.has(key)) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
    compressed.set(key, promisify(brotliCompress)(readFileSync(file), { params }));
  }
  return compressed.get(key);
}

function fileFor(url) {
  let path = decodeURIComponent(new URL(url, "http://host").pathname);
  if (path.startsWith(SUB_PATH)) path = path.slice(SUB_PATH.length - 1);
  const file = normalize(join(dist, path.endsWith("/") ? `${path}index.html` : path));
  return file.startsWith(dist + sep) && existsSync(file) && statSync(file).isFile() ? file : undefined;
}

/** Resolves to the server; `port` 0 takes any that is free. The programs are compressed before, as a host's would be. */
export async function serve(port) {
  await Promise.all(readdirSync(dist).filter((name) => name.endsWith(".wasm")).map((name) => brotli(join(dist, name))));
  const server = createServer(async (request, response) => {
    const file = fileFor(request.url);
    if (!file) {
      response.writeHead(404, { "content-type": "text/plain" }).end("There is no such file.");
      return;
    }
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    const hashed = /-[0-9a-f]{16}[._]|-[0-9A-Z]{8}\./.test(file);
    const headers = {
      "content-type": type,
      "cache-control": hashed ? "public, max-age=31536000, immutable" : "no-cache",
      "x-content-type-options": "nosniff",
    };
    if (COMPRESSIBLE.test(type) && /\bbr\b/.test(request.headers["accept-encoding"] ?? "")) {
      const body = await brotli(file);
      response.writeHead(200, { ...headers, "content-encoding": "br", "content-length": body.length }).end(body);
    } else {
      response.writeHead(200, headers);
      createReadStream(file).pipe(response);
    }
  });
  return new Promise((resolve, reject) => {
    server.on("error", reject).listen(port, "127.0.0.1", () => resolve(server));
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const server = await serve(Number(process.env.PORT ?? 4173));
  console.log(`http://127.0.0.1:${server.address().port}/`);
}
