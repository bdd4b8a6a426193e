import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { availableStacks } from "../../sandbox/stack-file";
import { repository } from "../support/sandbox";

const { scripts } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
};

/** Files that tell people or machines to run something. */
function sources(): string[] {
    const within = (folder: string): string[] =>
        readdirSync(join(repository, folder), { withFileTypes: true }).flatMap((entry) =>
            entry.isDirectory() ? within(join(folder, entry.name)) : [join(folder, entry.name)],
        );
    const top = readdirSync(repository).filter((file) => file.endsWith(".md"));
    return [...top, ...within("docs"), ...within(".github"), ".ci/run", "policy/README.md"].filter(
        (file) => existsSync(join(repository, file)) && /(\.md|\.ya?ml|run)$/.test(file),
    );
}

/** Files that documents tell people to write. */
const examples: ReadonlySet<string> = new Set(["tests/policy/cases/queue-delay.ts"]);

/** What a text names that doesn't exist: npm scripts, stacks, files of ours in commands, targets of links. */
function missing(text: string, file: string): string[] {
    const faults: string[] = [];
    for (const [, script = ""] of text.matchAll(/\bnpm (?:run|run-script) (?:--?[\w-]+ )*([\w:-]+)/g)) {
        if (scripts[script] === undefined) {
            faults.push(`${file}: there is no npm script ${script}`);
        }
    }
    for (const [, stack = ""] of text.matchAll(/\bnpm run (?:--silent |-s )?preview -- ([\w-]+)/g)) {
        if (!availableStacks(repository).includes(stack)) {
            faults.push(`${file}: there is no stack ${stack}`);
        }
    }
    const path =
        /(?<![\w./@<>-])((?:ci|ops|config|components|policy|sandbox|tests|docs|local|bench)\/[\w./-]*[\w/])(?![\w*<{])/g;
    for (const [whole, named = ""] of text.matchAll(path)) {
        const isThere = ["", dirname(file)].some((folder) => existsSync(join(repository, folder, named)));
        if (/\.(?:ts|md|json|ya?ml|sh|txt)$/.test(named) && !isThere && !examples.has(named)) {
            faults.push(`${file}: there is no file ${whole}`);
        }
    }
    if (file.endsWith(".md")) {
        for (const [, target = ""] of text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)/g)) {
            const resolved = normalize(join(dirname(file), target));
            if (!existsSync(join(repository, resolved))) {
                faults.push(`${file}: the link to ${target} leads nowhere`);
            }
        }
    }
    return faults;
}

describe("commands in documents and workflows", () => {
    for (const file of sources()) {
        it(`${file} names nothing that isn't there`, () => {
            assert.deepEqual(missing(readFileSync(join(repository, file), "utf8"), file), []);
        });
    }

    it("would be missed if they went", () => {
        assert.deepEqual(missing("npm run prewiew -- dev", "a.md"), ["a.md: there is no npm script prewiew"]);
        assert.deepEqual(missing("npm run --silent preview -- stage --json", "a.md"), [
            "a.md: there is no stack stage",
        ]);
        assert.deepEqual(missing("see `config/gone.ts`", "a.md"), ["a.md: there is no file config/gone.ts"]);
        assert.deepEqual(missing("[x](docs/gone.md#y)", "a.md"), [
            "a.md: there is no file docs/gone.md",
            "a.md: the link to docs/gone.md leads nowhere",
        ]);
    });

    it("start scripts whose own files exist and can be run", () => {
        for (const [name, command] of Object.entries(scripts)) {
            for (const [file] of command.matchAll(/(?<![\w./*-])(?:[\w-]+\/)+[\w.-]+\.(?:ts|sh)/g)) {
                assert.ok(existsSync(join(repository, file)), `${name} starts ${file}, which doesn't exist`);
                if (file.endsWith(".sh")) {
                    assert.ok(statSync(join(repository, file)).mode & 0o100, `${file} can't be executed`);
                }
            }
        }
    });
});
