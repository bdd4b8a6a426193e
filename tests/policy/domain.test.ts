import assert from "node:assert/strict";
import fc from "fast-check";
import { areOpenTogether, isCidr, isOpen, isWorld } from "../../policy/domain/cidr";
import { anyPrincipal, isNarrowed, readDocument } from "../../policy/domain/iam-document";
import { imageFault, parseImageReference } from "../../policy/domain/image-reference";
import { Node } from "../../policy/engine/node";

const widest = { ipv4: 24, ipv6: 48 };

describe("address ranges", () => {
    it("are what the grammar says", () => {
        for (const text of ["10.0.0.0/8", "1.2.3.4", "::/0", "2001:db8::1/64", " 10.0.0.0/8 "]) {
            assert.equal(isCidr(text), true, text);
        }
        for (const text of [
            "",
            "/0",
            "0.0.0.0/33",
            "::/129",
            "10.0.0/8",
            "010.0.0.0/8",
            "10.0.0.0/8/8",
            "10.0.0.0/-1",
            "all",
        ]) {
            assert.equal(isCidr(text), false, text);
        }
    });

    it("are open by arithmetic, not by their text", () => {
        for (const text of [
            "0.0.0.0/0",
            "1.2.3.4/0",
            "0::/0",
            "0:0::0/0",
            "0.0.0.0/1",
            "8.0.0.0/6",
            "9.0.0.0/7",
            "2000::/3",
        ]) {
            assert.equal(isOpen(text, widest), true, text);
        }
        for (const text of [
            "10.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "100.64.0.0/10",
            "fd00::/8",
            "203.0.113.0/24",
            "8.8.8.8/32",
        ]) {
            assert.equal(isOpen(text, widest), false, text);
        }
        assert.equal(isOpen("172.16.0.0/11", widest), true);
        assert.equal(isWorld("1.2.3.4/0"), true);
        assert.equal(isWorld("0.0.0.0/1"), false);
    });

    it("count together: any way of cutting up the world is open", () => {
        fc.assert(
            fc.property(fc.integer({ min: 1, max: 8 }), (bits) => {
                const parts = Array.from(
                    { length: 2 ** bits },
                    (_, index) => `${index * 2 ** (8 - bits)}.0.0.0/${bits}`,
                );
                return areOpenTogether(parts, widest);
            }),
        );
    });

    it("within private space are never open, however they are written", () => {
        fc.assert(
            fc.property(
                fc.nat(255),
                fc.nat(255),
                fc.nat(255),
                fc.integer({ min: 8, max: 32 }),
                (a, b, c, prefix) => !isOpen(`10.${a}.${b}.${c}/${prefix}`, widest),
            ),
        );
    });
});

describe("image references", () => {
    const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

    it("are read by the grammar", () => {
        assert.deepEqual(parseImageReference("registry.example.com:5000/team/web:1.2"), {
            domain: "registry.example.com:5000",
            path: "team/web",
            tag: "1.2",
            digest: undefined,
        });
        assert.deepEqual(parseImageReference("team/web"), {
            domain: undefined,
            path: "team/web",
            tag: undefined,
            digest: undefined,
        });
        assert.equal(parseImageReference("localhost/web:1")?.domain, "localhost");
        for (const text of [
            "",
            "web:",
            "web:1:2",
            "Web",
            "web@",
            "web@sha256:12",
            ":1",
            "web//a",
            "a/../b",
            "web:-1",
        ]) {
            assert.equal(parseImageReference(text), undefined, text);
        }
    });

    it("are pinned by a version or a digest", () => {
        for (const text of ["web:1", `web@${digest}`, `web:latest@${digest}`, "localhost:5000/web:1.2.3"]) {
            assert.equal(imageFault(text, ["latest"]), undefined, text);
        }
        assert.equal(imageFault("localhost:5000/web", ["latest"]), "the image has no tag, which means latest");
        assert.equal(imageFault("web:LATEST", ["latest"]), "the tag LATEST moves");
        assert.equal(imageFault("web latest", ["latest"]), "the text is no image reference");
    });
});

describe("policy documents", () => {
    const statement = (text: unknown) => {
        const document = readDocument(Node.of(JSON.stringify({ Statement: text }), "policy"));
        const [first] = document.state === "known" ? document.statements : [];
        assert.ok(first);
        return first;
    };

    it("may hold one statement, without a list", () => {
        assert.equal(
            anyPrincipal(statement({ Effect: "Allow", Principal: "*" }))?.path,
            "policy.Principal".replace("policy.", "policy.Statement."),
        );
    });

    it("are malformed when nobody can tell what they say", () => {
        for (const text of ["", "{", "[]", "null", "1", '"*"', '{"Statement":"all"}']) {
            assert.equal(readDocument(Node.of(text)).state, "malformed", text);
        }
    });

    it("are narrowed only by values that fix somebody", () => {
        const narrowed = (operator: string, key: string, value: unknown): boolean =>
            isNarrowed(statement({ Effect: "Allow", Principal: "*", Condition: { [operator]: { [key]: value } } }));
        assert.equal(narrowed("StringEquals", "aws:sourceaccount", "123456789012"), true);
        assert.equal(narrowed("StringEquals", "kms:CallerAccount", ["123456789012"]), true);
        assert.equal(narrowed("ArnLike", "aws:SourceArn", "arn:aws:sns:*:123456789012:*"), true);
        assert.equal(narrowed("ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:role/work"), false);
        assert.equal(narrowed("StringLike", "aws:PrincipalOrgID", "o-*"), false);
        assert.equal(narrowed("StringEquals", "aws:SourceAccount", []), false);
        assert.equal(narrowed("StringEquals", "aws:SourceAccount", ["123456789012", "*"]), false);
        assert.equal(narrowed("ForAllValues:StringEquals", "aws:PrincipalOrgID", "o-abc123"), false);
        assert.equal(narrowed("StringEquals", "aws:RequestedRegion", "eu-west-1"), false);
        assert.equal(narrowed("IpAddress", "aws:SourceIp", "10.0.0.0/8"), true);
    });
});
