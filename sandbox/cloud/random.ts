import { createHash, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { dashed } from "./arns";
import type { Facts } from "./facts";
import { type Bag, open, secret, text, type Wire } from "./wire";

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const UPPER = LOWER.toUpperCase();
const DIGITS = "0123456789";
/** The provider's own default, https://www.pulumi.com/registry/packages/random/api-docs/randompassword/#inputs */
const SPECIAL = "!@#$%&*()-_=+[]{}<>:?";

/** Outputs of @pulumi/random and @pulumi/tls: drawn from the resource's digest, keys made by Node's own generator. */
export function randomOutputs(facts: Facts): Bag {
    switch (facts.type.split(":")[2]) {
        case "RandomPassword": {
            const result = draw(facts);
            return {
                ...switches(facts),
                result: secret(result),
                bcryptHash: secret(`$2a$10$${facts.hash(53, "bcrypt")}`),
            };
        }
        case "RandomString":
            return { ...switches(facts), result: draw(facts) };
        case "RandomId": {
            const length = Number(open(facts.inputs["byteLength"]) ?? 8);
            const bytes = Buffer.from(facts.hash(length * 2, "bytes"), "hex");
            const prefix = text(facts.inputs["prefix"]) ?? "";
            return {
                b64Std: prefix + bytes.toString("base64"),
                b64Url: prefix + bytes.toString("base64url"),
                hex: prefix + bytes.toString("hex"),
                dec: prefix + BigInt(`0x0${bytes.toString("hex")}`).toString(),
            };
        }
        case "RandomUuid":
        case "RandomUuid4":
            return { result: dashed(facts.hash(32, "uuid")) };
        case "RandomInteger": {
            const [min, max] = [Number(open(facts.inputs["min"]) ?? 0), Number(open(facts.inputs["max"]) ?? 0)];
            return { result: min + (Number.parseInt(facts.hash(12), 16) % (max - min + 1)) };
        }
        case "RandomPet":
            return { result: `${text(facts.inputs["prefix"]) ?? "sandbox"}-${facts.hash(6, "pet")}` };
        case "RandomShuffle":
            return { results: open(facts.inputs["inputs"]) ?? [] };
        case "PrivateKey":
            return privateKey(facts);
        default:
            return {};
    }
}

const SWITCHES = ["lower", "upper", "numeric", "special"] as const;

function enabled(facts: Facts, name: (typeof SWITCHES)[number]): boolean {
    return open(facts.inputs[name]) !== false && !(name === "numeric" && open(facts.inputs["number"]) === false);
}

function switches(facts: Facts): Bag {
    return {
        ...Object.fromEntries(SWITCHES.map((name) => [name, enabled(facts, name)])),
        number: enabled(facts, "numeric"),
    };
}

function draw(facts: Facts): string {
    const { inputs, hash } = facts;
    const alphabets: readonly [name: (typeof SWITCHES)[number], letters: string, least: Wire | undefined][] = [
        ["lower", LOWER, inputs["minLower"]],
        ["upper", UPPER, inputs["minUpper"]],
        ["numeric", DIGITS, inputs["minNumeric"]],
        ["special", text(inputs["overrideSpecial"]) ?? SPECIAL, inputs["minSpecial"]],
    ];
    const open_ = alphabets.filter(([name]) => enabled(facts, name));
    const pick = (letters: string, purpose: string) =>
        letters.charAt(Number.parseInt(hash(10, purpose), 16) % Math.max(letters.length, 1));
    const least = open_.flatMap(([name, letters, count]) =>
        Array.from({ length: Number(open(count) ?? 0) }, (_, index) => pick(letters, `${name} ${index}`)),
    );
    const all = open_.map(([, letters]) => letters).join("");
    const length = Number(open(inputs["length"]) ?? 0);
    const rest = Array.from({ length: Math.max(length - least.length, 0) }, (_, index) => pick(all, `letter ${index}`));
    const order = [...least, ...rest].map((letter, index) => [hash(8, `order ${index}`), letter] as const);
    return order
        .sort(([left], [right]) => left.localeCompare(right))
        .map(([, letter]) => letter)
        .join("");
}

function privateKey({ inputs }: Facts): Bag {
    const pair = keyPair(
        text(inputs["algorithm"]) ?? "RSA",
        Number(open(inputs["rsaBits"]) ?? 2048),
        text(inputs["ecdsaCurve"]) ?? "P224",
    );
    const pkcs8 = pair.export({ type: "pkcs8", format: "pem" }).toString();
    const traditional =
        pair.asymmetricKeyType === "rsa" ? pair.export({ type: "pkcs1", format: "pem" }).toString() : pkcs8;
    const publicKey = createPublicKey(pair);
    const blob = openssh(publicKey);
    return {
        ecdsaCurve: text(inputs["ecdsaCurve"]) ?? "P224",
        rsaBits: Number(open(inputs["rsaBits"]) ?? 2048),
        privateKeyPem: secret(traditional),
        privateKeyPemPkcs8: secret(pkcs8),
        privateKeyOpenssh: secret(traditional),
        publicKeyPem: publicKey.export({ type: "spki", format: "pem" }).toString(),
        publicKeyOpenssh: blob === undefined ? "" : `${blob.name} ${blob.bytes.toString("base64")}\n`,
        publicKeyFingerprintSha256:
            blob === undefined
                ? ""
                : `SHA256:${createHash("sha256").update(blob.bytes).digest("base64").replace(/=+$/, "")}`,
        publicKeyFingerprintMd5:
            blob === undefined ? "" : (createHash("md5").update(blob.bytes).digest("hex").match(/../g) ?? []).join(":"),
    };
}

const CURVES: { readonly [name: string]: string } = {
    P224: "secp224r1",
    P256: "prime256v1",
    P384: "secp384r1",
    P521: "secp521r1",
};

function keyPair(algorithm: string, bits: number, curve: string): KeyObject {
    switch (algorithm) {
        case "ED25519":
            return generateKeyPairSync("ed25519").privateKey;
        case "ECDSA":
            return generateKeyPairSync("ec", { namedCurve: CURVES[curve] ?? curve }).privateKey;
        default:
            return generateKeyPairSync("rsa", { modulusLength: bits }).privateKey;
    }
}

/** The public key as OpenSSH writes it, RFC 4253 section 6.6 and RFC 8709; undefined for ECDSA. */
function openssh(key: KeyObject): { name: string; bytes: Buffer } | undefined {
    const { n, e, x, kty } = key.export({ format: "jwk" });
    const field = (bytes: Buffer) => {
        const length = Buffer.alloc(4);
        length.writeUInt32BE(bytes.length);
        return Buffer.concat([length, bytes]);
    };
    const integer = (value: string) => {
        const bytes = Buffer.from(value, "base64url");
        return field((bytes[0] ?? 0) > 127 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
    };
    if (kty === "RSA" && n !== undefined && e !== undefined) {
        return { name: "ssh-rsa", bytes: Buffer.concat([field(Buffer.from("ssh-rsa")), integer(e), integer(n)]) };
    }
    if (kty === "OKP" && x !== undefined) {
        const name = "ssh-ed25519";
        return { name, bytes: Buffer.concat([field(Buffer.from(name)), field(Buffer.from(x, "base64url"))]) };
    }
    return undefined;
}
