// A provider (OpenID Connect) for one story: node provider.mjs MODULES PORT BACK PEOPLE
// PEOPLE is a file of JSON, the groups of each account; it is read anew each time somebody signs in.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [modules, port, back, people] = process.argv.slice(2);
const { default: Provider } = await import(pathToFileURL(`${modules}/oidc-provider/lib/index.js`).href);

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id: "haidang", client_secret: "a secret of this story", redirect_uris: [back] }],
  pkce: { required: () => true, methods: ["S256"] },
  conformIdTokenClaims: false,
  claims: { openid: ["sub", "groups"] },
  cookies: { keys: ["of this story"] },
  async findAccount(_, id) {
    const groups = JSON.parse(readFileSync(people, "utf8"))[id];
    return groups && { accountId: id, claims: async () => ({ sub: id, groups }) };
  },
});
provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
