// Passkeys: the browser's side of WebAuthn with the PRF extension. The secret that PRF gives stays on this device.

import { bytesOf, post, written } from "asset:desk-api.js";
import { say } from "asset:desk-words.js";

/** @param {any} options as the server writes them */
function readable(options) {
  const id = (one) => ({ ...one, id: bytesOf(one.id) });
  return {
    ...options,
    challenge: bytesOf(options.challenge),
    ...(options.user && { user: id(options.user) }),
    ...(options.excludeCredentials && { excludeCredentials: options.excludeCredentials.map(id) }),
    ...(options.allowCredentials && { allowCredentials: options.allowCredentials.map(id) }),
  };
}

/** @param {any} credential @returns {Uint8Array | null} */
function prfOf(credential) {
  const first = credential.getClientExtensionResults().prf?.results?.first;
  return first ? new Uint8Array(first) : null;
}

/** Shows a passkey and signs in. @param {string} organisation @param {string} name */
export async function showPasskey(organisation, name) {
  const { ceremony, options, prf_salts } = await post("sign-in/passkey/start", { organisation, name });
  const evalByCredential = Object.fromEntries(
    Object.entries(prf_salts).map(([id, salt]) => [id, { first: bytesOf(salt) }]),
  );
  const publicKey = { ...readable(options), extensions: { prf: { evalByCredential } } };
  const credential = await navigator.credentials.get({ publicKey }).catch(() => null);
  if (!credential) throw new Error(say("passkey-none"));
  const { response } = /** @type {any} */ (credential);
  const prf = prfOf(credential);
  if (!prf) throw new Error(say("passkey-no-prf"));
  const member = await post("sign-in/passkey/finish", {
    ceremony,
    response: {
      id: written(/** @type {any} */ (credential).rawId),
      authenticatorData: written(response.authenticatorData),
      signature: written(response.signature),
      clientDataJSON: written(response.clientDataJSON),
      ...(response.userHandle && { userHandle: written(response.userHandle) }),
    },
  });
  return { member, prf };
}

/** Adds a passkey on this device. @param {(prf: Uint8Array) => Promise<Uint8Array>} wrap wraps her key with it */
export async function addPasskey(wrap) {
  const { ceremony, options, prf_salt } = await post("passkeys/start");
  const prf = { eval: { first: bytesOf(prf_salt) } };
  const publicKey = /** @type {any} */ ({ ...readable(options), extensions: { prf } });
  const credential = /** @type {any} */ (await navigator.credentials.create({ publicKey }).catch(() => null));
  if (!credential) throw new Error(say("passkey-none"));
  const secret = prfOf(credential) ?? (await askAgain(credential, publicKey.rp.id, prf));
  if (!secret) throw new Error(say("passkey-no-prf"));
  const { response } = credential;
  await post("passkeys/finish", {
    ceremony,
    response: {
      id: written(credential.rawId),
      transports: response.getTransports?.() ?? [],
      attestationObject: written(response.attestationObject),
      clientDataJSON: written(response.clientDataJSON),
    },
    wrapped_key: written(await wrap(secret)),
  });
}

/** Some authenticators give the secret only when they are used, not when they are made. */
async function askAgain(credential, rpId, prf) {
  if (!credential.getClientExtensionResults().prf?.enabled) return null;
  const challenge = crypto.getRandomValues(new Uint8Array(32));
  const allowCredentials = [{ type: "public-key", id: credential.rawId }];
  const publicKey = /** @type {any} */ ({ challenge, rpId, allowCredentials, userVerification: "required", extensions: { prf } });
  const shown = await navigator.credentials.get({ publicKey }).catch(() => null);
  return shown && prfOf(shown);
}
