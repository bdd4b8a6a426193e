import assert from "node:assert/strict";
import { parseArguments, usage } from "../../sandbox/arguments";

const parse = (...args: string[]) => parseArguments(args, "/project");

describe("arguments of the sandbox command", () => {
    it("hands flags on verbatim and in order, values included", () => {
        assert.deepEqual(parse("preview", "dev", "--target", "urn:a", "--diff", "--target=urn:b", "-v=9", "--", "x"), {
            kind: "run",
            command: "preview",
            stack: "dev",
            flags: ["--target", "urn:a", "--diff", "--target=urn:b", "-v=9", "--", "x"],
            policy: true,
        });
    });

    it("takes its own flags wherever they stand, and keeps them from pulumi", () => {
        assert.deepEqual(
            parse("--no-policy", "up", "--fail-on", "bucket", "dev", "--json", "--config-file=other.yaml"),
            {
                kind: "run",
                command: "up",
                stack: "dev",
                flags: ["--json"],
                policy: false,
                failOn: "bucket",
                configFile: "/project/other.yaml",
            },
        );
    });

    const wrong: readonly [string[], RegExp][] = [
        [[], /^expected a command: preview, up, refresh, destroy, export, reset$/],
        [["--json"], /^expected a command/],
        [["deploy", "dev"], /^there is no command deploy/],
        [["preview"], /^expected a stack after preview$/],
        [["preview", "--json"], /^expected a stack after preview$/],
        [["preview", "dev", "--fail-on"], /^--fail-on takes a value$/],
        [["preview", "dev", "--config-file="], /^--config-file takes a value$/],
        [["preview", "--stack", "dev"], /^name the stack after the command, without --stack$/],
        [["preview", "dev", "--stack=qa"], /^name the stack after the command, without --stack$/],
        [["preview", "dev", "-s", "qa"], /^name the stack after the command, without --stack$/],
    ];
    for (const [args, problem] of wrong) {
        it(`refuses: ${args.join(" ") || "nothing"}`, () => {
            const parsed = parse(...args);
            assert.equal(parsed.kind, "wrong");
            assert.match(parsed.kind === "wrong" ? parsed.problem : "", problem);
        });
    }

    it("shows help before it complains", () => {
        assert.deepEqual(parse("preview", "--help"), { kind: "help" });
        assert.match(usage(["dev", "qa"]), /^Stacks: dev, qa$/m);
        assert.match(usage([]), /^Stacks: none yet/m);
    });
});
